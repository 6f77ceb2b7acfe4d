"""BM25 on rank-bm25, with an idf that never falls below zero and the counts kept in columns."""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

K1: Final = 1.2
B: Final = 0.75

Count = TypeVar("Count", float, NDArray[np.float64])
TermWeights = Mapping[str, float]  # a document as BM25 sees it: what each of its terms weighs, before the idf


@dataclass(frozen=True, slots=True)
class Statistics:
    """What BM25 knows of a collection: its documents, their mean length in terms, how many of them hold each term."""

    size: int
    mean_length: float
    frequency: Mapping[str, int]

    def idf(self, term: str) -> float:
        """Return the idf of a term; one that no document holds weighs most."""
        return self.idf_of(self.frequency.get(term, 0))

    def idf_of(self, held: int) -> float:
        """Return the idf of Lucene, ``ln(1 + (N - n + 0.5) / (n + 0.5))``, of a term that n documents hold."""
        return math.log1p((self.size - held + 0.5) / (held + 0.5))

    def norm(self, length: Count) -> Count:
        """Return what BM25 adds to a term's count in a document of `length` terms."""
        return K1 * (1 - B + B * length / self.mean_length)

    def term_weights(self, document: Sequence[str]) -> TermWeights:
        """Return a document of the collection as BM25 sees it."""
        norm = self.norm(float(len(document)))
        return {term: count * (K1 + 1) / (count + norm) for term, count in Counter(document).items()}


class Frequencies:
    """How often each term stands in each document, as rank-bm25 counts it, in columns instead of dictionaries.

    `terms` numbers the terms as they come; `numbers` and `counts` hold a row for each term of each document, and
    `widths` how many rows each document has.
    """

    def __init__(self) -> None:
        self.terms: dict[str, int] = {}
        self.numbers = array("i")
        self.counts = array("i")
        self.widths = array("i")

    def append(self, document: Mapping[str, int]) -> None:
        """Add the counts of the next document."""
        terms = self.terms
        self.numbers.extend([terms.setdefault(term, len(terms)) for term in document])
        self.counts.extend(document.values())
        self.widths.append(len(document))


class LuceneBM25(BM25Okapi):  # type: ignore[misc]  # rank-bm25 has no types
    """Okapi BM25 (Robertson et al., TREC-3, 1994), counted by rank-bm25, with the idf of Lucene.

    Okapi's own idf is zero for a term in half of the documents and negative above that, so that on a corpus about one
    topic the topic weighs less than a stop word. Documents are sequences of terms. What rank-bm25 ranks by reading
    every document, `Postings` ranks by reading those that hold a term.

    Raises:
        ValueError: there is no document, or none with a term in it.

    >>> LuceneBM25([["csto", "aliansi"], ["csto"]]).statistics.frequency
    {'csto': 2, 'aliansi': 1}
    """

    doc_freqs: Frequencies
    statistics: Statistics

    def __init__(self, documents: Iterable[Sequence[str]]) -> None:
        super().__init__(documents, k1=K1, b=B)

    def _initialize(self, corpus: Iterable[Sequence[str]]) -> dict[str, int]:
        self.doc_freqs = Frequencies()
        try:
            frequency: dict[str, int] = super()._initialize(corpus)
        except ZeroDivisionError:
            frequency = {}
        if not frequency:
            raise ValueError("no document holds a term")
        return frequency

    def _calc_idf(self, nd: dict[str, int]) -> None:
        self.statistics = Statistics(self.corpus_size, self.avgdl, nd)
