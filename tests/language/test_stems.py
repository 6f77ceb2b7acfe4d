"""Stems: reviewed overrides, protected names, and junk that costs little."""

from __future__ import annotations

import time

import pytest
from Sastrawi.Stemmer.Stemmer import Stemmer
from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

from tanya_csto.language.lexicon import lexicon
from tanya_csto.language.names import names
from tanya_csto.language.stems import CACHE_SIZE, MAX_WORD, is_word, roots, stem
from tests.language.kept_stems import STEMS, stems_text

OVERRIDES: dict[str, str] = {word: root for root, words in lexicon("overrides")["stems"].items() for word in words}


@pytest.fixture(scope="module")
def sastrawi() -> Stemmer:
    return StemmerFactory().create_stemmer().delegatedStemmer


def test_every_override_is_used_and_needed(sastrawi: Stemmer) -> None:
    assert {word: stem(word) for word in OVERRIDES} == OVERRIDES
    found_by_sastrawi = {word for word, expected in OVERRIDES.items() if sastrawi.stem(word) == expected}
    assert {word for word in found_by_sastrawi if OVERRIDES[word] in roots()} == set()


def test_the_stem_of_an_override_is_its_own_stem() -> None:
    assert {stem(word): word for word in OVERRIDES.values() if stem(word) != word} == {}


@pytest.mark.parametrize(
    "together",
    [
        "memerangi perang perangi diperangi",
        "didirikan mendirikan berdiri pendirian",
        "disetujui menyetujui setuju persetujuan",
        "keanggotaan anggota beranggotakan anggotanya",
        "bergabung tergabung bergabungnya gabungan",
        "menandatangani ditandatangani penandatanganan",
        "dipimpin memimpin pemimpin kepemimpinan",
        "menang memenangi dimenangi pemenang",
        "nilai senilai bernilai dinilai menilai",
        "nikah menikah menikahi pernikahan",
    ],
)
def test_forms_of_one_word_share_their_stem(together: str) -> None:
    assert len({stem(word) for word in together.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("didirikan", "dirinya"),
        ("setuju", "tujuan"),
        ("sebelum", "belum"),
        ("setelah", "telah"),
        ("diakui", "aku"),
        ("diminati", "mati"),
        ("pemerintah", "perintah"),
        ("memerangi", "rang"),
        ("merupakan", "serupa"),
        ("bali", "balik"),
    ],
)
def test_different_words_keep_different_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_names_of_one_word_are_not_stemmed() -> None:
    single = {spelling[0] for name in names() for spelling in name.spellings if len(spelling) == 1}
    cut = {word: stem(word) for word in single | {"bali", "maluku"} if stem(word) != word}
    assert {word for word in cut if word not in OVERRIDES} == set()


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("ngumpulin", "kumpul"),
        ("nyita", "sita"),
        ("ngirim", "kirim"),
        ("nolak", "tolak"),
        ("mimpin", "pimpin"),
        ("sekjennya", "sekjen"),
    ],
)
def test_spoken_forms(word: str, expected: str) -> None:
    assert stem(word) == expected


def test_nya_is_taken_off_words_that_sastrawi_does_not_know() -> None:
    assert stem("sekjennya") == "sekjen"
    assert stem("kenya") == "kenya"


@pytest.mark.parametrize("word", ["3.600", "2022", "id.rbth.com", "jum'at", "北京", "россия", ""])
def test_what_is_no_latin_word_is_left_as_it_is(word: str) -> None:
    assert stem(word) == word


@pytest.mark.parametrize("junk", ["memper" * 80, "a" * 500, "berkepermeng" * 40, "nya" * 160])
def test_long_junk_is_cheap_and_left_as_it_is(junk: str) -> None:
    start = time.perf_counter()
    assert stem(junk) == junk
    assert time.perf_counter() - start < 0.05
    assert len(junk) > MAX_WORD


def test_the_cache_is_bounded() -> None:
    assert stem.cache_info().maxsize == CACHE_SIZE < 100_000


@pytest.mark.parametrize("word", ["anggota", "beranggotakan", "kazakhstan", "kerjasama", "pasukannya"])
def test_right_words_are_known(word: str) -> None:
    assert is_word(word)


@pytest.mark.parametrize("word", ["anggta", "kazahstan", "qwerty", "x"])
def test_wrong_words_are_not_known(word: str) -> None:
    assert not is_word(word)


@pytest.mark.slow
def test_the_kept_stems_are_those_of_the_thesaurus_found_anew() -> None:
    assert STEMS.read_text(encoding="ascii") == stems_text(), "run `python -m tests.language.kept_stems`"
