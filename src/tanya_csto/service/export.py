"""Answers as text, to copy or to keep: one answer as plain text, a conversation as Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from tanya_csto.answer.answer import Answer, Citation, Part
from tanya_csto.corpus.articles import Corpus
from tanya_csto.corpus.dates import written
from tanya_csto.messages import capitalised, say
from tanya_csto.service.cards import Card, cards
from tanya_csto.service.conversation import Turn
from tanya_csto.service.quotes import quote_url

# What Markdown takes for a sign of its own: anywhere, or where a line begins.
_SIGN: Final = re.compile(r"[\\`*_\[\]<>#|~&]")
_BLOCK: Final = re.compile(r"^([0-9]{0,9})([-+=.)])", re.MULTILINE)
_INDENT: Final = re.compile(r"^[ \t]+", re.MULTILINE)
_BREAK: Final = re.compile(r"(?<=[^\n])\n(?=[^\n])")
_QUOTED: Final = re.compile('["“”„]')


@dataclass(frozen=True, slots=True)
class Origin:
    """Where and when answers are given: by which site, at which address, on which day, from which articles."""

    name: str
    address: str
    day: date
    corpus: Corpus


def source(citation: Citation) -> str:
    """Return where a quote is from: outlet, title and date, as far as the article states them.

    A title that is itself the quote is not repeated.
    """
    article = citation.article
    title = article.title if article.title and article.title not in citation.quote else None
    return ", ".join(filter(None, (article.outlet, title and _in_marks(title), article.published or say("undated"))))


def part_line(part: Part) -> str:
    """Return one part of an answer on one line: its question, what is said to it, the numbers of its quotes."""
    if part.status in ("conflicting", "not_found"):
        said = say("conflict" if part.status == "conflicting" else "part-not-found")
    else:
        said = _one_line(part.short_answer or "")
    return " ".join(filter(None, (_one_line(part.question), said, _numbers(part.citations))))


def doubt(answer: Answer) -> str:
    """Return what warns of an answer that may be wrong; nothing of one that is sure."""
    in_doubt = answer.status == "answered" and answer.confidence in ("sedang", "rendah")
    return say(f"confidence-{answer.confidence}") if in_doubt else ""


def as_words(turn: Turn, origin: Origin) -> str:
    """Return a question with what is answered, without the quotes."""
    return "\n\n".join([say("plain-question", question=_one_line(turn.asked.question)), *_said(turn, origin, str)])


def as_text(turn: Turn, origin: Origin) -> str:
    """Return an answer with its question, its quotes and their sources as plain text."""
    parts = [as_words(turn, origin)]
    for citation in turn.answer.citations:
        addresses = (_address(citation, origin), citation.article.url and say("original-at", url=citation.article.url))
        lines = (f"[{citation.n}] {_in_marks(citation.quote)}", source(citation), *addresses)
        parts.append("\n".join(filter(None, lines)))
    return "\n\n".join(parts) + "\n"


def as_markdown(turn: Turn, origin: Origin) -> str:
    """Return a question with its answer as Markdown that shows every character as it stands."""
    parts = [f"## {_plain(_one_line(turn.asked.question))}", *_said(turn, origin, _plain)]
    for citation in turn.answer.citations:
        lines = [f"[{citation.n}] {_plain(source(citation))}", f"<{_address(citation, origin)}>"]
        if citation.article.url:
            lines.append(_plain(say("original-at", url=citation.article.url)))
        quote = "\n".join(f"> {line}".rstrip() for line in _plain(citation.quote).split("\n"))
        parts.append("\\\n".join(lines) + f"\n\n{quote}")
    if turn.answer.citations:
        parts.append(say("accessed", day=written(origin.day.isoformat())))
    return "\n\n".join(parts) + "\n"


def conversation_as_markdown(turns: Iterable[Turn], origin: Origin) -> str:
    """Return a conversation as Markdown, under the name of its site."""
    return "\n".join([f"# {_plain(origin.name)}\n", *(as_markdown(turn, origin) for turn in turns)])


def _said(turn: Turn, origin: Origin, shown: Callable[[str], str]) -> Iterator[str]:
    """Yield what is said to a question in paragraphs, with the numbers of the quotes behind each claim."""
    if turn.asked.within is not None:
        yield shown(say("asked-of", outlet=origin.corpus[turn.asked.within].outlet))
    for card in cards(turn.answer):
        yield "\n".join(_claims(card, turn.answer.text, shown))
    if warning := doubt(turn.answer):
        yield shown(warning)


def _claims(card: Card, text: str, shown: Callable[[str], str]) -> Iterator[str]:
    """Yield the lines of a card: its question with what answers it, or the sides of a disagreement one by one."""
    question = _one_line(card.question)
    if card.sides:
        yield shown(" ".join(filter(None, (question, f"{say('conflict')}:"))))
        for side in card.sides:
            claim = f"{_one_line(side.claim)} ({', '.join(side.outlets)})"
            yield f"- {shown(claim)} {_numbers(citation.n for citation in side.citations)}"
    elif not card.citations:
        yield shown(" ".join(filter(None, (question, say("part-not-found") if question else text))))
    else:
        outlet, short = card.citations[0].article.outlet, _one_line(card.short_answer or "")
        claim = say("claim", short=capitalised(short), outlet=outlet) if short else say("claim-of", outlet=outlet)
        first, *others = (citation.n for citation in card.citations)
        further = say("claim-more", numbers=_numbers(others)) if others else ""
        yield f"{shown(' '.join(filter(None, (question, claim))))} [{first}]{further}"


def _address(citation: Citation, origin: Origin) -> str:
    return origin.address + quote_url(citation.article, citation.span)


def _numbers(numbers: Iterable[int]) -> str:
    return "".join(f"[{n}]" for n in numbers)


def _in_marks(text: str) -> str:
    """Return words of an article in quotation marks, or as they stand where they have such marks themselves."""
    return text if _QUOTED.search(text) else f"“{text}”"


def _one_line(question: str) -> str:
    """Return a question without line breaks, which could pass for a citation of ours."""
    return " ".join(question.split())


def _plain(text: str) -> str:
    text = _BLOCK.sub(r"\1\\\2", _SIGN.sub(r"\\\g<0>", text))
    text = _INDENT.sub(lambda found: "&nbsp;" * len(found[0].expandtabs(4)), text)
    return _BREAK.sub("\\\n", text)
