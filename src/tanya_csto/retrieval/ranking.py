"""Ranking: which documents of a collection share the most weighted terms with a query, whoever keeps the weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol


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
