"""BM25: the same scores as another library gives, and none of the traps of rank-bm25."""

from __future__ import annotations

import bm25s
import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from tanya_csto.search.bm25 import LuceneBM25, Scores

K1, B = 1.2, 0.75
TERMS = ["csto", "rusia", "aliansi", "perang", "anggota"]
documents = st.lists(st.lists(st.sampled_from(TERMS), max_size=9), min_size=1, max_size=8).filter(any)
queries = st.lists(st.sampled_from([*TERMS, "asing"]), max_size=4)


def oracle(corpus: list[list[str]], query: list[str]) -> Scores:
    """Return the scores of bm25s, which leaves out Okapi's constant factor k1 + 1, as Lucene does."""
    other = bm25s.BM25(method="lucene", k1=K1, b=B)
    other.index(corpus, show_progress=False)
    known = [term for term in query if any(term in document for document in corpus)]
    return other.get_scores(known) * (K1 + 1) if known else np.zeros(len(corpus))


@given(documents, queries)
@examples(max_examples=60)
def test_the_scores_are_those_of_bm25s(corpus: list[list[str]], query: list[str]) -> None:
    scores = LuceneBM25(corpus, k1=K1, b=B).get_scores(query)
    np.testing.assert_allclose(scores, oracle(corpus, query), rtol=1e-4, atol=1e-5)


@given(documents, queries)
def test_scores_are_never_negative_and_zero_only_without_a_match(corpus: list[list[str]], query: list[str]) -> None:
    scores = LuceneBM25(corpus).get_scores(query)
    matched = [any(term in document for term in query) for document in corpus]
    assert [score > 0 for score in scores] == matched
    assert (scores >= 0).all()


@pytest.mark.parametrize("size", [1, 2, 3, 10, 1000])
def test_a_term_in_every_document_still_counts_a_little(size: int) -> None:
    bm25 = LuceneBM25([["csto"]] * size)
    assert bm25.idf["csto"] > 0
    assert bm25.idf_of(0) > bm25.idf_of(1) > bm25.idf_of(size) or size == 1


def test_the_rare_term_weighs_more_than_the_common_one() -> None:
    bm25 = LuceneBM25([["csto", "aliansi"], ["csto"], ["csto", "csto"]])
    assert bm25.idf["aliansi"] > bm25.idf["csto"]


def test_the_score_is_the_sum_of_its_terms_and_a_repeated_term_counts_again() -> None:
    bm25 = LuceneBM25([["csto", "rusia"], ["rusia", "rusia", "perang"]])
    both = bm25.term_scores("csto") + bm25.term_scores("rusia")
    np.testing.assert_allclose(bm25.get_scores(["csto", "rusia"]), both)
    np.testing.assert_allclose(bm25.get_scores(["rusia", "rusia"]), 2 * bm25.term_scores("rusia"))


def test_the_shorter_document_wins_and_equal_ones_tie() -> None:
    scores = LuceneBM25([["csto"], ["csto", "dan", "lain"], ["csto"]]).get_scores(["csto"])
    assert scores[0] == scores[2] > scores[1]


def test_an_empty_document_among_others_scores_nothing() -> None:
    assert list(LuceneBM25([[], ["csto"]]).get_scores(["csto"]) > 0) == [False, True]


@pytest.mark.parametrize("corpus", [[], [[]], [[], []]])
def test_no_documents_are_refused(corpus: list[list[str]]) -> None:
    with pytest.raises(ValueError, match="no document"):
        LuceneBM25(corpus)
