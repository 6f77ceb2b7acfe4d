"""Similarity: every sentence of the corpus against a question, each read together with the one before it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from tanya_csto.corpus.articles import Corpus
from tanya_csto.models.encoder import SentenceEncoder
from tanya_csto.models.networks import Networks
from tanya_csto.retrieval.dense import VECTORS, SentenceVectors, embed, kind_of_vectors, vectors_of
from tanya_csto.retrieval.index import Index
from tanya_csto.retrieval.store import Tables, keep
from tests.conftest import corpus_of


@pytest.fixture
def encoder(networks: Networks) -> SentenceEncoder:
    return networks.encoder


def test_the_sentence_that_means_the_same_is_the_most_similar(encoder: SentenceEncoder) -> None:
    index = Index(
        corpus_of("Harga beras naik lagi.", "Kantor pusatnya berada di Moskow.", "Latihan digelar tiap tahun.")
    )
    similarities = SentenceVectors(embed(index, encoder), encoder).similarity_to("Di mana markas besarnya?")
    first, second, third = similarities([0, 1, 2])
    assert second > max(first, third)


def test_similarities_come_in_the_order_asked_for() -> None:
    encoder = SimpleNamespace(embed_question=lambda _: np.array([1, 0], np.float32))
    vectors = SentenceVectors(np.array([[0.75, 0], [1, 0], [0.5, 0]], np.float16), encoder)  # type: ignore[arg-type]
    assert vectors.similarity_to("")([2, 0, 1]) == pytest.approx([-2.5, 0, 2.5])
    assert vectors.similarity_to("")([]) == []


def test_a_sentence_is_read_with_the_one_before_it(encoder: SentenceEncoder) -> None:
    alone = Index(corpus_of("Jumlahnya 3.600 orang."))
    after = Index(corpus_of("Pasukan penjaga perdamaian dibentuk.\nJumlahnya 3.600 orang."))
    question = "Berapa jumlah pasukan penjaga perdamaian?"
    (together,) = SentenceVectors(embed(after, encoder), encoder).similarity_to(question)([1])
    assert [together] > SentenceVectors(embed(alone, encoder), encoder).similarity_to(question)([0])


def test_a_passage_is_read_with_the_sentence_before_it_and_not_with_another_article(encoder: SentenceEncoder) -> None:
    long = "kata " * 100
    pairs = [encoder.embed_sentences([long, "Jumlahnya 3.600 orang."])[1], encoder.embed_sentences(["Lain."])[0]]
    embedded = embed(Index(corpus_of(f"{long}\nJumlahnya 3.600 orang.", "Lain.")), encoder)
    np.testing.assert_allclose(embedded[1:], pairs, atol=1e-3)


def test_kept_vectors_are_not_computed_again(
    networks: Networks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    index = Index(corpus_of("Rusia memimpin. CSTO bubar."))
    vectors = vectors_of(index, networks)
    keep(index.corpus, kind_of_vectors(networks), Tables({VECTORS: vectors}))
    unable = replace(networks, encoder=None)  # type: ignore[arg-type]
    np.testing.assert_array_equal(vectors_of(index, unable), vectors)
    with pytest.raises(AttributeError):
        vectors_of(index, replace(unable, version="lain"))


@pytest.mark.slow
def test_the_built_in_articles_come_with_their_vectors(
    index: Index, networks: Networks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    unable = replace(networks, encoder=None)  # type: ignore[arg-type]
    try:
        shipped = vectors_of(index, unable)
    except AttributeError:
        pytest.fail("they are those of other networks or articles: run `python -m training.vectors`")
    likeness = (shipped * embed(index, networks.encoder)).sum(axis=1)
    assert likeness.min() > 0.98  # versions of onnxruntime round differently


def test_vectors_of_other_networks_or_articles_are_not_taken(
    corpus: Corpus, index: Index, networks: Networks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    unable = replace(networks, encoder=None)  # type: ignore[arg-type]
    first, *others = corpus.articles
    changed = replace(corpus, articles=(replace(first, text=first.text.replace("CSTO", "ASEAN")), *others), bank=None)
    for indexed, other in ((index, replace(unable, version="lain")), (Index(changed), unable)):
        with pytest.raises(AttributeError):
            vectors_of(indexed, other)
