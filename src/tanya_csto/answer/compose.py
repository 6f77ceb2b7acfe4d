"""Composition: the chosen sentences turned into an answer, in sentences that only name outlets and hold quotes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from tanya_csto.answer.answer import Answer, Citation, Confidence, Side
from tanya_csto.answer.conflict import Party
from tanya_csto.answer.quote import quote_span
from tanya_csto.answer.select import Candidate
from tanya_csto.question.question import Question
from tanya_csto.question.smalltalk import Talk
from tanya_csto.search.index import Index
from tanya_csto.text.spans import Span, merged

MOST_CITATIONS: Final = 5

_NOT_FOUND: Final = "Tidak ditemukan. Artikel-artikel yang tersedia tidak memuat jawaban atas pertanyaan itu."
_ABILITY: Final = "Saya menjawab pertanyaan dalam bahasa Indonesia dengan kutipan persis dari artikel berita yang tersedia."
_SMALLTALK: Final[dict[Talk, str]] = {
    "greeting": f"Halo! {_ABILITY}",
    "wellbeing": f"Baik, terima kasih. {_ABILITY}",
    "thanks": "Sama-sama. Silakan bertanya lagi.",
    "farewell": "Sampai jumpa. Silakan kembali kapan saja.",
    "identity": f"Saya program komputer, bukan manusia. {_ABILITY}",
    "capability": f"{_ABILITY} Bila artikel tidak memuat jawabannya, saya akan mengatakannya.",
    "praise": "Terima kasih. Silakan bertanya lagi.",
    "insult": "Maaf bila jawabannya kurang membantu. Coba ajukan pertanyaan dengan kata lain.",
    "acknowledge": "Baik. Silakan bertanya lagi.",
}


def compose_smalltalk(talk: Talk, suggestions: Sequence[str]) -> Answer:
    """Return the fixed friendly reply to small talk."""
    return Answer("smalltalk", _SMALLTALK[talk], suggestions=tuple(suggestions))


def compose_not_found(understood_as: str | None, suggestions: Sequence[str]) -> Answer:
    """Return the refusal: no quote, questions that the corpus does answer instead."""
    return Answer("not_found", _NOT_FOUND, understood_as=understood_as, suggestions=tuple(suggestions))


def compose_answered(
    question: Question, ranked: Sequence[Candidate], confidence: Confidence, understood_as: str | None, index: Index
) -> Answer:
    """Return the answer proved by the best sentences."""
    citations = _citations(question, [(candidate, candidate.short) for candidate in ranked], index)
    best = ranked[0]
    article = best.evidence.unit.article
    short = best.short.of(article.text) if best.short and question.kind in ("date", "number", "person", "place", "org") else None
    quote = _one_line(citations[0].quote)
    text = f"{_one_line(short)}, menurut {article.outlet}: “{quote}”" if short else f"Menurut {article.outlet}: “{quote}”"
    return Answer("answered", text[:1].upper() + text[1:], short, confidence, citations, understood_as=understood_as)


def compose_conflicting(
    question: Question, parties: Sequence[Party], confidence: Confidence, understood_as: str | None, index: Index
) -> Answer:
    """Return both, or all, sides of a disagreement; none is preferred."""
    picked = _fairly(parties)
    citations = _citations(question, [(candidate, claim_span) for _, candidate, claim_span in picked], index)
    numbers = {citation.span: citation.n for citation in citations}
    sides = []
    for party in parties:
        own = sorted({numbers[span] for side, candidate, _ in picked if side is party and (span := quote_span(candidate.evidence.unit, question.kind, index)) in numbers})
        if own:
            sides.append(Side(_one_line(party.label), tuple(own)))
    outlets = {citation.n: citation.article.outlet for citation in citations}
    said = "; ".join(f"{side.claim} ({', '.join(dict.fromkeys(outlets[n] for n in side.citations))})" for side in sides)
    first, claim = parties[0].members[0]
    short = claim.span.of(first.evidence.unit.article.text) if question.kind in ("date", "number", "person", "place", "org") else None
    return Answer("conflicting", f"Artikel-artikel berbeda keterangan: {said}.", short, confidence, citations, tuple(sides), understood_as)


def _fairly(parties: Sequence[Party]) -> list[tuple[Party, Candidate, Span]]:
    """Return at most `MOST_CITATIONS` sentences, the best of every side before the second of any."""
    rounds = max(len(party.members) for party in parties)
    picked = [
        (party, *party.members[turn][:1], party.members[turn][1].span) for turn in range(rounds) for party in parties if turn < len(party.members)
    ]
    return picked[:MOST_CITATIONS]


def _citations(question: Question, chosen: Iterable[tuple[Candidate, Span | None]], index: Index) -> tuple[Citation, ...]:
    citations: list[Citation] = []
    for candidate, short in chosen:
        unit = candidate.evidence.unit
        span = quote_span(unit, question.kind, index)
        if any(citation.article is unit.article and citation.span.overlaps(span) for citation in citations):
            continue
        matched = [match.span for match in candidate.evidence.matches if match.span is not None]
        highlights = merged([short] if short is not None else matched)
        citations.append(Citation(len(citations) + 1, unit.article, span, tuple(mark for mark in highlights if span.contains(mark))))
        if len(citations) == MOST_CITATIONS:
            break
    return tuple(citations)


def _one_line(text: str) -> str:
    return " ".join(text.split())
