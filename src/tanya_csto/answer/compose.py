"""Composition: what was found put into an answer, in sentences that only name outlets and hold quotes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Final

from tanya_csto.answer.answer import Answer, Citation, Part, Side
from tanya_csto.answer.finding import Finding, Quote
from tanya_csto.corpus.articles import Article
from tanya_csto.corpus.bank import Talk
from tanya_csto.ranking.model import Confidence

MAX_CITATIONS: Final = 8

_NOT_FOUND: Final = "Tidak ditemukan. Artikel-artikel yang tersedia tidak memuat jawaban atas pertanyaan itu."
_PART_NOT_FOUND: Final = "tidak ditemukan"
_ABILITY: Final = (
    "Saya menjawab pertanyaan dalam bahasa Indonesia dengan kutipan persis dari artikel berita yang tersedia."
)
_NO_JUDGE: Final = "Saya hanya mengutip artikel dan tidak menilai siapa yang benar. Silakan timbang sendiri kutipannya."
_TALK: Final[dict[Talk, str]] = {
    "greeting": f"Halo! {_ABILITY}",
    "wellbeing": f"Baik, terima kasih. {_ABILITY}",
    "thanks": "Sama-sama. Silakan bertanya lagi.",
    "farewell": "Sampai jumpa. Silakan kembali kapan saja.",
    "identity": f"Saya program komputer, bukan manusia. {_ABILITY}",
    "capability": f"{_ABILITY} Bila artikel tidak memuat jawabannya, saya akan mengatakannya.",
    "language": "Saya hanya menjawab dalam bahasa Indonesia. / I only answer questions asked in Indonesian.",
    "praise": "Terima kasih. Silakan bertanya lagi.",
    "insult": "Maaf bila jawabannya kurang membantu. Coba ajukan pertanyaan dengan kata lain.",
    "acknowledge": "Baik. Silakan bertanya lagi.",
}


def compose_talk(talk: Talk, articles: Sequence[Article], last: Answer | None, suggestions: Sequence[str]) -> Answer:
    """Return the fixed reply to small talk; `last` is the answer to the question before, for "mana yang benar?"."""
    if talk == "sources":
        text = f"Semua jawaban saya dikutip dari {len(articles)} artikel: {_listed(_outlets(articles))}."
    elif talk == "trust":
        text = _trust(last)
    else:
        text = _TALK[talk]
    return Answer("smalltalk", text, suggestions=tuple(suggestions))


def compose(finding: Finding, confidence: Confidence, understood_as: str | None, suggestions: Sequence[str]) -> Answer:
    """Return the answer to one question: quotes, all sides of a disagreement, or a refusal that quotes nothing."""
    if finding.status == "not_found":
        return Answer("not_found", _NOT_FOUND, understood_as=understood_as, suggestions=tuple(suggestions))
    citations = _cite(_in_turns(finding) if finding.sides else finding.quotes)
    sides = tuple(
        Side(side.claim, side.outlets, tuple(n for quote in side.quotes if (n := _number(quote, citations))))
        for side in finding.sides
    )
    return Answer(
        finding.status,
        _told(finding, citations),
        _short(finding),
        confidence,
        finding.probability,
        citations,
        sides,
        understood_as=understood_as,
        suggestions=tuple(suggestions),
    )


def compose_parts(parts: Sequence[tuple[str, Answer]], suggestions: Sequence[str]) -> Answer:
    """Return one answer to the several questions of a message, each with its own quotes or its own refusal.

    The first question that is answered gives status, short answer and confidence, and its quotes stand first; the room
    for quotes is given out in turns.
    """
    lead = next((place for place, (_, answer) in enumerate(parts) if answer.citations), 0)
    turns = zip_longest(*(answer.citations for _, answer in parts))
    shared = [(place, each) for turn in turns for place, each in enumerate(turn) if each is not None][:MAX_CITATIONS]
    shared.sort(key=lambda pair: (pair[0] != lead, pair[0]))
    numbers = {(place, each.n): number for number, (place, each) in enumerate(shared, start=1)}
    best = parts[lead][1]
    return Answer(
        best.status,
        " ".join(_said(question, answer) for question, answer in parts),
        best.short_answer,
        best.confidence,
        best.probability,
        tuple(replace(each, n=numbers[place, each.n]) for place, each in shared),
        tuple(
            replace(side, citations=tuple(numbers[place, n] for n in side.citations if (place, n) in numbers))
            for place, (_, answer) in enumerate(parts)
            for side in answer.sides
        ),
        tuple(
            Part(
                question,
                answer.status,
                answer.short_answer,
                tuple(numbers[place, each.n] for each in answer.citations if (place, each.n) in numbers),
            )
            for place, (question, answer) in enumerate(parts)
        ),
        suggestions=tuple(suggestions),
    )


def _said(question: str, answer: Answer) -> str:
    if answer.status == "not_found":
        return f"{question} {_capitalised(_PART_NOT_FOUND)}."
    return f"{question} {answer.text}"


def _told(finding: Finding, citations: Sequence[Citation]) -> str:
    if finding.sides:
        said = "; ".join(f"{side.claim} ({_listed(side.outlets)})" for side in finding.sides)
        return f"Artikel-artikel berbeda keterangan: {said}."
    outlet = citations[0].article.outlet
    quote = f"“{_one_line(citations[0].quote)}”"
    short = _short(finding)
    return f"{_capitalised(_one_line(short))}, menurut {outlet}: {quote}" if short else f"Menurut {outlet}: {quote}"


def _trust(last: Answer | None) -> str:
    if last is None or last.status not in ("answered", "conflicting"):
        return _NO_JUDGE
    if last.status == "conflicting":
        said = "; ".join(f"{side.claim} ({_listed(side.outlets)})" for side in last.sides)
        return f"Saya tidak memilih mana yang benar, karena artikel-artikel memang berbeda keterangan: {said}."
    percent = round(100 * (last.probability or 0))
    return (
        f"Jawaban tadi saya kutip dari {last.citations[0].article.outlet} dengan keyakinan {last.confidence}: "
        f"sekitar {percent} dari 100 jawaban seperti itu tepat. Apakah artikelnya benar, saya tidak menilai."
    )


def _in_turns(finding: Finding) -> Iterable[Quote]:
    """Yield the best quote of each side before the second of any; none is preferred."""
    turns = zip_longest(*(side.quotes for side in finding.sides))
    return (quote for turn in turns for quote in turn if quote is not None)


def _cite(quotes: Iterable[Quote]) -> tuple[Citation, ...]:
    """Return at most `MAX_CITATIONS` quotes, none that overlaps one before it."""
    citations: list[Citation] = []
    for quote in quotes:
        if not any(each.article is quote.article and each.span.overlaps(quote.span) for each in citations):
            citations.append(Citation(len(citations) + 1, quote.article, quote.span, quote.marks))
    return tuple(citations[:MAX_CITATIONS])


def _number(quote: Quote, citations: Sequence[Citation]) -> int | None:
    """Return the number of the citation that shows a quote, or the greater part of it."""
    return next(
        (each.n for each in citations if each.article is quote.article and each.span.overlaps(quote.span)), None
    )


def _short(finding: Finding) -> str | None:
    return finding.short.of(finding.quotes[0].article.text) if finding.short and finding.quotes else None


def _outlets(articles: Iterable[Article]) -> list[str]:
    return list(dict.fromkeys(article.outlet for article in articles))


def _listed(names: Sequence[str]) -> str:
    """Return names as a sentence lists them: "A", "A dan B", "A, B, dan C"."""
    *before, last = names
    if len(names) < 3:
        return " dan ".join(names)
    return f"{', '.join(before)}, dan {last}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
