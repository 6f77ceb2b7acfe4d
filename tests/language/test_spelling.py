"""Spelling: shorthand and typing mistakes are mended, and a right word never is."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from tanya_csto.corpus.articles import Corpus
from tanya_csto.language.lexicon import lexicon
from tanya_csto.language.names import name_index
from tanya_csto.language.spelling import CACHE_SIZE, Speller
from tanya_csto.language.stems import roots
from tanya_csto.language.tokens import tokenize
from tanya_csto.retrieval.index import Index
from tests.conftest import ARTICLE_IDS

SLANG: dict[str, str] = lexicon("slang")["words"]
QUESTIONS = sorted((Path(__file__).parents[1] / "questions").glob("*.jsonl"))
SPOKEN = {"tapi", "tak"}  # right, and spelled out all the same: "tetapi", "tidak"


@pytest.fixture(scope="module")
def speller(index: Index) -> Speller:
    return Speller(index.vocabulary)


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("kpn csto didirikan?", "kapan csto didirikan?"),
        ("kpnjngn csto plis, spill dong", "kepanjangan csto plis, jelaskan dong"),
        ("biayaa csto", "biaya csto"),
        ("lthn militernya", "latihan militernya"),
        ("brp jml anggotanya", "berapa jumlah anggotanya"),
        ("warung mkn iuran brp perbln", "warung makan iuran berapa per bulan"),
        ("knp armenia ga mau ikut", "mengapa armenia tidak mau ikut"),
        ("dmn kantor pusat csto", "di mana kantor pusat csto"),
        ("siapa aja sih", "siapa saja sih"),
        ("negara2 anggota", "negara-negara anggota"),
        ("negara2nya", "negara-negaranya"),
        ("bangeeet", "sekali"),
        (f"KAPAAAN didirik{'a' * 40}n?", "kapan didirikan?"),
        ("aliansi militr rusia", "aliansi militer rusia"),
        ("organsasi apa itu", "organisasi apa itu"),
        ("pasukan yg dikrim", "pasukan yang dikirim"),
        ("apkah Swdia ikut", "apakah swedia ikut"),
        ("pasla 4 csto", "pasal 4 csto"),
        ("pasuken penjga perdamain", "pasukan penjaga perdamaian"),
        ("presidn belarus", "presiden belarus"),
        ("Armenai", "armenia"),
        ("siapa Tasmagambetof?", "siapa tasmagambetov?"),
        ("ukrania dan uzbekistn", "ukraina dan uzbekistan"),
        ("ksto itu apa", "csto itu apa"),
        ("csot itu apa", "csto itu apa"),
    ],
)
def test_mended(speller: Speller, typed: str, mended: str) -> None:
    assert speller.repair(typed) == mended


@pytest.mark.parametrize(
    "right",
    [
        "Terima kasih banyak atas bantuannya.",
        "Berapakah harga Pertamax per liter hari ini?",
        "Apakah Afrika Selatan dan Uni Afrika mendukung CSTO?",
        "berapa negara amerika latin yang bergabung?",
        "apakah afrika dan bangsa kirgiz ikut?",
        "Siapa Megawati, Kaesang, dan Samsung?",
        "Apa kabar Hong Kong dan San Marino?",
        "Siapa Lukashenko, Zelensky, dan Erdogan?",
        "Apa isi www.tempo.co?",
        "GA PBB, BRP, DR",  # capitals are abbreviations, not shorthand
        "Apa isi 25/2/2022, 3.600, dan id.rbth.com?",
        "bagaimana keikutsertaannya, negaranyakah?",
        "Anda chatbot?",
        "<script>alert(1)</script> 🛡️ ½ ﬁ",
    ],
)
def test_left_alone(speller: Speller, right: str) -> None:
    assert speller.repair(right) == right


def test_a_word_of_the_corpus_is_nearer_than_one_that_it_lacks() -> None:
    assert Speller({"plus": 1}).repair("harga e2 plsu") == "harga e2 plus"
    assert Speller({"biasa": 1}).repair("harga e2 plsu") == "harga e2 palsu"
    assert Speller({"maag": 1}).repair("sakitnya di maan") == "sakitnya di mana"


@pytest.mark.parametrize("typed", ["apa usa", "apa usa ikut"])
def test_a_short_name_is_right_wherever_it_stands(typed: str) -> None:
    assert Speller({"usai": 1}).repair(typed) == typed


@pytest.mark.parametrize("typed", ["siapa rusya", "mengapa kremlen", "apa itu ccsto", "negara belaruss", "usul prancs"])
def test_no_slip_is_taken_for_a_name_that_the_corpus_lacks(typed: str) -> None:
    assert Speller({"gunung": 3, "letusan": 2}).repair(typed) == typed


@pytest.mark.parametrize("typed", ["Siapa Charles VIII?", "Kapan Perang Dunia III?", "Apa itu PPP?"])
def test_a_numeral_and_an_abbreviation_are_not_stretched(typed: str) -> None:
    assert Speller({"vi": 1, "i": 1, "p": 1}).repair(typed) == typed


@pytest.mark.parametrize("article_id", ARTICLE_IDS)
def test_no_word_of_the_articles_is_repaired(corpus: Corpus, speller: Speller, article_id: str) -> None:
    article = corpus[article_id]
    words = {token.surface for part in article.content for token in tokenize(article.text, part)} - SPOKEN
    assert {word: speller.repair(word) for word in words if speller.repair(word) != word} == {}


def test_no_root_word_is_repaired(speller: Speller) -> None:
    words = sorted(word for word in roots() if len(word) >= 4 and word.isalpha() and word not in SLANG)
    sample = random.Random(25).sample(words, 4000)  # noqa: S311
    assert {word: speller.repair(word) for word in sample if speller.repair(word) != word} == {}


@pytest.mark.parametrize("style", [str.lower, str.title, str.upper])
def test_no_name_of_the_gazetteer_is_repaired(speller: Speller, style: Callable[[str], str]) -> None:
    typed = [style(" ".join(words)) for words in name_index() if " ".join(words) not in SLANG]
    assert {name: speller.repair(name) for name in typed if speller.repair(name) != name} == {}


@pytest.mark.parametrize("file", QUESTIONS, ids=lambda file: file.stem)
def test_no_formal_question_is_repaired(speller: Speller, file: Path) -> None:
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    formal = [row["question"] for row in rows if row["style"] == "formal"]
    changed = {text: speller.repair(text) for text in formal if speller.repair(text) != text}
    assert len(formal) > 20
    assert {text: mended for text, mended in changed.items() if not SPOKEN & set(text.casefold().split())} == {}


def test_shorthand_is_spelled_out_in_words_that_need_no_repair(speller: Speller) -> None:
    assert {word: speller.repair(word) for word in SLANG if word.isalpha()} == {
        word: written for word, written in SLANG.items() if word.isalpha()
    }
    words = {part for written in SLANG.values() for part in written.split()} - SLANG.keys()
    assert {word: speller.repair(word) for word in words} == {word: word for word in words}


LETTERS = st.sampled_from("abcdefghijklmnopqrstuvwxyz")


@pytest.mark.slow
@examples(max_examples=20)
@given(st.sets(st.text(LETTERS, min_size=1, max_size=12) | st.from_regex("[a-z]{2}([a-z])\\1{2}", fullmatch=True)))
def test_no_word_of_any_corpus_is_repaired(words: set[str]) -> None:
    speller = Speller(dict.fromkeys(words, 1))
    right = sorted(words - SLANG.keys())
    assert {word: speller.repair(word) for word in right if speller.repair(word) != word} == {}


@given(st.data())
def test_a_repair_is_a_known_word_within_reach(index: Index, speller: Speller, data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(sorted(word for word in index.vocabulary if word.isalpha() and len(word) > 3)))
    place = data.draw(st.integers(0, len(word) - 1))
    typed = word[:place] + data.draw(st.text(LETTERS, max_size=2)) + word[place + data.draw(st.integers(0, 2)) :]
    mended = speller.repair(typed)
    if mended == typed or typed in SLANG or re.search(r"(.)\1\1", typed):
        return
    assert speller.knows(mended) or speller.knows(mended.removesuffix("nya"))
    reach = 1 if len(typed) < 8 else 2 if len(typed) < 12 else 3
    without_vowels = re.sub("[aiueo]", "", typed) == re.sub("[aiueo]", "", mended)
    assert OSA.distance(typed, mended) <= reach + without_vowels


@given(st.text(alphabet=st.characters(exclude_categories=["L", "Cs"]), max_size=60))
def test_what_is_no_word_is_left_alone(speller: Speller, text: str) -> None:
    assert speller.repair(text) == text


def test_junk_is_left_as_it_is_and_remembered_in_bounds(speller: Speller) -> None:
    junk = "xq" * 200
    assert speller.repair(junk) == junk
    assert CACHE_SIZE < 100_000
