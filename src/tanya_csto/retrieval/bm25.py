"""BM25 on rank-bm25, with an idf that never falls below zero."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rank_bm25 import BM25Okapi

K1: Final = 1.2
B: Final = 0.75

TermWeights = Mapping[str, float]  # a document as BM25 sees it: what each of its terms weighs, before the idf


@dataclass(frozen=True, slots=True)
class Statistics:
    """What BM25 knows of a collection: its documents, their mean length in terms, how many of them hold each term."""

    size: int
    mean_length: float
    frequency: Mapping[str, int]

    def idf(self, term: str) -> float:
        """Return the idf of Lucene, ``ln(1 + (N - n + 0.5) / (n + 0.5))``; a term that none holds weighs most."""
        held = self.frequency.get(term, 0)
        return math.log1p((self.size - held + 0.5) / (held + 0.5))

    def norm(self, length: int) -> float:
        """Return what BM25 adds to a term's count in a document of `length` terms."""
        return K1 * (1 - B + B * length / self.mean_length)

    def term_weights(self, document: Sequence[str]) -> TermWeights:
        """Return a document of the collection as BM25 sees it."""
        norm = self.norm(len(document))
        return {term: count * (K1 + 1) / (count + norm) for term, count in Counter(document).items()}


class LuceneBM25(BM25Okapi):  # type: ignore[misc]  # rank-bm25 has no types
    """Okapi BM25 (Robertson et al., TREC-3, 1994), counted by rank-bm25, with the idf of Lucene.

    Okapi's own idf is zero for a term in half of the documents and negative above that, so that on a corpus about one
    topic the topic weighs less than a stop word. Documents are sequences of terms. What rank-bm25 ranks by reading
    every document, `WeightMatrix` ranks by reading those that hold a term.

    >>> LuceneBM25([["csto", "aliansi"], ["csto"]]).statistics.frequency
    {'csto': 2, 'aliansi': 1}
    """

    doc_freqs: list[dict[str, int]]
    doc_len: list[int]
    statistics: Statistics

    def __init__(self, documents: Iterable[Sequence[str]]) -> None:
        super().__init__(documents, k1=K1, b=B)

    def _calc_idf(self, nd: dict[str, int]) -> None:
        self.statistics = Statistics(self.corpus_size, self.avgdl, nd)
