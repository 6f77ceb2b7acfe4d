"""BM25: what rank-bm25 counts, with an idf that never falls below zero."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from rank_bm25 import BM25Okapi

from tanya_csto.retrieval.bm25 import LuceneBM25, Statistics
from tests.retrieval.oracle import TERMS, documents, scores


@given(documents)
def test_the_counts_are_those_of_rank_bm25(corpus: list[list[str]]) -> None:
    ours, theirs = LuceneBM25(corpus), BM25Okapi(corpus)
    assert (ours.statistics.size, ours.statistics.mean_length) == (theirs.corpus_size, theirs.avgdl)
    assert {term: ours.statistics.frequency.get(term, 0) for term in TERMS} == {
        term: sum(term in document for document in corpus) for term in TERMS
    }


@given(documents)
def test_the_scores_of_a_document_are_those_of_rank_bm25(corpus: list[list[str]]) -> None:
    statistics = LuceneBM25(corpus).statistics
    for term in TERMS:
        ours = [statistics.term_weights(document).get(term, 0.0) * statistics.idf(term) for document in corpus]
        np.testing.assert_allclose(ours, scores(corpus, {term: 1.0}), rtol=1e-12)


@pytest.mark.parametrize("size", [1, 2, 3, 10, 1000])
def test_a_term_in_every_document_still_counts_a_little(size: int) -> None:
    statistics = Statistics(size, 1.0, {"csto": size, "rusia": 1})
    assert statistics.idf("csto") > 0
    assert statistics.idf("asing") > statistics.idf("rusia") > statistics.idf("csto") or size == 1


def test_a_short_document_scores_more_than_a_long_one() -> None:
    statistics = LuceneBM25([["csto"], ["csto", "dan", "lain"]]).statistics
    assert statistics.term_weights(["csto"])["csto"] > statistics.term_weights(["csto", "dan", "lain"])["csto"]
