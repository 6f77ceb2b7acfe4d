"""Retrieval: a question's concepts against the index; which sentences speak of them, and what each one lacks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tanya_csto.question.concepts import Concept
from tanya_csto.search.bm25 import K1
from tanya_csto.search.forms import Forms, Found, weight_share
from tanya_csto.search.index import Index, Unit
from tanya_csto.text.spans import Span

PASSAGES: Final = 12  # passages whose sentences are scored
SENTENCES: Final = 10  # sentences that are looked at closely
POOL: Final = 100  # passages from whose sentences meaning may add some
PASSAGE_SHARE: Final = 0.3  # what the passage around a sentence adds to its score
REPLACED: Final = 0.0  # the worth of a name spoken of before, where the sentence names another in its place

Near = Callable[[Sequence[int]], Iterable[int]]  # from sentences, by number, those near in meaning to the question


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

    @property
    def spoken(self) -> bool:
        """Whether the sentence, or what stands before it, speaks of the concept."""
        return max(self.worth, self.nearby) > 0


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
    concepts: Sequence[Concept],
    index: Index,
    articles: Collection[str] = (),
    limit: int = SENTENCES,
    near: Near | None = None,
) -> tuple[Evidence, ...]:
    """Return the sentences that express at least one concept, best first, at most `limit`; ties keep corpus order.

    Only `articles` (by id) are searched, where any are given. Two stages: the ranking finds the `PASSAGES` that share
    most with the concepts (`limit` of them, where that is more), then the sentences of those are scored one by one.
    Behind them come those that `near` picks by their meaning from the sentences of the `POOL` passages that share most.
    """
    forms = Forms(concepts, index.passage_stems)
    weights = [concept_weight(concept, index) for concept in concepts]
    reach = max(PASSAGES, limit)
    found = index.ranking.top(forms.query(), max(reach, POOL) if near else reach, index.passages_of(articles))
    passages = [passage for passage, _ in found]
    scorer = _Scorer(concepts, weights, forms, index)
    scores = {number: score for passage in passages[:reach] for number, score in scorer.scores(passage)}
    best = sorted((number for number in scores if scores[number] > 0), key=lambda number: (-scores[number], number))
    chosen = dict.fromkeys(best[:limit])
    if near:
        chosen.update(dict.fromkeys(near([number for passage in passages for number in index.sentences_of(passage)])))
        for passage in {index.unit(number).passage for number in chosen.keys() - scores.keys()}:
            scores.update(scorer.scores(passage))
    matcher = _Matcher(concepts, weights, forms, index)
    return tuple(Evidence(unit, scores[unit.number], matcher.matches(unit)) for unit in map(index.unit, chosen))


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
        best = (K1 + 1) * (1 + PASSAGE_SHARE)  # what BM25 gives at most for an idf of 1
        self._shares = [
            (weight_share(concept), weight * best) for concept, weight in zip(concepts, weights, strict=True)
        ]
        self._whole = sum(weights) * best
        self._index = index
        self._sentences, self._passages = forms.scorer(index.sentence_stems), forms.scorer(index.passage_stems)

    def scores(self, passage: int) -> Iterator[tuple[int, float]]:
        """Yield the number and the score of each sentence of a passage."""
        around = [PASSAGE_SHARE * score for score in self._passages(self._index.passage_bag(passage))]
        for unit in self._index.passage_units(passage):
            total = 0.0
            for (share, most), own, near in zip(self._shares, self._sentences(unit.stems), around, strict=True):
                score = own + near
                total += share * (score if score < most else most)
            yield unit.number, total / self._whole


class _Matcher:
    """Finds the concepts of one question in sentences, in each sentence once."""

    def __init__(self, concepts: Sequence[Concept], weights: Sequence[float], forms: Forms, index: Index) -> None:
        self._concepts = list(zip(concepts, weights, strict=True))
        self._forms, self._index = forms, index
        self._found: dict[int, list[Found]] = {}  # by the number of the sentence

    def matches(self, unit: Unit) -> tuple[Match, ...]:
        """Return how a sentence, and what stands before it, expresses each concept."""
        before = self._index.before(unit.number)
        found = [self._find(near) for near in before]
        matches = []
        for (concept, weight), (worth, phrase), *around in zip(self._concepts, self._find(unit), *found, strict=True):
            nearby = _nearby(unit, concept, before, [worth for worth, _ in around])
            matches.append(Match(concept, weight, worth, unit.phrases.find(phrase) if phrase else (), nearby))
        return tuple(matches)

    def _find(self, unit: Unit) -> list[Found]:
        if (found := self._found.get(unit.number)) is None:
            found = self._found[unit.number] = self._forms.find(unit.phrases)
        return found


def _nearby(unit: Unit, concept: Concept, before: Sequence[Unit], worths: Sequence[float]) -> float:
    """Return the worth with which `before`, nearest first, expresses a concept; `worths` has that of each sentence.

    A name gives way to another of its kind, unless a pronoun stands for it.
    """
    if concept.name is None:
        return max(worths, default=0.0)
    if _names_another(unit, concept) and not unit.leans:
        return REPLACED
    for near, worth in zip(before, worths, strict=True):
        if worth:
            return worth
        if concept.name.kind == "organisation" and _names_another(near, concept):
            return REPLACED
    return 0.0


def _names_another(unit: Unit, concept: Concept) -> bool:
    """Tell whether a sentence names another country or organisation, so that the one before it may be left behind."""
    asked = concept.name
    return asked is not None and asked not in unit.names and any(name.kind == asked.kind for name in unit.names)
