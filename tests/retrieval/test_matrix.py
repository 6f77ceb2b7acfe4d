"""The weight matrix: the ranking that rank-bm25 gives, and the same as another library's."""

from __future__ import annotations

from collections.abc import Mapping

import bm25s
import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from tanya_csto.retrieval.bm25 import LuceneBM25
from tanya_csto.retrieval.matrix import WeightMatrix
from tests.retrieval.oracle import MendedOkapi, documents, queries, scores

Corpus = list[list[str]]
Found = list[tuple[int, float]]


def search(corpus: Corpus, query: Mapping[str, float], most: int, *within: range) -> Found:
    """Rank with each term of the query weighed by its idf, too."""
    matrix = WeightMatrix.of(LuceneBM25(corpus))
    return matrix.top({term: weight * matrix.statistics.idf(term) for term, weight in query.items()}, most, within)


def assert_best(found: Found, expected: Mapping[int, float], most: int) -> None:
    """Assert that `found` holds the best of the expected scores, a tie or a last digit aside."""
    numbers = [number for number, _ in found]
    assert len(set(numbers)) == len(found) == min(most, len(expected))
    np.testing.assert_allclose([score for _, score in found], sorted(expected.values(), reverse=True)[:most], rtol=1e-5)
    np.testing.assert_allclose([score for _, score in found], [expected[number] for number in numbers], rtol=1e-5)


@given(documents, queries, st.integers(1, 9))
def test_the_best_are_those_of_rank_bm25(corpus: Corpus, query: dict[str, float], most: int) -> None:
    expected = {number: score for number, score in enumerate(scores(corpus, query)) if score > 0}
    assert_best(search(corpus, query, most), expected, most)


@pytest.fixture(scope="module")
def many() -> tuple[MendedOkapi, WeightMatrix]:
    """A collection in which the common words stand in half of the documents and the rare ones in a few."""
    random = np.random.default_rng(7)
    corpus = [[f"kata{word}" for word in random.zipf(1.3, 12) % 500] for _ in range(4000)]
    return MendedOkapi(corpus, k1=1.2, b=0.75), WeightMatrix.of(LuceneBM25(corpus))


@given(
    st.dictionaries(st.integers(0, 499) | st.integers(1, 9), st.floats(0.3, 3), min_size=1, max_size=7),
    st.sampled_from([1, 5, 10, 100]),
)
def test_no_document_is_missed_among_many(
    many: tuple[MendedOkapi, WeightMatrix], words: dict[int, float], most: int
) -> None:
    okapi, matrix = many
    query = {f"kata{number}": weight for number, weight in words.items()}
    known = {term: weight / okapi.idf[term] for term, weight in query.items() if term in okapi.idf}
    weighed = sum((weight * okapi.get_scores([term]) for term, weight in known.items()), np.zeros(4000))
    expected = {number: score for number, score in enumerate(weighed) if score > 0}
    assert_best(matrix.top(query, most), expected, most)


@given(documents, queries)
@examples(max_examples=60)
def test_the_scores_are_those_of_bm25s(corpus: Corpus, query: dict[str, float]) -> None:
    known = [term for term in query if any(term in document for document in corpus)]
    other = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
    other.index(corpus, show_progress=False)
    ours = dict(search(corpus, dict.fromkeys(query, 1.0), len(corpus)))
    theirs = other.get_scores(known) * 2.2 if known else np.zeros(len(corpus))  # Lucene leaves the factor k1 + 1 out
    np.testing.assert_allclose([ours.get(number, 0.0) for number in range(len(corpus))], theirs, rtol=1e-4)


@given(documents, queries, st.integers(0, 4), st.integers(0, 4), st.integers(0, 4))
def test_only_what_lies_within_is_ranked(
    corpus: Corpus, query: dict[str, float], start: int, width: int, gap: int
) -> None:
    within = (range(start, start + width), range(start + width + gap, start + width + gap + 2))
    expected = {
        number: score
        for number, score in enumerate(scores(corpus, query))
        if score > 0 and any(number in numbers for numbers in within)
    }
    assert_best(search(corpus, query, 3, *within), expected, 3)


def test_common_words_together_outweigh_a_rare_one() -> None:
    alone = [[word, "isi", "isi"] for word in ["langka", *["satu", "dua", "tiga"] * 300]]
    query = {"langka": 1.0, "satu": 0.4, "dua": 0.4, "tiga": 0.4}
    ((best, _),) = WeightMatrix.of(LuceneBM25([*alone, ["satu", "dua", "tiga"]])).top(query, 1)
    assert best == len(alone)


@pytest.mark.parametrize("most", [1, 2, 3, 9])
def test_equal_documents_come_in_order(most: int) -> None:
    found = search([["csto"], ["rusia"], ["csto"], ["csto"]], {"csto": 1.0}, most)
    assert [number for number, _ in found] == [0, 2, 3][:most]


def test_the_documents_are_what_was_counted() -> None:
    matrix = WeightMatrix.of(LuceneBM25([["csto", "rusia", "csto"], [], ["rusia"]]))
    names = list(matrix.terms)
    found = {number: [names[term] for term in terms.tolist()] for number, terms, _ in matrix.documents()}
    assert found == {0: ["csto", "rusia"], 2: ["rusia"]}
    for number, _, weights in matrix.documents():
        ((best, score),) = matrix.top(dict.fromkeys(found[number], 1.0), 1)
        assert best == number
        assert score == pytest.approx(weights.sum())
