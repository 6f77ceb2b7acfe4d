"""Retrieval: a question's concepts against the index; which sentences speak of them, and what each one lacks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tanya_csto.search.bm25 import K1
from tanya_csto.search.concepts import Concept
from tanya_csto.search.forms import Forms, Found, weight_share
from tanya_csto.search.index import Index, Unit
from tanya_csto.text.spans import Span

PASSAGES: Final = 100  # passages whose sentences are scored
PASSAGE_SHARE: Final = 0.3  # what the passage around a sentence adds to its score
WORD_SHARE: Final = 0.15  # what the very words add to their stems, so that exact wording wins ties
REPLACED: Final = 0.0  # the worth of a name spoken of before, where the sentence names another in its place


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
    scorer = _Scorer(concepts, weights, forms, index)
    scored = sorted((-score, number) for passage, _ in found for number, score in scorer.scores(passage) if score > 0)
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


class _Scorer:
    """Scores sentences: by BM25, as a share of the best that is possible."""

    def __init__(self, concepts: Sequence[Concept], weights: Sequence[float], forms: Forms, index: Index) -> None:
        best = (K1 + 1) * (1 + WORD_SHARE + PASSAGE_SHARE)  # what BM25 gives at most for an idf of 1
        self._shares = [
            (weight_share(concept), weight * best) for concept, weight in zip(concepts, weights, strict=True)
        ]
        self._whole = sum(weights) * best
        self._forms, self._index = forms, index
        self._stems, self._words = forms.idf(index.sentence_stems), forms.idf(index.sentence_words)
        self._passages = forms.idf(index.passage_stems)

    def scores(self, passage: int) -> Iterator[tuple[int, float]]:
        """Yield the number and the score of each sentence of a passage."""
        bag = self._index.passage_bag(passage)
        around = [PASSAGE_SHARE * score for score in self._forms.scores(bag, self._passages)]
        for unit in self._index.passage_units(passage):
            stems = self._forms.scores(unit.stems, self._stems)
            words = self._forms.scores(unit.words, self._words)
            total = 0.0
            for (share, most), stem, word, near in zip(self._shares, stems, words, around, strict=True):
                score = stem + WORD_SHARE * word + near
                total += share * (score if score < most else most)
            yield unit.number, total / self._whole


class _Matcher:
    """Finds the concepts of one question in sentences, in each sentence once."""

    def __init__(self, concepts: Sequence[Concept], weights: Sequence[float], forms: Forms, index: Index) -> None:
        self._concepts = list(zip(concepts, weights, strict=True))
        self._nothing = [0.0] * len(concepts)
        self._forms, self._index = forms, index
        self._found: dict[int, tuple[list[Found], list[float]]] = {}  # and its worths, by the number of the sentence

    def matches(self, unit: Unit) -> tuple[Match, ...]:
        """Return how a sentence, and what stands before it, expresses each concept."""
        found, _ = self._find(unit)
        before = [self._find(near)[1] for near in self._index.before(unit.number)]
        around = map(max, self._nothing, *before) if before else self._nothing
        return tuple(
            [
                Match(concept, weight, worth, spans, REPLACED if nearby and _names_another(unit, concept) else nearby)
                for (concept, weight), (worth, spans), nearby in zip(self._concepts, found, around, strict=True)
            ]
        )

    def _find(self, unit: Unit) -> tuple[list[Found], list[float]]:
        if (known := self._found.get(unit.number)) is None:
            found = self._forms.find(unit.phrases)
            known = self._found[unit.number] = found, [worth for worth, _ in found]
        return known


def _names_another(unit: Unit, concept: Concept) -> bool:
    """Tell whether a sentence names another country or organisation, so that the one before it may be left behind."""
    asked = concept.name
    return asked is not None and asked not in unit.names and any(name.kind == asked.kind for name in unit.names)
