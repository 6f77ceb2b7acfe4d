"""Composition: what was found put into an answer, in sentences that only name outlets and hold quotes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Final, TypeVar

from tanya_csto.answer.answer import Answer, Citation, Part, Side
from tanya_csto.answer.finding import Finding, Quote
from tanya_csto.corpus.articles import Article
from tanya_csto.corpus.bank import Talk
from tanya_csto.messages import capitalised, say
from tanya_csto.ranking.model import Confidence

T = TypeVar("T")

MAX_CITATIONS: Final = 8


def compose_talk(talk: Talk, articles: Sequence[Article], last: Answer | None, suggestions: Sequence[str]) -> Answer:
    """Return the fixed reply to small talk; `last` is the answer to the question before, for "mana yang benar?"."""
    if talk == "sources":
        dated = any(article.published for article in articles)
        outlets = _listed(list(dict.fromkeys(article.outlet for article in articles)))
        text = say("answer-sources" if dated else "answer-sources-undated", count=len(articles), outlets=outlets)
    elif talk == "trust":
        text = _trust(last)
    else:
        text = say(f"talk-{talk}")
    return Answer("smalltalk", text, suggestions=tuple(suggestions))


def compose(finding: Finding, confidence: Confidence, understood_as: str | None, suggestions: Sequence[str]) -> Answer:
    """Return the answer to one question: quotes, all sides of a disagreement, or a refusal that quotes nothing.

    The room for quotes is given out first for one of each side; a side for which none is left is not shown.
    """
    if finding.status == "not_found":
        refusal = say("not-found" if finding.question.articles is None else "not-found-within")
        return Answer("not_found", refusal, understood_as=understood_as, suggestions=tuple(suggestions))
    citations = cite(_in_turns(side.quotes for side in finding.sides) if finding.sides else finding.quotes)
    sides = tuple(
        Side(side.claim, side.outlets, numbers)
        for side in finding.sides
        if (numbers := tuple(n for quote in side.quotes if (n := _number(quote, citations))))
    )
    return Answer(
        finding.status,
        say("conflicting", sides=_claims(sides)) if sides else _told(finding, citations),
        finding.short_answer,
        confidence,
        finding.probability,
        citations,
        sides,
        understood_as=understood_as,
        suggestions=tuple(suggestions),
    )


def compose_parts(parts: Sequence[tuple[str, Answer]], suggestions: Sequence[str]) -> Answer:
    """Return one answer to the several questions of a message, each with its own quotes or its own refusal.

    The first question that is answered gives status, short answer and confidence, and its quotes stand first. The room
    for quotes is given out in turns, first for one of each side where the articles disagree; a side for which none is
    left, as three such questions may have, is not shown.
    """
    lead = next((place for place, (_, answer) in enumerate(parts) if answer.citations), 0)
    cited = [[(place, each) for each in answer.citations] for place, (_, answer) in enumerate(parts)]
    needed = [max(1, len(answer.sides)) for _, answer in parts]
    proofs = _in_turns(row[:count] for row, count in zip(cited, needed, strict=True))
    more = _in_turns(row[count:] for row, count in zip(cited, needed, strict=True))
    shared = [*proofs, *more][:MAX_CITATIONS]
    shared.sort(key=lambda pair: (pair[0] != lead, pair[0]))
    numbers = {(place, each.n): number for number, (place, each) in enumerate(shared, start=1)}
    said = (f"{question} {answer.text if answer.citations else say('part-not-found')}" for question, answer in parts)
    return replace(
        parts[lead][1],
        text=" ".join(said),
        citations=tuple(replace(each, n=numbers[place, each.n]) for place, each in shared),
        sides=tuple(
            replace(side, citations=kept)
            for place, (_, answer) in enumerate(parts)
            for side in answer.sides
            if (kept := tuple(numbers[place, n] for n in side.citations if (place, n) in numbers))
        ),
        parts=tuple(
            Part(
                question,
                answer.status,
                answer.short_answer,
                tuple(numbers[place, each.n] for each in answer.citations if (place, each.n) in numbers),
            )
            for place, (question, answer) in enumerate(parts)
        ),
        understood_as=None,
        suggestions=tuple(suggestions),
    )


def _told(finding: Finding, citations: Sequence[Citation]) -> str:
    source = {"outlet": citations[0].article.outlet, "quote": " ".join(citations[0].quote.split())}
    if short := finding.short_answer:
        return say("answered-shortly", short=capitalised(" ".join(short.split())), **source)
    return say("answered", **source)


def _trust(last: Answer | None) -> str:
    if last is None or last.status not in ("answered", "conflicting"):
        return say("trust-none")
    if last.status == "conflicting":
        return say("trust-conflicting", sides=_claims(last.sides))
    percent, outlet = round(100 * (last.probability or 0)), last.citations[0].article.outlet
    return say("trust-answered", outlet=outlet, confidence=last.confidence, percent=percent)


def _claims(sides: Iterable[Side]) -> str:
    return "; ".join(f"{side.claim} ({_listed(side.outlets)})" for side in sides)


def _in_turns(rows: Iterable[Sequence[T]]) -> list[T]:
    """Return the first of each row before the second of any; none is preferred."""
    return [each for turn in zip_longest(*rows) for each in turn if each is not None]


def cite(quotes: Iterable[Quote]) -> tuple[Citation, ...]:
    """Return at most `MAX_CITATIONS` quotes, none that overlaps one before it."""
    citations: list[Citation] = []
    for quote in quotes:
        if _number(quote, citations) is None:
            citations.append(Citation(len(citations) + 1, quote.article, quote.span, quote.marks))
    return tuple(citations[:MAX_CITATIONS])


def _number(quote: Quote, citations: Sequence[Citation]) -> int | None:
    """Return the number of the citation that shows a quote, or the greater part of it."""
    return next(
        (each.n for each in citations if each.article is quote.article and each.span.overlaps(quote.span)), None
    )


def _listed(names: Sequence[str]) -> str:
    """Return names as a sentence lists them: "A", "A dan B", "A, B, dan C"."""
    *before, last = names
    if not before:
        return last
    return say("list-two" if len(before) == 1 else "list-more", before=", ".join(before), last=last)
