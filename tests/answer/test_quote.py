"""Quotes: whole sentences, with the neighbour that one leans on, never too long and never with furniture."""

from __future__ import annotations

import pytest

from tanya_csto.answer.quote import MAX_QUOTE, quote_span
from tanya_csto.question.answer_type import AnswerType
from tanya_csto.retrieval.index import Index
from tests.conftest import corpus_of


def quoted(article: str, sentence: str, answer_type: AnswerType = "other") -> str:
    index = Index(corpus_of(article))
    indexed = next(indexed for indexed in index.indexed_sentences if indexed.sentence.text == sentence)
    return quote_span(indexed, answer_type, index).of(article)


@pytest.mark.parametrize(
    "sentence",
    [
        "Ia menolak ikut.",
        "Mereka wajib membantu.",
        "Negara itu diam.",
        "Organisasi ini besar.",
        "Namun, Armenia kecewa.",
        "Oleh sebab itu, CSTO berlatih.",
        "“Armenia sekutu kami,” ungkapnya.",
    ],
)
def test_a_sentence_that_points_back_brings_the_one_before(sentence: str) -> None:
    before = "Putin mengundang Armenia."
    assert quoted(f"Awal. {before} {sentence} Akhir.", sentence) == f"{before} {sentence}"


@pytest.mark.parametrize("sentence", ["Rusia menolak ikut.", "Armenia adalah negara.", "Inilah CSTO."])
def test_a_sentence_that_stands_alone_is_quoted_alone(sentence: str) -> None:
    assert quoted(f"Putin tiba. {sentence} Akhir.", sentence) == sentence


def test_a_reason_behind_the_sentence_is_quoted_with_it() -> None:
    article = "Minat banyak negara naik. Sehingga, CSTO senang. Akhir."
    first = "Minat banyak negara naik."
    assert quoted(article, first, "reason") == "Minat banyak negara naik. Sehingga, CSTO senang."
    assert quoted(article, first, "date") == first


def test_nothing_is_joined_over_furniture_a_heading_or_the_end() -> None:
    assert quoted("Putin tiba.\nBaca Juga: Lain\nIa pulang.", "Ia pulang.") == "Ia pulang."
    assert quoted("Isi satu.\nJudul Bagian Kedua\nIa pulang.", "Ia pulang.") == "Ia pulang."
    assert quoted("Ia pulang. Lalu tidur.", "Ia pulang.") == "Ia pulang."


def test_a_neighbour_is_left_out_where_the_quote_gets_too_long() -> None:
    long = "Putin " + "sangat " * 60 + "senang."
    assert len(long) > MAX_QUOTE
    assert quoted(f"{long} Ia pulang.", "Ia pulang.") == "Ia pulang."
    assert quoted(f"{long} Rusia pulang.", long) == long


def test_every_quote_of_the_articles_is_whole_sentences(index: Index) -> None:
    starts = {(indexed.article.id, indexed.sentence.span.start) for indexed in index.indexed_sentences}
    ends = {(indexed.article.id, indexed.sentence.span.end) for indexed in index.indexed_sentences}
    for indexed in index.indexed_sentences:
        for answer_type in ("reason", "other"):
            span = quote_span(indexed, answer_type, index)
            assert (indexed.article.id, span.start) in starts
            assert (indexed.article.id, span.end) in ends
            assert span.contains(indexed.sentence.span)
            assert len(span) <= MAX_QUOTE or span == indexed.sentence.span
            assert not any(mark.span.overlaps(span) for mark in indexed.article.furniture)
