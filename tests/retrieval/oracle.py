"""The definition that our ranking is held against: rank-bm25's own BM25Okapi, with nothing but its idf mended."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

TERMS = ["csto", "rusia", "aliansi", "perang", "anggota"]
documents = st.lists(st.lists(st.sampled_from(TERMS), max_size=9), min_size=1, max_size=8).filter(any)
queries = st.dictionaries(st.sampled_from([*TERMS, "asing"]), st.floats(0.1, 3), max_size=4)


class MendedOkapi(BM25Okapi):  # type: ignore[misc]
    """rank-bm25 with the idf of Lucene."""

    def _calc_idf(self, nd: dict[str, int]) -> None:
        self.idf = {term: math.log(1 + (self.corpus_size - n + 0.5) / (n + 0.5)) for term, n in nd.items()}


def scores(corpus: list[list[str]], query: Mapping[str, float]) -> NDArray[np.float64]:
    """Return the score of each document, each term of the query counted as often as its weight says."""
    bm25 = MendedOkapi(corpus, k1=1.2, b=0.75)
    return sum((weight * bm25.get_scores([term]) for term, weight in query.items()), np.zeros(len(corpus)))
