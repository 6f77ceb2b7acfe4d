"""The index: every sentence once, its neighbours, and its passage."""

from __future__ import annotations

import pytest

from tanya_csto.corpus.articles import Corpus
from tanya_csto.corpus.passages import cut_passages, cut_sentences
from tanya_csto.errors import CorpusError
from tanya_csto.language.terms import analyse
from tanya_csto.retrieval.index import Index
from tests.conftest import corpus_of, indexed_sentences


def test_every_sentence_of_the_corpus_is_indexed(corpus: Corpus, index: Index) -> None:
    sentences = [sentence for article in corpus.values() for sentence in cut_sentences(article)]
    assert [indexed.sentence for indexed in indexed_sentences(index)] == sentences
    assert [indexed.number for indexed in indexed_sentences(index)] == list(range(len(sentences)))


def test_the_terms_of_an_indexed_sentence_are_those_that_stand_in_it(index: Index) -> None:
    for indexed in indexed_sentences(index):
        assert indexed.terms == analyse(indexed.article.text, indexed.sentence.span)
        assert all(indexed.sentence.span.contains(term.span) for term in indexed.terms)
        assert all(indexed.sentence.span.contains(entity.span) for entity in indexed.entities)


def test_no_word_of_boilerplate_is_searched(index: Index) -> None:
    assert not {"abramovich", "rutte", "kapolri", "ancol", "satriawan", "gambas"} & set(index.vocabulary)
    assert {"csto", "pashinyan", "3.600"} <= set(index.vocabulary)


def test_neighbours_stay_inside_the_article() -> None:
    index = Index(corpus_of("Rusia satu. Rusia dua.", "Armenia tiga."))
    first, second, third = indexed_sentences(index)
    assert index.neighbour(first, 1) is second
    assert index.neighbour(second, -1) is first
    assert index.neighbour(first, -1) is None
    assert index.neighbour(second, 1) is None
    assert index.neighbour(third, -1) is None
    assert index.neighbour(third, 1) is None


def test_a_passage_knows_its_sentences(corpus: Corpus, index: Index) -> None:
    passages = [passage for article in corpus.values() for passage in cut_passages(cut_sentences(article))]
    for number, passage in enumerate(passages):
        assert tuple(map(index.sentence, index.sentences_of(number))) == passage.sentences
    assert all(indexed.number in index.sentences_of(indexed.passage) for indexed in indexed_sentences(index))


def test_an_article_knows_its_passages(index: Index) -> None:
    (numbers,) = index.passages_of(["suara"])
    assert [indexed.article.id == "suara" for indexed in indexed_sentences(index)] == [
        indexed.passage in numbers for indexed in indexed_sentences(index)
    ]


def test_a_surname_is_known_in_all_articles() -> None:
    index = Index(corpus_of("Presiden Rusia Vladimir Putin tiba.", "Pesan itu dari Putin sendiri."))
    assert "person" in {entity.kind for entity in indexed_sentences(index)[1].entities}


def test_a_place_in_an_article_is_found_as_its_sentence(index: Index) -> None:
    for indexed in indexed_sentences(index):
        span = indexed.sentence.span
        for place in (span.start, (span.start + span.end) // 2, span.end - 1):
            assert index.number_at(indexed.article.id, place) == indexed.number


def test_a_place_between_sentences_belongs_to_the_one_before() -> None:
    index = Index(corpus_of("Rusia satu.\n\n Rusia dua.", "Armenia tiga."))
    text = index.corpus.articles[0].text
    assert index.number_at("kabar", text.index("\n")) == 0
    assert index.number_at("kabar", len(text) + 100) == 1
    assert index.number_at("warta", 0) == 2


def test_a_sentence_knows_its_passage(index: Index) -> None:
    for passage in range(index.passages):
        assert {index.passage_of(number) for number in index.sentences_of(passage)} == {passage}


def test_a_corpus_without_a_word_cannot_be_indexed() -> None:
    with pytest.raises(CorpusError, match="tidak memuat satu kata pun"):
        Index(corpus_of("... !"))
