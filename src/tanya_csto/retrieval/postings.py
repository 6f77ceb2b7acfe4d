"""Postings: for each term the documents that hold it, so that a ranking reads those and no others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from threading import local
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tanya_csto.retrieval.bm25 import K1, LuceneBM25

Numbers = NDArray[np.int32]
Weights = NDArray[np.float32]

_FEW: Final = 1024  # documents; among so few every posting is read at once
_LOOKUP: Final = 16  # a document is looked up where that many others would be read
_ROUNDED: Final = 1 - 1e-5  # more than sums of float32 are apart


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
        """Return the numbers and scores of the best documents, as `Ranking` tells.

        MaxScore (Turtle and Flood, 1995), a term at a time: the rarest terms come first, and once the terms that are
        left cannot lift a new document among the best, only the documents found so far are looked up in their postings.
        """
        if self.size <= _FEW:
            return self._top_of_all(query, most, within)
        scores = self._scores()
        found = [self.documents[:0]]
        least = 0.0  # what the last of the best has at least
        alive = found[0]  # those found that may still be among the best
        rest = (K1 + 1) * sum(query.values())  # what the terms that are left can add, as no weight reaches K1 + 1
        for term, weight in sorted(query.items(), key=lambda pair: -pair[1]):
            documents, weights = self._of_term(term, within)
            if most <= len(alive) < len(documents):
                reached = scores[alive]
                least = _nth_best(reached, most)
                if rest < least:
                    alive = alive[reached + rest >= least * _ROUNDED]
            if rest < least and len(alive) * _LOOKUP < len(documents):
                held, at = _common(alive, documents)
                scores[held] += np.float32(weight) * weights[at]
            else:
                before = scores[documents]
                found.append(documents[before == 0])
                scores[documents] = before + np.float32(weight) * weights
                if rest >= least:
                    alive = np.concatenate((alive, found[-1]))
            rest -= (K1 + 1) * weight
        best = _best(alive, scores[alive], most)
        for documents in found:
            scores[documents] = 0
        return best

    def _top_of_all(self, query: Mapping[str, float], most: int, within: Sequence[range]) -> list[tuple[int, float]]:
        """Return what `top` does, every posting read at once."""
        terms = sorted(query.items(), key=lambda pair: -pair[1])
        read = [(self._of_term(term, within), np.float32(weight)) for term, weight in terms]
        scores = np.zeros(self.size, np.float32)
        if read:
            documents = np.concatenate([documents for (documents, _), _ in read])
            np.add.at(scores, documents, np.concatenate([weight * weights for (_, weights), weight in read]))
        found = np.flatnonzero(scores).astype(np.int32)
        return _best(found, scores[found], most)

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


def _nth_best(scores: Weights, most: int) -> float:
    return float(np.partition(scores, len(scores) - most)[len(scores) - most])


def _common(some: Numbers, documents: Numbers) -> tuple[Numbers, NDArray[np.int64]]:
    """Return which of some documents are among others, which ascend, and at which places."""
    at = documents.searchsorted(some)
    at[at == len(documents)] = 0
    held = documents[at] == some
    return some[held], at[held]


def _best(documents: Numbers, scores: Weights, most: int) -> list[tuple[int, float]]:
    if most < len(scores):
        kept = scores >= _nth_best(scores, most)
        documents, scores = documents[kept], scores[kept]
    order = np.lexsort((documents, -scores))[:most]
    return list(zip(documents[order].tolist(), scores[order].tolist(), strict=True))
