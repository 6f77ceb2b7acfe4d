"""Retrieval: a question's concepts against the index; which sentences speak of them, and what each one lacks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from tanya_csto.search.bm25 import K1
from tanya_csto.search.concepts import Concept
from tanya_csto.search.forms import Forms, Found, weight_share
from tanya_csto.search.index import Index, Unit
from tanya_csto.text.spans import Span

PASSAGES: Final = 100  # passages whose sentences are scored
PASSAGE_SHARE: Final = 0.3  # what the passage around a sentence adds to its score
WORD_SHARE: Final = 0.15  # what the very words add to their stems, so that exact wording wins ties
REPLACED: Final = 0.0  # what is left of a name spoken of before, where the sentence names another in its place


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
        return self._share([match.weight * match.worth for match in self.matches])

    @property
    def context(self) -> float:
        """The share that the sentence expresses together with what stands before it."""
        return self._share([match.weight * max(match.worth, match.nearby) for match in self.matches])

    def _share(self, weights: Iterable[float]) -> float:
        total = sum([match.weight for match in self.matches])
        return sum(weights) / total if total else 0.0


def retrieve(
    concepts: Sequence[Concept], index: Index, articles: Collection[str] = (), limit: int = 80
) -> tuple[Evidence, ...]:
    """Return the sentences that express at least one concept, best first, at most `limit`; ties keep corpus order.

    Only `articles` (by id) are searched, where any are given. Two stages: the ranking finds the `PASSAGES` that share
    most with the concepts, then the sentences of those are scored one by one.
    """
    forms = Forms(concepts, index.passage_stems)
    weights = [concept_weight(concept, index) for concept in concepts]
    found = index.ranking.top(forms.query(), PASSAGES, index.passages_of(articles))
    scored = sorted(
        (-score, unit.number)
        for passage, _ in found
        for unit, score in _scores(passage, concepts, weights, forms, index)
        if score > 0
    )
    matcher = _Matcher(concepts, weights, forms, index)
    return tuple(
        Evidence(unit, -score, matcher.matches(unit))
        for score, unit in ((score, index.unit(number)) for score, number in scored[:limit])
    )


def concept_weight(concept: Concept, index: Index) -> float:
    """Return the weight of a concept: the idf of what was asked, highest where the corpus does not know it."""
    asked = concept.asked
    known = index.sentence_stems
    if all(stem in known.frequency for stem in asked):
        return weight_share(concept) * max(map(known.idf, asked))
    synonyms = [known.idf(form[0]) for form in concept.forms if len(form) == 1 and form[0] in known.frequency]
    return weight_share(concept) * max(synonyms, default=known.idf_of(0))


def _scores(
    passage: int, concepts: Sequence[Concept], weights: Sequence[float], forms: Forms, index: Index
) -> Iterator[tuple[Unit, float]]:
    """Yield the sentences of a passage with their scores, BM25 as a share of the best that is possible."""
    best = (K1 + 1) * (1 + WORD_SHARE + PASSAGE_SHARE)  # what BM25 gives at most for an idf of 1
    around = forms.scores(index.passage_scores(passage))
    for unit in index.passage_units(passage):
        total = sum(
            weight_share(concept) * min(stem + WORD_SHARE * word + PASSAGE_SHARE * near, weight * best)
            for concept, weight, stem, word, near in zip(
                concepts, weights, forms.scores(unit.stems), forms.scores(unit.words), around, strict=True
            )
        )
        yield unit, total / (sum(weights) * best)


@dataclass(frozen=True, slots=True)
class _Matcher:
    """Finds the concepts of one question in sentences, in each sentence once."""

    concepts: Sequence[Concept]
    weights: Sequence[float]
    forms: Forms
    index: Index
    found: dict[int, list[Found]] = field(default_factory=dict)  # by the number of the sentence

    def matches(self, unit: Unit) -> tuple[Match, ...]:
        """Return how a sentence, and what stands before it, expresses each concept."""
        before = [self._find(near) for near in self.index.before(unit.number)]
        matches = []
        for number, (worth, spans) in enumerate(self._find(unit)):
            concept = self.concepts[number]
            nearby = max((found[number][0] for found in before), default=0.0)
            if nearby and _names_another(unit, concept):
                nearby *= REPLACED
            matches.append(Match(concept, self.weights[number], worth, spans, nearby))
        return tuple(matches)

    def _find(self, unit: Unit) -> list[Found]:
        if unit.number not in self.found:
            self.found[unit.number] = self.forms.find(unit.phrases)
        return self.found[unit.number]


def _names_another(unit: Unit, concept: Concept) -> bool:
    """Tell whether a sentence names another country or organisation, so that the one before it may be left behind."""
    asked = concept.name
    return asked is not None and asked not in unit.names and any(name.kind == asked.kind for name in unit.names)
