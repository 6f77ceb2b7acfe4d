"""The retriever: a question's concepts against the index; which sentences speak of them, and what each one lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from typing import Final

from tanya_csto.language.names import Name
from tanya_csto.question.concepts import Concept
from tanya_csto.question.parser import Question
from tanya_csto.retrieval.bm25 import K1
from tanya_csto.retrieval.dense import SentenceVectors
from tanya_csto.retrieval.expansion import Found, QueryExpansion
from tanya_csto.retrieval.index import Index, IndexedSentence
from tanya_csto.retrieval.matrix import Ranking
from tanya_csto.text.spans import Span

PASSAGES: Final = 12  # passages whose sentences are scored
SENTENCES: Final = 10  # sentences that are looked at closely
POOL: Final = 100  # passages from whose sentences the nearest in meaning are taken
NEAREST: Final = 6  # sentences that are candidates for what they mean, whatever their words
PASSAGE_SHARE: Final = 0.3  # what the passage around a sentence adds to its score


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
    def expressed(self) -> float:
        """The weight with which the sentence, or what stands before it, expresses the concept."""
        return max(self.match_weight, self.context_weight)

    @property
    def is_mentioned(self) -> bool:
        """Whether the sentence, or what stands before it, speaks of the concept."""
        return self.expressed > 0


@dataclass(frozen=True, slots=True)
class RetrievedSentence:
    """A candidate sentence: its BM25 score in [0, 1] of the best possible, and its match with each concept.

    `similarity` is that of its vector and the question's (`SentenceVectors`); None where there are no vectors.
    """

    indexed: IndexedSentence
    score: float
    matches: tuple[Match, ...]
    similarity: float | None = None

    @property
    def context(self) -> float:
        """The share of the question's weight (idf) that the sentence expresses together with what stands before it."""
        total = sum(match.weight for match in self.matches)
        return sum(match.weight * match.expressed for match in self.matches) / total if total else 0.0


class Retriever:
    """Finds the sentences of an index that may answer a question; with `vectors` also by their meaning.

    Where others keep the index's weights, `ranking` is theirs.
    """

    def __init__(self, index: Index, vectors: SentenceVectors | None = None, ranking: Ranking | None = None) -> None:
        self._index = index
        self._vectors = vectors
        self._ranking = ranking or index.weights

    def retrieve(self, question: Question, also: Sequence[int] = ()) -> tuple[RetrievedSentence, ...]:
        """Return candidate sentences, those that share most with the question first; ties keep corpus order.

        The ranking finds the `PASSAGES` that share most with the question's concepts, then the sentences of those are
        scored one by one. Behind the best come, where there are vectors, the sentences nearest in meaning from the
        `POOL` passages that share most, and those of `also`, by number. Only the question's articles are searched,
        where it has any.
        """
        if question.articles is not None and not question.articles:
            return ()
        index, concepts = self._index, question.concepts
        similarities = self._vectors.similarity_to(question.text) if self._vectors else None
        expansion = QueryExpansion(concepts, index.passage_stems)
        weights = [concept_weight(concept, index) for concept in concepts]
        within = index.passages_of(question.articles or ())
        found = self._ranking.top(expansion.query(), POOL if similarities else PASSAGES, within)
        passages = [passage for passage, _ in found]
        scorer = _Scorer(weights, expansion, index)
        scores = {number: score for passage in passages[:PASSAGES] for number, score in scorer.scores(passage)}
        best = sorted((number for number in scores if scores[number] > 0), key=lambda number: (-scores[number], number))
        chosen = dict.fromkeys(best[:SENTENCES])
        if similarities:
            pool = [number for passage in passages for number in index.sentences_of(passage)]
            similar = dict(zip(pool, similarities(pool), strict=True))
            chosen.update(dict.fromkeys(sorted(pool, key=similar.__getitem__, reverse=True)[:NEAREST]))
        allowed = within or (range(index.passages),)
        chosen.update(dict.fromkeys(each for each in also if any(index.passage_of(each) in part for part in allowed)))
        for passage in {index.passage_of(number) for number in chosen.keys() - scores.keys()}:
            scores.update(scorer.scores(passage))
        asked = list(zip(concepts, weights, strict=True))
        find = cache(expansion.find)
        known: Iterable[float | None] = similarities(list(chosen)) if similarities else repeat(None)
        return tuple(
            RetrievedSentence(indexed, scores[indexed.number], tuple(_matches(indexed, index, asked, find)), similarity)
            for indexed, similarity in zip(map(index.indexed_sentence, chosen), known, strict=False)
        )


