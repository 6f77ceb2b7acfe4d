"""Extraction: the exact words of a sentence that answer a question of a given answer type."""

from __future__ import annotations

from collections.abc import Sequence

from tanya_csto.language.lexicon import pattern
from tanya_csto.language.quantities import unit_of
from tanya_csto.question.answer_type import ENTITY_TYPES, clause_of
from tanya_csto.question.parser import Question
from tanya_csto.retrieval.retriever import Match, RetrievedSentence
from tanya_csto.text.spans import Span


def defines(retrieved: RetrievedSentence) -> bool:
    """Tell whether a sentence says what something asked about is: "X adalah ...", "... yang dikenal dengan X"."""
    text, sentence = retrieved.indexed.article.text, retrieved.indexed.sentence.span
    return any(
        pattern("defined_before").search(text[sentence.start : span.start])
        or pattern("defined_after").search(text[span.end : sentence.end])
        for match in retrieved.matches
        for span in match.spans
    )


def candidate_spans(question: Question, retrieved: RetrievedSentence) -> tuple[Span, ...]:
    """Return the spans of a sentence that could be the short answer, best first; none where it holds no such thing.

    What the question itself names is no answer to it, and no clause of a heading is.
    """
    kinds = ENTITY_TYPES.get(question.answer_type)
    text, sentence = retrieved.indexed.article.text, retrieved.indexed.sentence.span
    if kinds is None:
        clause = clause_of("list" if question.asks_for_list else question.answer_type)
        if clause is None or retrieved.indexed.sentence.heading:
            return ()
        found = clause.search(text, sentence.start, sentence.end)
        return (Span(*found.span()).stripped(text),) if found else ()
    asked = [span for match in retrieved.matches if match.concept.kind != "word" for span in match.spans]
    entities = [
        entity
        for entity in retrieved.indexed.entities
        if entity.kind in kinds
        and entity.span.of(text) not in ("KTT", "HUT")  # events
        and not (pattern("section").match(entity.span.of(text)) and not _asks_section(question))
        and not any(span.overlaps(entity.span) and len(span) * 2 >= len(entity.span) for span in asked)
    ]
    ranked = sorted(
        entities,
        key=lambda entity: (
            kinds.index(entity.kind),
            not _fits_answer_type_noun(question, entity.span, text),
            _distance(entity.span, retrieved.matches),
        ),
    )
    return tuple(entity.span for entity in ranked)


def _asks_section(question: Question) -> bool:
    return any(pattern("section").match(term.token.norm) for term in question.terms)


def has_asked_unit(question: Question, span: Span, text: str) -> bool:
    """Tell whether a quantity is stated in a unit in which what is asked for is measured."""
    return bool(question.units) and unit_of(span.of(text)) in question.units


def _fits_answer_type_noun(question: Question, span: Span, text: str) -> bool:
    """Tell whether a span has the unit that is asked for, or stands by the noun ("pasal berapa": "Pasal 51")."""
    if question.answer_type_noun is None:
        return False
    if has_asked_unit(question, span, text):
        return True
    words = text[max(0, span.start - 25) : span.end + 12].casefold()
    return question.answer_type_noun in words


def _distance(span: Span, matches: Sequence[Match]) -> float:
    """Return how far, in code points, a span stands from the matched words, each weighed by its match."""
    total = weight = 0.0
    for match in matches:
        if match.spans:
            gap = min(place.gap(span) for place in match.spans)
            total += match.weight * match.match_weight * min(gap, 120)
            weight += match.weight * match.match_weight
    return total / weight if weight else 0.0
