"""Extraction: the exact words of a sentence that answer a question of a given answer type."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, takewhile
from typing import Final

from tanya_csto.language.dates import date_parts
from tanya_csto.language.entities import Entity
from tanya_csto.language.lexicon import pattern
from tanya_csto.language.quantities import unit_of
from tanya_csto.question.answer_type import ENTITY_TYPES, clause_of
from tanya_csto.question.parser import Question
from tanya_csto.retrieval.retriever import Match, RetrievedSentence
from tanya_csto.text.spans import Span

_WORD: Final = re.compile(r"\S+")


def defines(retrieved: RetrievedSentence) -> bool:
    """Tell whether a sentence says what something asked about is: "X adalah ...", "... yang dikenal dengan X"."""
    text, sentence = retrieved.indexed.article.text, retrieved.indexed.sentence.span
    return any(
        pattern("defined_before").search(text[sentence.start : span.start])
        or pattern("defined_after").search(text[span.end : sentence.end])
        for match in retrieved.matches
        for span in match.spans
    )


def entities_of(question: Question, retrieved: RetrievedSentence) -> tuple[Entity, ...]:
    """Return the entities of a sentence; where a person is asked for, without the words of the question before a name.

    "Gubernur Jambi Fachrul Rozi" is "Fachrul Rozi" to whoever asks for the governor of Jambi.
    """
    text, entities = retrieved.indexed.article.text, retrieved.indexed.entities
    if question.answer_type != "person":
        return entities
    asked = [span for match in retrieved.matches for span in match.spans]
    return tuple(replace(entity, span=_without_lead(entity.span, asked, text)) for entity in entities)


def _without_lead(span: Span, asked: Sequence[Span], text: str) -> Span:
    """Return a span without the first words that are asked about, down to its last two."""
    words = [Span(*found.span()) for found in _WORD.finditer(text, span.start, span.end)]
    lead = list(takewhile(lambda word: any(each.contains(word) for each in asked), words[:-2]))
    return Span(words[len(lead)].start, span.end) if lead else span


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
    part = asked_part(retrieved)
    asked = [span for match in retrieved.matches if match.concept.kind != "word" for span in match.spans]
    entities = [
        entity
        for entity in entities_of(question, retrieved)
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
            not part.contains(entity.span),
            _distance(entity.span, retrieved.matches),
        ),
    )
    return tuple(entity.span for entity in ranked)


def asked_part(retrieved: RetrievedSentence) -> Span:
    """Return the part of a sentence that speaks of what is asked, where it sets one against another; else all of it.

    It is the last part that alone expresses some concept, unless another part alone expresses a name: of "Juara
    menerima Rp2 juta, sedangkan peringkat kedua Rp1 juta" the last is asked for by "hadiah peringkat kedua".
    """
    sentence, matches = retrieved.indexed.sentence.span, retrieved.matches
    cuts = pattern("contrast").finditer(retrieved.indexed.article.text, sentence.start, sentence.end)
    bounds = [sentence.start, *(cut.start() for cut in cuts), sentence.end]
    parts = [Span(start, end) for start, end in pairwise(bounds)]
    told = [{at for at, match in enumerate(matches) if any(map(part.contains, match.spans))} for part in parts]
    for at in reversed(range(len(parts)) if len(parts) > 1 else ()):
        others = set[int]().union(*told[:at], *told[at + 1 :])
        if told[at] - others and all(matches[other].concept.kind == "word" for other in others - told[at]):
            return parts[at]
    return sentence


def _asks_section(question: Question) -> bool:
    return any(pattern("section").match(term.token.norm) for term in question.terms)


def is_as_asked(question: Question, span: Span, text: str) -> bool:
    """Tell whether a quantity has a unit in which what is asked for is measured, or a date the part asked for."""
    if question.date_part:
        return question.date_part in date_parts(span.of(text))
    return bool(question.units) and unit_of(span.of(text)) in question.units


def _fits_answer_type_noun(question: Question, span: Span, text: str) -> bool:
    """Tell whether a span is as asked, or stands by the noun that is asked for ("pasal berapa": "Pasal 51")."""
    if question.answer_type_noun is None:
        return False
    if is_as_asked(question, span, text):
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
