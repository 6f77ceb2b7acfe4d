"""The weight matrix: what BM25 weighs each term in each document, so that a ranking reads only what a query names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from tanya_csto.retrieval.bm25 import K1, LuceneBM25, Statistics

Numbers = NDArray[np.int32]
Weights = NDArray[np.float32]

_ROUNDED: Final = 1 - 1e-5  # more than sums of float32 are apart


class Ranking(Protocol):
    """Ranks documents, numbered from 0, by the dot product of a query's weights with their own.

    A document weighs a term by BM25 without the idf, ``tf * (k1 + 1) / (tf + k1 * (1 - b + b * length / avgdl))``; the
    idf is part of the query's weights, so that a collection may be split, or grow, without new weights for each part.
    """

    def top(self, query: Mapping[str, float], most: int, within: Sequence[range] = ()) -> list[tuple[int, float]]:
        """Return the numbers and scores of the best documents, at most `most`; ties go by number.

        `query` holds the weight of each term, > 0. Only documents that share a term with it are returned, and only
        those `within` the ranges of numbers, which do not overlap, where any are given.
        """
        ...


@dataclass(frozen=True)
class WeightMatrix:
    """A `Ranking` in this process: a sparse matrix with a row for each document and a column for each term.

    Its columns are compressed as in SciPy's `csc_array`: the documents of the term numbered t, ascending, are
    ``indices[indptr[t]:indptr[t + 1]]``, and their weights stand at the same places of `data`.

    >>> matrix = WeightMatrix.of(LuceneBM25([["csto", "aliansi"], ["csto"], ["rusia"]]))
    >>> [number for number, score in matrix.top({"csto": 1.0, "aliansi": 2.0}, most=5)]
    [0, 1]
    """

    statistics: Statistics
    indices: Numbers
    data: Weights

    @classmethod
    def of(cls, bm25: LuceneBM25) -> WeightMatrix:
        """Return the weights of what rank-bm25 has counted."""
        statistics, documents = bm25.statistics, bm25.doc_freqs
        numbers = {term: number for number, term in enumerate(statistics.frequency)}
        terms = np.fromiter((numbers[term] for document in documents for term in document), np.int32)
        counts = np.fromiter(chain.from_iterable(document.values() for document in documents), np.float64)
        widths = list(map(len, documents))
        norms = np.repeat([statistics.norm(length) for length in bm25.doc_len], widths)
        order = np.argsort(terms, kind="stable")
        return cls(
            statistics,
            np.repeat(np.arange(len(documents), dtype=np.int32), widths)[order],
            (counts * (K1 + 1) / (counts + norms)).astype(np.float32)[order],
        )

    @cached_property
    def terms(self) -> Mapping[str, int]:
        """The number of each term."""
        return {term: number for number, term in enumerate(self.statistics.frequency)}

    @cached_property
    def indptr(self) -> NDArray[np.int64]:
        """Where the documents of each term begin; the end is the last entry."""
        return np.cumsum([0, *self.statistics.frequency.values()])

    def top(self, query: Mapping[str, float], most: int, within: Sequence[range] = ()) -> list[tuple[int, float]]:
        """Return the numbers and scores of the best documents, as `Ranking` tells.

        MaxScore (Turtle and Flood, 1995), a term at a time: the rarest terms come first, and once the terms that are
        left cannot lift a new document among the best, they are added to those found so far alone.
        """
        scores = np.zeros(self.statistics.size, np.float32)
        found = self.indices[:0]  # the documents that may be among the best
        rest = (K1 + 1) * sum(query.values())  # what the terms that are left can add, as no weight reaches K1 + 1
        for term, weight in sorted(query.items(), key=lambda pair: -pair[1]):
            documents, weights = self._column(term, within)
            added = np.float32(weight) * weights
            if most <= len(found) < len(documents) and rest < (least := _nth_best(scores[found], most)):
                found = found[scores[found] + rest >= least * _ROUNDED]
                places = np.minimum(documents.searchsorted(found), len(documents) - 1)
                scores[found] += np.where(documents[places] == found, added[places], 0)
            else:
                before = scores[documents]
                scores[documents] = before + added
                found = np.concatenate((found, documents[before == 0]))
            rest -= (K1 + 1) * weight
        return _best(found, scores[found], most)

    def documents(self) -> Iterator[tuple[int, Numbers, Weights]]:
        """Yield the number of each document that holds a term, its terms and their weights, all in order."""
        order = np.argsort(self.indices, kind="stable")
        terms = np.repeat(np.arange(len(self.terms), dtype=np.int32), np.diff(self.indptr))[order]
        weights = self.data[order]
        ends = np.cumsum(np.bincount(self.indices, minlength=self.statistics.size)).tolist()
        for number, (start, end) in enumerate(pairwise([0, *ends])):
            if start < end:
                yield number, terms[start:end], weights[start:end]

    def _column(self, term: str, within: Sequence[range]) -> tuple[Numbers, Weights]:
        number = self.terms.get(term)
        if number is None:
            return self.indices[:0], self.data[:0]
        column = slice(self.indptr[number], self.indptr[number + 1])
        documents, weights = self.indices[column], self.data[column]
        if not within:
            return documents, weights
        edges = sorted(edge for numbers in within for edge in (numbers.start, numbers.stop))
        inside = np.searchsorted(edges, documents, side="right") % 2 == 1
        return documents[inside], weights[inside]


def _nth_best(scores: Weights, most: int) -> float:
    return float(np.partition(scores, len(scores) - most)[len(scores) - most])


def _best(documents: Numbers, scores: Weights, most: int) -> list[tuple[int, float]]:
    if most < len(scores):
        kept = scores >= _nth_best(scores, most)
        documents, scores = documents[kept], scores[kept]
    order = np.lexsort((documents, -scores))[:most]
    return list(zip(documents[order].tolist(), scores[order].tolist(), strict=True))
