"""Similarity: every sentence of the corpus against a question, each read together with the one before it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tanya_csto.models.encoder import SentenceEncoder
from tanya_csto.models.networks import load_networks
from tanya_csto.retrieval.dense import Similarity, embed, kind_of_vectors, vectors_of
from tanya_csto.retrieval.index import Index
from tanya_csto.retrieval.store import keep
from tests.conftest import corpus_of


def test_the_sentence_that_means_the_same_is_the_most_similar() -> None:
    index = Index(
        corpus_of("Harga beras naik lagi.", "Kantor pusatnya berada di Moskow.", "Latihan digelar tiap tahun.")
    )
    encoder = SentenceEncoder.load()
    similar = Similarity(embed(index, encoder), encoder).to("Di mana markas besarnya?")([0, 1, 2])
    assert similar.shape == (3,)
    assert similar.argmax() == 1


def test_a_sentence_is_read_with_the_one_before_it() -> None:
    alone = Index(corpus_of("Jumlahnya 3.600 orang."))
    after = Index(corpus_of("Pasukan penjaga perdamaian dibentuk.\nJumlahnya 3.600 orang."))
    encoder = SentenceEncoder.load()
    question = "Berapa jumlah pasukan penjaga perdamaian?"
    together = Similarity(embed(after, encoder), encoder).to(question)([1])
    assert together > Similarity(embed(alone, encoder), encoder).to(question)([0])


def test_a_passage_is_read_with_the_sentence_before_it_and_not_with_another_article() -> None:
    long = "kata " * 100
    encoder = SentenceEncoder.load()
    pairs = [encoder.embed_sentences([long, "Jumlahnya 3.600 orang."])[1], encoder.embed_sentences(["Lain."])[0]]
    embedded = embed(Index(corpus_of(f"{long}\nJumlahnya 3.600 orang.", "Lain.")), encoder)
    np.testing.assert_allclose(embedded[1:], pairs, atol=1e-3)


def test_kept_vectors_are_not_computed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    index = Index(corpus_of("Rusia memimpin. CSTO bubar."))
    networks = load_networks()
    vectors = vectors_of(index, networks)
    keep({"vectors": vectors}, index.corpus, kind_of_vectors(networks))
    unable = replace(networks, encoder=None)  # type: ignore[arg-type]
    np.testing.assert_array_equal(vectors_of(index, unable), vectors)
    with pytest.raises(AttributeError):
        vectors_of(index, replace(unable, version="lain"))
