"""Parts: a message that asks several questions is cut between them, and one that asks a single thing stays whole."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanya_csto.question.parts import MAX_PARTS, split_questions

JOINING = {"dan", "serta", "terus", "trus", "lalu", "juga", "sama", "kemudian"}  # they stand only between questions
WORDS = ["kapan", "di mana", "siapa", "apa itu", "berapa", "mengapa", "CSTO", "Putin", "markasnya", "Rusia", *JOINING]
messages = st.lists(
    st.tuples(st.sampled_from(WORDS), st.sampled_from(["", "", "", "?", ".", ",", "!", ";"])), min_size=1
)


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold())) - JOINING


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "anggotanya boleh ikut NATO tidak, dan seberapa sering berlatih?",
            ("Anggotanya boleh ikut NATO tidak?", "Seberapa sering berlatih?"),
        ),
        (
            "NATO dipimpin siapa dan sekarang siapa penyumbangnya?",
            ("NATO dipimpin siapa?", "Sekarang siapa penyumbangnya?"),
        ),
        ("Ada yang ikut, ada yang tidak. Mana yang benar?", ("Ada yang ikut, ada yang tidak. Mana yang benar?",)),
    ],
)
def test_parts_that_ask_without_a_word_or_of_now(text: str, parts: tuple[str, ...]) -> None:
    assert split_questions(text) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Siapa sekjen CSTO? Di mana markasnya?", ("Siapa sekjen CSTO?", "Di mana markasnya?")),
        ("Siapa sekjen CSTO dan berapa anggotanya", ("Siapa sekjen CSTO?", "Berapa anggotanya?")),
        ("apa itu CSTO, serta siapa ketuanya?", ("Apa itu CSTO?", "Siapa ketuanya?")),
        ("Apa itu CSTO\nApa itu NATO", ("Apa itu CSTO?", "Apa itu NATO?")),
        ("Apa itu CSTO. Sejak kapan NATO ada.", ("Apa itu CSTO?", "Sejak kapan NATO ada?")),
        ("kapan CSTO dibentuk dan karena apa?", ("Kapan CSTO dibentuk?", "Karena apa?")),
        (
            "Siapa Putin dan apa jabatannya? Di mana dia lahir?",
            ("Siapa Putin?", "Apa jabatannya?", "Di mana dia lahir?"),
        ),
        (
            "Siapa sekjen CSTO, di mana markasnya, dan kapan didirikan?",
            ("Siapa sekjen CSTO?", "Di mana markasnya?", "Kapan didirikan?"),
        ),
        ("markas csto dimana & sekjennya siapa?", ("Markas csto dimana?", "Sekjennya siapa?")),
        ("baterainya berapa trus tahan berapa lama", ("Baterainya berapa?", "Tahan berapa lama?")),
        ("kapan dan berapa lama gempa terjadi", ("Kapan gempa terjadi?", "Berapa lama gempa terjadi?")),
        ("markas csto dimana, trus sekjennya siapa?", ("Markas csto dimana?", "Sekjennya siapa?")),
        ("CSTO itu apa sih dan anggotanya siapa aja", ("CSTO itu apa sih?", "Anggotanya siapa aja?")),
        (
            "kenapa csto mau ekspansi, negara mana yg mau gabung?",
            ("Kenapa csto mau ekspansi?", "Negara mana yg mau gabung?"),
        ),
        ("Ketua CSTO siapa dan kapan dibentuk?", ("Ketua CSTO siapa?", "Kapan dibentuk?")),
        ("SIAPA SEKJEN CSTO TERUS MARKASNYA DI MANA?", ("SIAPA SEKJEN CSTO?", "MARKASNYA DI MANA?")),
        ("siapa sekjen CSTO terus markasnya di mana ya", ("Siapa sekjen CSTO?", "Markasnya di mana ya?")),
    ],
)
def test_several_questions_are_parted(text: str, parts: tuple[str, ...]) -> None:
    assert split_questions(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "Apa itu CSTO?",
        "csto",
        "Apakah Rusia, Belarus, dan Armenia anggota CSTO?",
        "Siapa presiden Rusia dan presiden Armenia?",
        "Menurut Suara.com, kapan CSTO dibentuk?",
        "Apa isi pasal 4. 5 dan 6 perjanjian CSTO?",
        "Dan siapa ketuanya?",
        "siapa yg lebih kuat, csto apa nato?",
        "Usia CSTO sekarang berapa lama, dihitung dari tahun berapa?",
        "Hubungan Rusia dan Armenia seperti apa?",
        "Bagaimana hubungan Rusia dan Armenia sejak kapan?",
        "Kalau Rusia diserang, anggota CSTO berbuat apa?",
        "Markasnya di mana dan itu apa?",
        "Pada hari apa, tanggal berapa, pemimpin CSTO bertemu?",
        "Terima kasih!",
        "Selain itu, masih adakah negara lain yang bergabung, dan kalau ada, berapa banyaknya?",
    ],
)
def test_one_question_stays_as_it_stands(text: str) -> None:
    assert split_questions(text) == (text,)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Kapan dan di mana CSTO dibentuk?", ("Kapan CSTO dibentuk?", "Di mana CSTO dibentuk?")),
        ("mengapa serta bagaimana CSTO dibentuk", ("Mengapa CSTO dibentuk?", "Bagaimana CSTO dibentuk?")),
        (
            "Kapan, di mana, dan mengapa CSTO dibentuk?",
            ("Kapan CSTO dibentuk?", "Di mana CSTO dibentuk?", "Mengapa CSTO dibentuk?"),
        ),
        (
            "Kapan dan di mana serta mengapa CSTO dibentuk?",
            ("Kapan CSTO dibentuk?", "Di mana CSTO dibentuk?", "Mengapa CSTO dibentuk?"),
        ),
        (
            "Kapan dan di mana dibahas siapa ketuanya?",
            ("Kapan dibahas siapa ketuanya?", "Di mana dibahas siapa ketuanya?"),
        ),
        ("Siapa dan berapa saja anggota CSTO?", ("Siapa anggota CSTO?", "Berapa saja anggota CSTO?")),
    ],
)
def test_question_words_in_a_row_ask_the_same(text: str, parts: tuple[str, ...]) -> None:
    assert split_questions(text) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Siapa ketuanya lalu wakilnya? Di mana markasnya?",
            ("Siapa ketuanya lalu wakilnya?", "Di mana markasnya?"),
        ),
        (
            "Armenia keluar lalu markasnya di mana? Siapa ketuanya?",
            ("Armenia keluar lalu markasnya di mana?", "Siapa ketuanya?"),
        ),
        ("Saya guru. Apa itu CSTO? Apa itu NATO?", ("Saya guru. Apa itu CSTO?", "Apa itu NATO?")),
        ("Apa itu CSTO? Tolong singkat. Apa itu NATO?", ("Apa itu CSTO? Tolong singkat?", "Apa itu NATO?")),
        ("Apa itu CSTO? Apa itu NATO? Terima kasih!", ("Apa itu CSTO?", "Apa itu NATO?")),
        ("Apa itu CSTO? Makasih ya.", ("Apa itu CSTO?",)),
        ("Apa itu CSTO? Sampai jumpa!", ("Apa itu CSTO?",)),
        ("Saya sedang menulis makalah. Kapan CSTO dibentuk?", ("Saya sedang menulis makalah. Kapan CSTO dibentuk?",)),
    ],
)
def test_a_statement_stays_with_its_question(text: str, parts: tuple[str, ...]) -> None:
    assert split_questions(text) == parts


def test_what_comes_after_the_most_parts_is_asked_with_the_last() -> None:
    asked = [f"Siapa {name}?" for name in ("Putin", "Rahmon", "Pashinyan", "Lukashenko", "Biden", "Stoltenberg")]
    assert split_questions(" ".join(asked)) == (*asked[: MAX_PARTS - 1], " ".join(asked[MAX_PARTS - 1 :]))
    assert split_questions(" ".join(asked[:MAX_PARTS])) == tuple(asked[:MAX_PARTS])


@given(messages.map(lambda message: " ".join(word + mark for word, mark in message)))
def test_no_word_is_lost_and_no_part_is_empty(text: str) -> None:
    parts = split_questions(text)
    assert 1 <= len(parts) <= MAX_PARTS
    assert words(" ".join(parts)) == words(text)
    assert parts == (text,) or all(re.search(r"\w", part) and part.endswith("?") for part in parts)


@given(st.text(max_size=200))
def test_any_text_is_cut_into_something(text: str) -> None:
    assert 1 <= len(split_questions(text)) <= MAX_PARTS
