"""Retrieval: a question's concepts against the index; which sentences speak of them, and what each one lacks."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

import numpy as np

from tanya_csto.language.terms import PhraseFinder
from tanya_csto.search.bm25 import LuceneBM25, Scores
from tanya_csto.search.concepts import Concept, Phrase
from tanya_csto.search.index import Index, Unit
from tanya_csto.text.spans import Span

PASSAGE_SHARE: Final = 0.3  # what the passage around a sentence adds to its score
WORD_SHARE: Final = 0.15  # what the very words add to their stems, so that exact wording wins ties
CARRIED_SHARE: Final = 0.5  # what a concept of an earlier question counts
CONTEXT_REACH: Final = 2  # sentences before, in which a concept still counts as spoken of
REPLACED: Final = 0.0  # what is left of a name spoken of before, where the sentence names another in its place
PARTIAL: Final = 0.4  # worth of one word of a phrase found alone


@dataclass(frozen=True, slots=True)
class Match:
    """How a sentence expresses one concept: `worth` in [0, 1], `spans` where (empty where it does not).

    `nearby` is the worth with which the sentences before it, its heading or its article's title express the concept.
    """

    concept: Concept
    weight: float
    worth: float
    spans: tuple[Span, ...]
    nearby: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """A candidate sentence: its BM25 score in [0, 1] of the best possible, and its match with each concept."""

    unit: Unit
    score: float
    matches: tuple[Match, ...]

    @property
    def coverage(self) -> float:
        """The share of the question's weight (idf) that the sentence itself expresses."""
        return self._share(match.weight * match.worth for match in self.matches)

    @property
    def context(self) -> float:
        """The share that the sentence expresses together with what stands before it."""
        return self._share(match.weight * max(match.worth, match.nearby) for match in self.matches)

    def _share(self, weights: Iterable[float]) -> float:
        total = sum(match.weight for match in self.matches)
        return sum(weights) / total if total else 0.0


def retrieve(
    concepts: Sequence[Concept], index: Index, articles: Container[str] = (), limit: int = 80
) -> tuple[Evidence, ...]:
    """Return the sentences that express at least one concept, best first, at most `limit`; ties keep corpus order.

    Only `articles` (by id) are searched, where any are given.
    """
    if not concepts:
        return ()
    weights = [concept_weight(concept, index) for concept in concepts]
    best = (index.sentence_stems.k1 + 1) * (1 + WORD_SHARE + PASSAGE_SHARE)  # what BM25 gives at most for an idf of 1
    total = sum(
        weight_share(concept)
        * (
            _scores(concept, index.sentence_stems)
            + WORD_SHARE * _scores(concept, index.sentence_words)
            + PASSAGE_SHARE * _of_passages(concept, index)
        ).clip(max=weight * best)
        for concept, weight in zip(concepts, weights, strict=True)
    )
    scores = np.asarray(total) / (sum(weights) * best)
    order = np.argsort(-scores, kind="stable")
    hits = (
        number
        for number in order
        if scores[number] > 0 and (not articles or index.units[number].article.id in articles)
    )
    return tuple(
        Evidence(
            index.units[number], float(scores[number]), match_concepts(concepts, weights, index.units[number], index)
        )
        for number in islice(hits, limit)
    )


def weight_share(concept: Concept) -> float:
    """Return what a concept counts beside the others."""
    return CARRIED_SHARE if concept.carried else 1.0


def concept_weight(concept: Concept, index: Index) -> float:
    """Return the weight of a concept: the idf of what was asked, highest where the corpus does not know it."""
    asked = concept.asked
    bm25 = index.sentence_stems
    known = [bm25.idf[stem] for stem in asked if stem in bm25.idf]
    synonyms = [bm25.idf[form[0]] for form, worth in concept.forms.items() if len(form) == 1 and form[0] in bm25.idf]
    if len(known) == len(asked):
        return weight_share(concept) * max(known)
    return weight_share(concept) * (max(synonyms) if synonyms else bm25.idf_of(0))


def match_concepts(
    concepts: Sequence[Concept], weights: Sequence[float], unit: Unit, index: Index
) -> tuple[Match, ...]:
    """Return how a sentence, and what stands before it, expresses each concept."""
    before = _context(unit, index)
    matches = []
    for concept, weight in zip(concepts, weights, strict=True):
        worth, spans = find_concept(concept, unit.phrases)
        nearby = max((find_concept(concept, phrases)[0] for phrases in before), default=0.0)
        if _names_another(unit, concept):
            nearby *= REPLACED
        matches.append(Match(concept, weight, worth, spans, nearby))
    return tuple(matches)


def _names_another(unit: Unit, concept: Concept) -> bool:
    """Tell whether a sentence names another country or organisation, so that the one before it may be left behind."""
    asked = concept.name
    return asked is not None and asked not in unit.names and any(name.kind == asked.kind for name in unit.names)


def find_concept(concept: Concept, phrases: PhraseFinder) -> tuple[float, tuple[Span, ...]]:
    """Return the worth and the places of the best form of a concept in a sentence."""
    best: tuple[float, tuple[Span, ...]] = (0.0, ())
    for form, worth in concept.forms.items():
        if worth > best[0] and (spans := phrases.find(form)):
            best = (worth, spans)
    asked = concept.asked
    if not best[1] and len(asked) > 1:
        found = [spans for stem in asked if (spans := phrases.find((stem,)))]
        if found:
            best = (PARTIAL * len(found) / len(asked), found[0])
    return best


def _context(unit: Unit, index: Index) -> list[PhraseFinder]:
    """Return what a reader has just read: the sentences before, the heading of the section, the title."""
    before = [index.neighbour(unit, -offset) for offset in range(1, CONTEXT_REACH + 1)]
    heading = index.passage_units(unit.passage)[0]
    units = [near for near in before if near is not None]
    if heading.sentence.heading and heading not in units and heading is not unit:
        units.append(heading)
    return [near.phrases for near in units]


def _scores(concept: Concept, bm25: LuceneBM25) -> Scores:
    best = np.zeros(bm25.corpus_size)
    for form, worth in concept.forms.items():
        np.maximum(best, worth * _phrase_scores(form, bm25), out=best)
    return best


def _phrase_scores(form: Phrase, bm25: LuceneBM25) -> Scores:
    if any(stem not in bm25.idf for stem in form):
        return np.zeros(bm25.corpus_size)
    return np.asarray(np.stack([bm25.term_scores(stem) for stem in form]).min(axis=0))


def _of_passages(concept: Concept, index: Index) -> Scores:
    scores = _scores(concept, index.passage_stems)
    return np.array([scores[unit.passage] for unit in index.units])
