"""Composition: the chosen sentences turned into an answer, in sentences that only name outlets and hold quotes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Final

from tanya_csto.answer.answer import Answer, Citation, Side
from tanya_csto.answer.conflict import ConflictSide
from tanya_csto.answer.quote import quote_span
from tanya_csto.question.parser import Question
from tanya_csto.question.smalltalk import Talk
from tanya_csto.ranking.features import Candidate
from tanya_csto.ranking.model import Confidence
from tanya_csto.retrieval.index import Index
from tanya_csto.text.spans import Span, merged

MAX_CITATIONS: Final = 5
MAX_PER_SIDE: Final = 2
RELATED: Final = 0.7  # the share of the best sentence's score from which on another is cited beside it
SHORT_ANSWER_TYPES: Final = frozenset({"date", "number", "person", "place", "org"})

_NOT_FOUND: Final = "Tidak ditemukan. Artikel-artikel yang tersedia tidak memuat jawaban atas pertanyaan itu."
_ABILITY: Final = (
    "Saya menjawab pertanyaan dalam bahasa Indonesia dengan kutipan persis dari artikel berita yang tersedia."
)
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
    best, *others = ranked
    related = [best, *(other for other in others if other.score >= RELATED * best.score)]
    citations = _cite(question, ((candidate, candidate.short) for candidate in related), index)
    short = _short_answer(question, ranked[0], ranked[0].short)
    quote = f"“{_one_line(citations[0].quote)}”"
    outlet = citations[0].article.outlet
    text = f"{_capitalised(_one_line(short))}, menurut {outlet}: {quote}" if short else f"Menurut {outlet}: {quote}"
    return Answer("answered", text, short, confidence, citations=citations, understood_as=understood_as)


def compose_conflicting(
    question: Question,
    conflict_sides: Sequence[ConflictSide],
    confidence: Confidence,
    understood_as: str | None,
    index: Index,
) -> Answer:
    """Return all sides of a disagreement, the best statement of each before the second of any; none is preferred."""
    turns = zip_longest(*(conflict_side.statements[:MAX_PER_SIDE] for conflict_side in conflict_sides))
    statements = [statement for turn in turns for statement in turn if statement is not None][:MAX_CITATIONS]
    citations = _cite(question, ((statement.candidate, statement.claim.span) for statement in statements), index)
    shown = [
        (conflict_side, side) for conflict_side in conflict_sides if (side := _side(conflict_side, citations)).citations
    ]
    sides = tuple(side for _, side in shown)
    said = "; ".join(f"{side.claim} ({', '.join(side.outlets)})" for side in sides)
    first = conflict_sides[0].statements[0]
    return Answer(
        "conflicting",
        f"Artikel-artikel berbeda keterangan: {said}.",
        _short_answer(question, first.candidate, first.claim.span),
        confidence,
        citations=citations,
        sides=sides,
        understood_as=understood_as,
    )


def _side(conflict_side: ConflictSide, citations: Sequence[Citation]) -> Side:
    numbers = [
        citation.n
        for citation in citations
        for statement in conflict_side.statements
        if citation.article is statement.candidate.article and citation.span.contains(statement.claim.span)
    ]
    return Side(_one_line(conflict_side.label), _outlets(conflict_side), tuple(dict.fromkeys(numbers)))


def _outlets(conflict_side: ConflictSide) -> tuple[str, ...]:
    return tuple(dict.fromkeys(statement.candidate.article.outlet for statement in conflict_side.statements))


def _short_answer(question: Question, candidate: Candidate, span: Span | None) -> str | None:
    return span.of(candidate.article.text) if span is not None and question.answer_type in SHORT_ANSWER_TYPES else None


def _cite(question: Question, chosen: Iterable[tuple[Candidate, Span | None]], index: Index) -> tuple[Citation, ...]:
    """Return at most `MAX_CITATIONS` quotes; the short answer is marked in each, or else the words that matched."""
    citations: list[Citation] = []
    for candidate, short in chosen:
        span = quote_span(candidate.retrieved.indexed, question.answer_type, index)
        if any(citation.article is candidate.article and citation.span.overlaps(span) for citation in citations):
            continue
        matched = [place for match in candidate.retrieved.matches for place in match.spans]
        marks = merged([short] if short is not None else matched)
        highlights = tuple(mark for mark in marks if span.contains(mark))
        citations.append(Citation(len(citations) + 1, candidate.article, span, highlights))
        if len(citations) == MAX_CITATIONS:
            break
    return tuple(citations)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
