"""Similarity: every sentence of the corpus against a question, each read together with the one before it."""

from __future__ import annotations

from tanya_csto.reader.encoder import SentenceEncoder
from tanya_csto.search.index import Index
from tanya_csto.search.similarity import Similarity
from tests.conftest import corpus_of


def test_the_sentence_that_means_the_same_is_the_most_similar() -> None:
    index = Index(
        corpus_of("Harga beras naik lagi.", "Kantor pusatnya berada di Moskow.", "Latihan digelar tiap tahun.")
    )
    similar = Similarity(index, SentenceEncoder.load()).of("Di mana markas besarnya?")
    assert similar.shape == (3,)
    assert similar.argmax() == 1


def test_a_sentence_is_read_with_the_one_before_it() -> None:
    alone = Index(corpus_of("Jumlahnya 3.600 orang."))
    after = Index(corpus_of("Pasukan penjaga perdamaian dibentuk.\nJumlahnya 3.600 orang."))
    encoder = SentenceEncoder.load()
    question = "Berapa jumlah pasukan penjaga perdamaian?"
    assert Similarity(after, encoder).of(question)[-1] > Similarity(alone, encoder).of(question)[-1]
