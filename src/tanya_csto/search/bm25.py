"""BM25 on rank-bm25, with an idf that never falls below zero."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

Scores = NDArray[np.float64]


class LuceneBM25(BM25Okapi):  # type: ignore[misc]  # rank-bm25 has no types
    """Okapi BM25 (Robertson et al., TREC-3, 1994) with the idf of Lucene: ``ln(1 + (N - n + 0.5) / (n + 0.5))``.

    Okapi's own idf is zero for a term in half of the documents and negative above that, so that on a corpus about one
    topic the topic weighs less than a stop word. Documents are sequences of terms; scores come one a document, >= 0.

    Raises:
        ValueError: there is no document, or none with a term in it.

    >>> LuceneBM25([["csto", "aliansi"], ["csto"]]).get_scores(["aliansi"]).argmax()
    np.int64(0)
    """

    def __init__(self, documents: Sequence[Sequence[str]], k1: float = 1.2, b: float = 0.75) -> None:
        if not any(documents):
            raise ValueError("no document holds a term")
        super().__init__(documents, k1=k1, b=b)
        self._lengths = np.array(self.doc_len, dtype=np.float64)

    def _calc_idf(self, nd: dict[str, int]) -> None:
        self.document_frequency = nd
        self.idf = {term: self.idf_of(count) for term, count in nd.items()}

    def idf_of(self, document_frequency: int) -> float:
        """Return the idf of a term that stands in that many documents; 0 documents weigh most."""
        return math.log1p((self.corpus_size - document_frequency + 0.5) / (document_frequency + 0.5))

    def term_scores(self, term: str) -> Scores:
        """Return what one query term adds to the score of each document."""
        frequency = np.array([document.get(term, 0) for document in self.doc_freqs], dtype=np.float64)
        norm = self.k1 * (1 - self.b + self.b * self._lengths / self.avgdl)
        return np.asarray(self.idf.get(term, 0.0) * frequency * (self.k1 + 1) / (frequency + norm))

    def get_scores(self, query: Sequence[str]) -> Scores:
        """Return the score of each document for the query terms; a repeated term counts again."""
        return np.asarray(sum((self.term_scores(term) for term in query), np.zeros(self.corpus_size)))
