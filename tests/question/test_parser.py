"""A question as it is understood: its concepts without what only names the answer type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanya_csto.question.parser import parse_question


def surfaces(text: str) -> list[str]:
    return [concept.surface for concept in parse_question(text).concepts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Di kota mana perjanjian ditandatangani?", ["perjanjian", "ditandatangani"]),
        ("Pada tahun berapa Uzbekistan keluar?", ["Uzbekistan", "keluar"]),
        ("Pasal berapa yang mengatur agresi?", ["Pasal", "mengatur", "agresi"]),
        ("Kapan CSTO didirikan?", ["CSTO", "didirikan"]),
        ("Berapa lama sidang berlangsung?", ["sidang"]),
        ("Berapa persen warga yang setuju?", ["warga", "setuju"]),
        ("Siapa?", []),
    ],
)
def test_a_generic_noun_is_not_searched(text: str, expected: list[str]) -> None:
    assert surfaces(text) == expected


def test_what_a_question_holds() -> None:
    question = parse_question("Negara mana saja yang menjadi anggota CSTO?")
    assert (question.answer_type, question.asks_for_list, question.answer_type_noun) == ("list", True, "negara")
    assert question.text == "Negara mana saja yang menjadi anggota CSTO?"


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        ("Apa isi pasal 4 CSTO?", [("pasal", "4")]),
        ("Apa beda pasal 7 dan Pasal 8?", [("pasal", "7"), ("pasal", "8")]),
        ("Pasal berapa yang mengatur agresi?", []),
        ("Ada 4 pasal?", []),
    ],
)
def test_the_sections_asked_about_by_number(text: str, sections: list[tuple[str, str]]) -> None:
    assert list(parse_question(text).sections) == sections


@pytest.mark.parametrize(
    ("text", "answer_type"), [("Siapa Putin?", "definition"), ("Siapa presiden Rusia?", "person"), ("Siapa?", "person")]
)
def test_who_somebody_is_asks_what_is_told_of_him(text: str, answer_type: str) -> None:
    assert parse_question(text).answer_type == answer_type


@given(st.text(max_size=120))
def test_any_text_can_be_understood(text: str) -> None:
    question = parse_question(text)
    assert question.text == text
    assert all(concept.span.of(text) for concept in question.concepts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kalau tidak merepotkan, siapa presiden Rusia?", ["presiden", "Rusia"]),
        ("Maafkan orang tua ini, kapan CSTO didirikan?", ["CSTO", "didirikan"]),
        ("Kapan CSTO didirikan, supaya bisa saya catat?", ["CSTO", "didirikan"]),
        ("Maaf, Armenia keluar dari CSTO, benar?", ["Armenia", "keluar", "CSTO"]),
    ],
)
def test_what_the_asker_says_of_himself_is_not_searched(text: str, expected: list[str]) -> None:
    assert surfaces(text) == expected
