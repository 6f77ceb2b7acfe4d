"""The retriever: a question's concepts against the index; which sentences speak of them, and what each one lacks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tanya_csto.question.concepts import Concept
from tanya_csto.retrieval.bm25 import K1
from tanya_csto.retrieval.expansion import Found, QueryExpansion, weight_share
from tanya_csto.retrieval.index import Index, IndexedSentence
from tanya_csto.text.spans import Span

PASSAGES: Final = 12  # passages whose sentences are scored
SENTENCES: Final = 10  # sentences that are looked at closely
POOL: Final = 100  # passages from whose sentences meaning may add some
PASSAGE_SHARE: Final = 0.3  # what the passage around a sentence adds to its score
REPLACED: Final = 0.0  # the context weight of a name spoken of before, where the sentence names another in its place

DenseHits = Callable[[Sequence[int]], Iterable[int]]  # from sentences, by number, those near in meaning to the question


@dataclass(frozen=True, slots=True)
class Match:
    """How a sentence expresses one concept: `match_weight` in [0, 1], `spans` where (empty where it does not).

    `context_weight` is that with which the sentences before it, its heading or its article's title express the concept.
    """

    concept: Concept
    weight: float
    match_weight: float
    spans: tuple[Span, ...]
    context_weight: float

    @property
    def is_mentioned(self) -> bool:
        """Whether the sentence, or what stands before it, speaks of the concept."""
        return max(self.match_weight, self.context_weight) > 0


@dataclass(frozen=True, slots=True)
class RetrievedSentence:
    """A candidate sentence: its BM25 score in [0, 1] of the best possible, and its match with each concept."""

    indexed: IndexedSentence
    score: float
    matches: tuple[Match, ...]

    @property
    def coverage(self) -> float:
        """The share of the question's weight (idf) that the sentence itself expresses."""
        return self._share([match.weight * match.match_weight for match in self.matches])

    @property
    def context(self) -> float:
        """The share that the sentence expresses together with what stands before it."""
        return self._share([match.weight * max(match.match_weight, match.context_weight) for match in self.matches])

    def _share(self, weights: Iterable[float]) -> float:
        total = sum([match.weight for match in self.matches])
        return sum(weights) / total if total else 0.0


def retrieve(
    concepts: Sequence[Concept],
    index: Index,
    articles: Collection[str] = (),
    limit: int = SENTENCES,
    dense_hits: DenseHits | None = None,
) -> tuple[RetrievedSentence, ...]:
    """Return the sentences that express at least one concept, best first, at most `limit`; ties keep corpus order.

    Only `articles` (by id) are searched, where any are given. Two stages: the ranking finds the `PASSAGES` that share
    most with the concepts (`limit` of them, where that is more), then the sentences of those are scored one by one.
    Behind them come those that `dense_hits` picks by their meaning from the sentences of the `POOL` passages that share
    most.
    """
    expansion = QueryExpansion(concepts, index.passage_stems)
    weights = [concept_weight(concept, index) for concept in concepts]
    reach = max(PASSAGES, limit)
    found = index.ranking.top(expansion.query(), max(reach, POOL) if dense_hits else reach, index.passages_of(articles))
    passages = [passage for passage, _ in found]
    scorer = _Scorer(concepts, weights, expansion, index)
    scores = {number: score for passage in passages[:reach] for number, score in scorer.scores(passage)}
    best = sorted((number for number in scores if scores[number] > 0), key=lambda number: (-scores[number], number))
    chosen = dict.fromkeys(best[:limit])
    if dense_hits:
        chosen.update(
            dict.fromkeys(dense_hits([number for passage in passages for number in index.sentences_of(passage)]))
        )
        for passage in {index.indexed_sentence(number).passage for number in chosen.keys() - scores.keys()}:
            scores.update(scorer.scores(passage))
    matcher = _Matcher(concepts, weights, expansion, index)
    return tuple(
        RetrievedSentence(indexed, scores[indexed.number], matcher.matches(indexed))
        for indexed in map(index.indexed_sentence, chosen)
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

    def __init__(
        self, concepts: Sequence[Concept], weights: Sequence[float], expansion: QueryExpansion, index: Index
    ) -> None:
        best = (K1 + 1) * (1 + PASSAGE_SHARE)  # what BM25 gives at most for an idf of 1
        self._shares = [
            (weight_share(concept), weight * best) for concept, weight in zip(concepts, weights, strict=True)
        ]
        self._whole = sum(weights) * best
        self._index = index
        self._sentences, self._passages = expansion.scorer(index.sentence_stems), expansion.scorer(index.passage_stems)

    def scores(self, passage: int) -> Iterator[tuple[int, float]]:
        """Yield the number and the score of each sentence of a passage."""
        around = [PASSAGE_SHARE * score for score in self._passages(self._index.passage_term_weights(passage))]
        for indexed in self._index.passage_sentences(passage):
            total = 0.0
            for (share, most), own, near in zip(self._shares, self._sentences(indexed.stems), around, strict=True):
                score = own + near
                total += share * (score if score < most else most)
            yield indexed.number, total / self._whole


class _Matcher:
    """Finds the concepts of one question in sentences, in each sentence once."""

    def __init__(
        self, concepts: Sequence[Concept], weights: Sequence[float], expansion: QueryExpansion, index: Index
    ) -> None:
        self._concepts = list(zip(concepts, weights, strict=True))
        self._expansion, self._index = expansion, index
        self._found: dict[int, list[Found]] = {}  # by the number of the sentence

    def matches(self, indexed: IndexedSentence) -> tuple[Match, ...]:
        """Return how a sentence, and what stands before it, expresses each concept."""
        before = self._index.before(indexed.number)
        found = [self._find(near) for near in before]
        matches = []
        for (concept, weight), (match_weight, phrase), *around in zip(
            self._concepts, self._find(indexed), *found, strict=True
        ):
            context_weight = _context_weight(indexed, concept, before, [each for each, _ in around])
            spans = indexed.phrases.find(phrase) if phrase else ()
            matches.append(Match(concept, weight, match_weight, spans, context_weight))
        return tuple(matches)

    def _find(self, indexed: IndexedSentence) -> list[Found]:
        if (found := self._found.get(indexed.number)) is None:
            found = self._found[indexed.number] = self._expansion.find(indexed.phrases)
        return found


def _context_weight(
    indexed: IndexedSentence, concept: Concept, before: Sequence[IndexedSentence], weights: Sequence[float]
) -> float:
    """Return the weight with which `before`, nearest first, expresses a concept; `weights` has that of each sentence.

    A name gives way to another of its kind, unless a pronoun stands for it.
    """
    if concept.name is None:
        return max(weights, default=0.0)
    if _names_another(indexed, concept) and not indexed.has_anaphora:
        return REPLACED
    for near, weight in zip(before, weights, strict=True):
        if weight:
            return weight
        if concept.name.kind == "organisation" and _names_another(near, concept):
            return REPLACED
    return 0.0


def _names_another(indexed: IndexedSentence, concept: Concept) -> bool:
    """Tell whether a sentence names another country or organisation, so that the one before it may be left behind."""
    asked = concept.name
    return asked is not None and asked not in indexed.names and any(name.kind == asked.kind for name in indexed.names)
