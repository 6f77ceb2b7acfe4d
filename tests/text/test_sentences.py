"""Sentences: exact slices that cover everything once, and each trap of Indonesian news text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanya_csto.corpus.articles import Corpus
from tanya_csto.text.sentences import ABBREVIATIONS, MAX_SENTENCE, split_sentences
from tanya_csto.text.spans import Span
from tests.conftest import ARTICLE_IDS

# pieces from which texts full of traps are made
PIECES = (
    "CSTO", "rusia", "3.600", "25/2/2022", "id.rbth.com", "Belarus,Armenia", "dr.", "A.", "20 persen", "Rusia\u00a0dan",
    ".", "!", "?", "…", "...", "\"", "”", "“", ")", "(", ",", " ", " ", "\u00a0", "\n", "\n\n", "\t", "é", "🛡️",
)  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=200)


def split(text: str) -> list[str]:
    return [span.of(text) for span in split_sentences(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    "sentence",
    [
        "Dilansir Washingtonpost, Jumat (25/2/2022), Stoltenberg telah menyebut aksi Rusia brutal.",
        "Mereka bertemu di Moskow pada Senin (17/5/2022) dan esoknya.",
        "Jumlah personel penjaga perdamaian CSTO ini adalah sekitar 3.600 orang.",
        "Dilansir dari laman id.rbth.com, organisasi ini menyatukan enam negara.",
        "Anggotanya Rusia, Belarus,Armenia, Kazakhstan, dan Tajikistan.",
        "Menurut Prof. Dr. Ani Wijaya, aliansi itu kuat.",
        "Kata J. Stoltenberg dan V. V. Putin kepada wartawan.",
        "Kantornya di Jl. Sudirman No. 5 Jakarta.",
        "Para anggota, dll. Mereka tidak hadir.",
        "Pakta Pertahanan\u00a0Atlantik\u00a0Utara atau NATO.",
        "Tujuannya “memberikan perlindungan kolektif. dan seterusnya” bagi anggota.",
        "Anggarannya naik 2.5 kali lipat!",
        "Anggaran... dan seterusnya.",
        "Tanpa titik di akhir",
        "Ditulis Sputnik.Rusia membantah.",
    ],
)
def test_a_sentence_that_looks_like_two_is_one(sentence: str) -> None:
    assert split(sentence) == [sentence]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CSTO berdiri. NATO juga.", ["CSTO berdiri.", "NATO juga."]),
        ("Apa itu CSTO? Ini aliansi! Benar.", ["Apa itu CSTO?", "Ini aliansi!", "Benar."]),
        ('"Menurut Piagam PBB." Rusia setuju.', ['"Menurut Piagam PBB."', "Rusia setuju."]),
        ("“Tetap aktif.” Mengenai itu, belum.", ["“Tetap aktif.”", "Mengenai itu, belum."]),
        ("'Revolusi Warna.'\" Putin pulang.", ["'Revolusi Warna.'\"", "Putin pulang."]),
        ("Ia pulang (kemarin.) Rusia diam.", ["Ia pulang (kemarin.)", "Rusia diam."]),
        ("Ia pulang. “Benar,” katanya.", ["Ia pulang.", "“Benar,” katanya."]),
        ("Ia pulang. (Lihat peta.)", ["Ia pulang.", "(Lihat peta.)"]),
        ("Bubar pada 1991. 15 negara merdeka.", ["Bubar pada 1991.", "15 negara merdeka."]),
        ("Majelis Umum PBB\nAliansi ini punya aturan.", ["Majelis Umum PBB", "Aliansi ini punya aturan."]),
        ("Judul Berita\n\nIsi berita.", ["Judul Berita", "Isi berita."]),
        ("Tata tertib:\n1. Titipkan tas.\n 2. Jangan makan.", ["Tata tertib:", "1. Titipkan tas.", "2. Jangan makan."]),
        ("a. Putar kunci. Tunggu.", ["a. Putar kunci.", "Tunggu."]),
        ("Anggotanya kini 12. Semua hadir.", ["Anggotanya kini 12.", "Semua hadir."]),
        ("Isi. \u00a0Lagi.", ["Isi.", "Lagi."]),
        ("Ketua MUI, KH Moh. Basri, tiba.", ["Ketua MUI, KH Moh. Basri, tiba."]),
        ("Muh. Husni menampiknya.", ["Muh. Husni menampiknya."]),
        ("Entah… Rusia diam.", ["Entah…", "Rusia diam."]),
        ("  \n\t\n", []),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert split(text) == expected


def test_an_abbreviation_ends_no_sentence() -> None:
    texts = [f"Ada {word.capitalize()}. Anu di sana." for word in ABBREVIATIONS]
    assert [split(text) for text in texts] == [[text] for text in texts]


def test_only_the_window_is_read() -> None:
    text = "Satu. Dua. Tiga."
    assert [span.of(text) for span in split_sentences(text, Span(6, 10))] == ["Dua."]


def test_what_is_no_sentence_for_its_length_is_cut_at_white_space() -> None:
    row = "kata " * MAX_SENTENCE
    cut = split(f"Pembuka. {row}Penutup.")
    assert max(map(len, cut)) <= MAX_SENTENCE
    assert " ".join(cut) == f"Pembuka. {row}Penutup."
    assert set(" ".join(cut[1:-1]).split()) == {"kata"}


def test_a_word_without_end_is_cut_somewhere() -> None:
    assert "".join(split("a" * (2 * MAX_SENTENCE + 1))) == "a" * (2 * MAX_SENTENCE + 1)
    assert split("a" * MAX_SENTENCE) == ["a" * MAX_SENTENCE]


# texts of one line over which the search for an end could go back and forth for hours
@pytest.mark.parametrize(
    "unit", ["Satu. dua! ", ".", "a.", '."', ". ", ". (", "dr. ", "?!) ", " ", "(", "A. B ", "\u00a0", "e\u0301"]
)
def test_a_line_of_any_length_is_split(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    assert_covers(text, Span(0, len(text)))


@given(texts)
def test_the_sentences_of_any_text_cover_it_exactly_once(text: str) -> None:
    assert_covers(text, Span(0, len(text)))


@given(texts, st.integers(0, 50), st.integers(0, 50))
def test_the_sentences_of_any_part_stay_inside_it(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    assert_covers(text, Span(start, min(start + length, len(text))))


@pytest.mark.parametrize("article_id", ARTICLE_IDS)
def test_the_sentences_of_the_articles_cover_them_exactly_once(corpus: Corpus, article_id: str) -> None:
    text = corpus[article_id].text
    assert_covers(text, Span(0, len(text)))


def assert_covers(text: str, within: Span) -> None:
    """Assert that the sentences stand in order inside `within` and leave out nothing but white space."""
    end = within.start
    for span in split_sentences(text, within):
        assert text[end : span.start].strip() == ""
        assert span.of(text) == span.of(text).strip() != ""
        assert "\n" not in span.of(text)
        assert within.contains(span)
        end = span.end
    assert text[end : within.end].strip() == ""