def concept_weight(concept: Concept, index: Index) -> float:
    """Return the weight of a concept: the idf of what was asked, highest where the corpus does not know it."""
    known = index.sentence_stems
    words: Sequence[str] = concept.asked
    if not all(known.frequency.get(stem) for stem in words):
        words = [form[0] for form in concept.forms if len(form) == 1 and known.frequency.get(form[0])] or words
    return max(map(known.idf, words))


class _Scorer:
    """Scores sentences: by BM25, as a share of the best that is possible."""

    def __init__(self, weights: Sequence[float], expansion: QueryExpansion, index: Index) -> None:
        best = (K1 + 1) * (1 + PASSAGE_SHARE)  # what BM25 gives at most for an idf of 1
        self._most = [weight * best for weight in weights]
        self._whole = sum(self._most) or 1.0
        self._index = index
        self._sentences, self._passages = expansion.scorer(index.sentence_stems), expansion.scorer(index.passage_stems)

    def scores(self, passage: int) -> Iterator[tuple[int, float]]:
        """Yield the number and the score of each sentence of a passage."""
        around = [PASSAGE_SHARE * score for score in self._passages(self._index.passage_term_weights(passage))]
        for number in self._index.sentences_of(passage):
            found = self._sentences(self._index.term_weights(number))
            total = 0.0
            for most, own, near in zip(self._most, found, around, strict=True):
                total += min(own + near, most)
            yield number, total / self._whole


def _matches(
    indexed: IndexedSentence,
    index: Index,
    asked: Iterable[tuple[Concept, float]],
    find: Callable[[tuple[str, ...]], list[Found]],
) -> Iterator[Match]:
    """Yield how a sentence, and what stands before it, expresses each concept, which comes with its weight."""
    before, topic = index.before(indexed.number), index.topic(index.article_of(indexed.passage))
    found = zip(asked, find(topic.stems), *(find(each.stems) for each in (indexed, *before)), strict=True)
    for (concept, weight), (by_topic, _), (match_weight, phrase), *around in found:
        about = 0.0 if _names_another(topic.names - {concept.name}, concept) else by_topic  # of two it is about neither
        context_weight = _context_weight(indexed, concept, before, [near for near, _ in around], about)
        spans = indexed.find(phrase) if phrase else ()
        yield Match(concept, weight, match_weight, spans, context_weight)


def _context_weight(
    indexed: IndexedSentence,
    concept: Concept,
    before: Sequence[IndexedSentence],
    weights: Sequence[float],
    about: float,
) -> float:
    """Return the weight with which `before`, nearest first, or what the article is about expresses a concept.

    `weights` has that of each sentence, `about` that of what the article is about. A name gives way to another of its
    kind, unless a pronoun stands for it.
    """
    if concept.name is None:
        return max([about, *weights])
    if _names_another(indexed.names, concept) and not indexed.has_anaphora:
        return 0.0
    for near, weight in zip(before, weights, strict=True):
        if weight:
            return weight
        if concept.name.kind == "organisation" and _names_another(near.names, concept):
            return 0.0
    return about


def _names_another(names: Set[Name], concept: Concept) -> bool:
    """Tell whether names are of another country or organisation, so that the one before may be left behind."""
    asked = concept.name
    return asked is not None and asked not in names and any(name.kind == asked.kind for name in names)
