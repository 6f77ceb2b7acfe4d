"""Postings: for each term the documents that hold it, so that a ranking reads those and no others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from threading import local

import numpy as np
from numpy.typing import NDArray

from tanya_csto.search.bm25 import K1, LuceneBM25

Numbers = NDArray[np.int32]
Weights = NDArray[np.float32]


@dataclass(frozen=True)
class Postings:
    """A `Ranking` in this process. The postings of the term numbered t are the rows ``starts[t]`` to ``starts[t + 1]``.

    `documents` ascend within a term; `weights` are those of BM25 before the idf; `size` is the number of documents.

    >>> postings = Postings.of(LuceneBM25([["csto", "aliansi"], ["csto"], ["rusia"]]))
    >>> [number for number, score in postings.top({"csto": 1.0, "aliansi": 2.0}, most=5)]
    [0, 1]
    """

    terms: Mapping[str, int]
    starts: NDArray[np.int64]
    documents: Numbers
    weights: Weights
    size: int
    _own: local = field(default_factory=local, init=False, repr=False)

    @classmethod
    def of(cls, bm25: LuceneBM25) -> Postings:
        """Return the postings of what rank-bm25 has counted."""
        counted = bm25.doc_freqs
        terms = {term: number for number, term in enumerate(sorted(counted.terms))}
        numbers = np.array([terms[term] for term in counted.terms], np.int32)[np.frombuffer(counted.numbers, np.int32)]
        counts = np.frombuffer(counted.counts, np.int32).astype(np.float64)
        widths = np.frombuffer(counted.widths, np.int32)
        norms = np.repeat(bm25.statistics.norm(np.array(bm25.doc_len, np.float64)), widths)
        weights = (counts * (K1 + 1) / (counts + norms)).astype(np.float32)
        order = np.argsort(numbers, kind="stable")
        return cls(
            terms,
            np.concatenate(([0], np.cumsum(np.bincount(numbers)))),
            np.repeat(np.arange(len(widths), dtype=np.int32), widths)[order],
            weights[order],
            len(widths),
        )

    def top(self, query: Mapping[str, float], most: int, within: Sequence[range] = ()) -> list[tuple[int, float]]:
        """Return the numbers and scores of the best documents, as `Ranking` tells."""
        scores = self._scores()
        found: list[Numbers] = [self.documents[:0]]
        for term, weight in query.items():
            documents, weights = self._of_term(term, within)
            before = scores[documents]
            found.append(documents[before == 0])
            scores[documents] = before + np.float32(weight) * weights
        touched = np.concatenate(found)
        reached = scores[touched]
        scores[touched] = 0
        return _best(touched, reached, most)

    def _of_term(self, term: str, within: Sequence[range]) -> tuple[Numbers, Weights]:
        number = self.terms.get(term)
        if number is None:
            return self.documents[:0], self.weights[:0]
        rows = slice(self.starts[number], self.starts[number + 1])
        documents, weights = self.documents[rows], self.weights[rows]
        if not within:
            return documents, weights
        edges = sorted(edge for numbers in within for edge in (numbers.start, numbers.stop))
        inside = np.searchsorted(edges, documents, side="right") % 2 == 1
        return documents[inside], weights[inside]

    def _scores(self) -> Weights:
        """Return this thread's score of every document; all are 0 between two rankings."""
        if not hasattr(self._own, "scores"):
            self._own.scores = np.zeros(self.size, np.float32)
        scores: Weights = self._own.scores
        return scores


def _best(documents: Numbers, scores: Weights, most: int) -> list[tuple[int, float]]:
    if most < len(scores):
        kept = scores >= np.partition(scores, len(scores) - most)[len(scores) - most]
        documents, scores = documents[kept], scores[kept]
    order = np.lexsort((documents, -scores))[:most]
    return list(zip(documents[order].tolist(), scores[order].tolist(), strict=True))
