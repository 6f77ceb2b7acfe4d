"""The sentence encoder: unit vectors, near where texts mean the same."""

from __future__ import annotations

import numpy as np
import pytest

from tanya_csto.models.encoder import SentenceEncoder
from tanya_csto.models.networks import Networks


@pytest.fixture
def encoder(networks: Networks) -> SentenceEncoder:
    return networks.encoder


def test_vectors_have_unit_length(encoder: SentenceEncoder) -> None:
    vectors = encoder.embed_sentences(["Kantor pusat CSTO di Moskow.", "", "🛡️ \u202e", "kata " * 2000])
    assert vectors.shape == (4, 384)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize(
    ("question", "near", "far"),
    [
        ("Di mana markas besarnya?", "Kantor pusat organisasi itu berada di Moskow.", "Harga beras naik lagi."),
        ("Siapa yang membekukan keikutsertaannya?", "Ia menangguhkan partisipasi negaranya.", "Latihan digelar rutin."),
    ],
)
def test_what_means_the_same_is_nearer(encoder: SentenceEncoder, question: str, near: str, far: str) -> None:
    similar, other = encoder.embed_sentences([near, far]) @ encoder.embed_question(question)
    assert similar > other


def test_a_sentence_is_known_by_what_stands_around_it(encoder: SentenceEncoder) -> None:
    question = encoder.embed_question("Berapa jumlah pasukan penjaga perdamaian?")
    sentence = "Jumlahnya 3.600 orang."
    (alone,) = encoder.embed_sentences([sentence]) @ question
    _, after = encoder.embed_sentences(["Pasukan penjaga perdamaian dibentuk tahun itu.", sentence]) @ question
    assert after > alone


@pytest.mark.slow
def test_many_sentences_are_read_a_part_at_a_time(encoder: SentenceEncoder) -> None:
    sentences = [f"Kalimat nomor {number} berbicara tentang hal yang lain lagi." for number in range(90)]
    vectors = encoder.embed_sentences(sentences)
    assert vectors.shape == (90, 384)
    assert len({vector.tobytes() for vector in vectors}) == 90


def test_the_same_text_has_the_same_vector(encoder: SentenceEncoder) -> None:
    assert (encoder.embed_question("Apa itu CSTO?") == encoder.embed_question("Apa itu CSTO?")).all()
