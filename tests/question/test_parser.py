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
        ("Siapa?", []),
    ],
)
def test_a_generic_noun_is_not_searched(text: str, expected: list[str]) -> None:
    assert surfaces(text) == expected


def test_what_a_question_holds() -> None:
    question = parse_question("Negara mana saja yang menjadi anggota CSTO?")
    assert (question.answer_type, question.asks_for_list, question.answer_type_noun) == ("list", True, "negara")
    assert question.text == "Negara mana saja yang menjadi anggota CSTO?"


def test_what_is_carried_over_stands_behind_and_never_twice() -> None:
    question = parse_question("Siapa sekjen CSTO?", parse_question("Apa itu CSTO di Armenia?"))
    assert [(concept.surface, concept.inherited) for concept in question.concepts] == [
        ("sekjen", False),
        ("CSTO", False),
        ("Armenia", True),
    ]


def test_what_is_carried_over_is_told_in_the_text() -> None:
    question = parse_question("Di mana kantor pusatnya?", parse_question("Kapan CSTO didirikan?"))
    assert question.text == "Di mana kantor pusatnya? (CSTO didirikan)"
    assert parse_question("Apa itu NATO?", parse_question("Apa itu NATO?")).text == "Apa itu NATO?"


@pytest.mark.parametrize(
    ("text", "topic"),
    [("Kapan CSTO didirikan?", "CSTO didirikan"), ("Siapa Putin?", "Putin"), ("Apa itu?", "Apa itu?")],
)
def test_the_topic_is_what_a_follow_up_leans_on(text: str, topic: str) -> None:
    assert parse_question(text).topic == topic


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
