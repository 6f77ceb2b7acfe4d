"""Reranking: what the networks add to the words, similarity for every candidate and a reading of the best ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from tanya_csto.models.networks import Networks
from tanya_csto.question.concepts import SAME
from tanya_csto.question.parser import Question
from tanya_csto.ranking.features import Candidate, reordered
from tanya_csto.retrieval.dense import Similarity, vectors_of
from tanya_csto.retrieval.index import Index
from tanya_csto.retrieval.retriever import DenseHits
from tanya_csto.text.spans import Span

if TYPE_CHECKING:
    from tanya_csto.models.reader import Reading

NEAR: Final = 6  # sentences that are candidates for what they mean, whatever their words
READ: Final = 6  # candidates that are read
AT_ONCE: Final = 2  # passages that are read at the same time: two cores do two sooner than both do one
SCALE: Final = 10.0  # logits are divided by this, and cut at -1 and 1
UNREAD: Final = {"reading": -1.0, "answerable": -1.0}


class NeuralReranker:
    """Reranks candidates by what they mean; built once for an index."""

    def __init__(self, index: Index, networks: Networks) -> None:
        self._index = index
        self._reader = networks.reader
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="reader")
        self._similarity = Similarity(vectors_of(index, networks), networks.encoder)

    def rank(
        self, question: Question, found: Callable[[DenseHits], Sequence[Candidate]], weights: Mapping[str, float]
    ) -> tuple[Candidate, ...]:
        """Return the candidates with the networks' features, best first; `found` gives them, and those near in meaning.

        - similarity: of the question and the sentence, about -1 to 1
        - reading: how much better the best span inside the sentence is than none, -1 to 1; -1 where it was not read
        - answerable: whether the passage around the sentence answers at all, -1 to 1; -1 where it was not read
        """
        similarity = self._similarity.to(question.text)

        def near(sentences: Sequence[int]) -> Iterable[int]:
            order = np.argsort(-similarity(sentences), kind="stable")[:NEAR]
            return [sentences[place] for place in order.tolist()]

        candidates = found(near)
        similar = similarity([candidate.retrieved.indexed.number for candidate in candidates])
        compared = [
            _with(candidate, {"similarity": each, **UNREAD})
            for candidate, each in zip(candidates, similar.tolist(), strict=True)
        ]
        ordered = reordered(compared, weights)
        return reordered([*self._read(question, ordered[:READ]), *ordered[READ:]], weights)

    def _read(self, question: Question, candidates: Sequence[Candidate]) -> list[Candidate]:
        best: dict[int, Candidate] = {}  # of each passage
        for candidate in candidates:
            best.setdefault(candidate.retrieved.indexed.passage, candidate)
        around = [tuple(map(self._index.indexed_sentence, self._index.context_window(passage))) for passage in best]
        asked = (in_words_of(candidate, question) for candidate in best.values())
        texts = ([indexed.sentence.text for indexed in sentences] for sentences in around)
        read: dict[int, tuple[Reading, Span]] = {}
        for sentences, readings in zip(around, self._pool.map(self._reader.read_sentences, asked, texts), strict=True):
            for indexed, reading in zip(sentences, readings, strict=True):
                start = indexed.sentence.span.start
                read.setdefault(indexed.number, (reading, Span(start + reading.start, start + reading.end)))
        return [_read_as(candidate, *read[candidate.retrieved.indexed.number]) for candidate in candidates]


def in_words_of(candidate: Candidate, question: Question) -> str:
    """Return the question in the words of a candidate: a reader that knows no synonyms is asked with none.

    "Di mana markas CSTO?" is asked of "Kantor pusat CSTO di Moskow" as "Di mana kantor pusat CSTO?".
    """
    said = [
        (match.concept.span, match.spans[0])
        for match in candidate.retrieved.matches
        if match.spans and match.match_weight < SAME and match.concept.kind == "word" and not match.concept.inherited
    ]
    text = question.text
    for span, place in sorted(said, reverse=True):
        text = text[: span.start] + place.of(candidate.article.text) + text[span.end :]
    return text


def _read_as(candidate: Candidate, reading: Reading, span: Span) -> Candidate:
    features = {"reading": _cut(reading.span_score), "answerable": _cut(reading.answerable)}
    return replace(_with(candidate, features), short=candidate.short or (span if len(span) else None))


def _with(candidate: Candidate, features: Mapping[str, float]) -> Candidate:
    return replace(candidate, features={**candidate.features, **features})


def _cut(logit: float) -> float:
    return max(-1.0, min(1.0, logit / SCALE))
