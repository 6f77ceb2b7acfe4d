"""Follow-ups: which questions lean on earlier ones, and what they take over."""

from __future__ import annotations

import pytest

from tanya_csto.question.followup import is_substitution, leans_on_earlier, substituted
from tanya_csto.question.parser import parse_question


@pytest.mark.parametrize(
    "text",
    [
        "Siapa sekretaris jenderalnya?",
        "Berapa jumlah anggotanya?",
        "di mana kantor pusatnya",
        "Kapan itu terjadi?",
        "Apa tujuan organisasi tersebut?",
        "Siapa yang memimpin mereka?",
        "kalau NATO?",
        "Bagaimana dengan Uzbekistan?",
        "lalu Armenia?",
        "sejak kapan?",
        "kenapa begitu?",
    ],
)
def test_it_leans(text: str) -> None:
    assert leans_on_earlier(parse_question(text))


@pytest.mark.parametrize(
    "text",
    [
        "Apa itu NATO?",
        "Siapa Sekretaris Jenderal NATO?",
        "Kapan Rusia menyerang Ukraina?",
        "apa sebenarnya CSTO",
        "Apa saja negara anggota CSTO saat ini?",
        "Apa kepanjangannya CSTO?",
    ],
)
def test_it_stands_alone(text: str) -> None:
    assert not leans_on_earlier(parse_question(text))


@pytest.mark.parametrize(
    ("earlier", "text", "expected"),
    [
        ("Apa kepanjangan CSTO?", "kalau NATO?", "Apa kepanjangan NATO?"),
        ("Siapa presiden Rusia?", "bagaimana dengan Tajikistan?", "Siapa presiden Tajikistan?"),
        ("Apakah Rusia anggota CSTO?", "kalau Uzbekistan?", "Apakah Uzbekistan anggota CSTO?"),
        ("Apakah Rusia anggota CSTO?", "kalau NATO?", "Apakah Rusia anggota NATO?"),
        ("Apa tujuan CSTO?", "terus nato sih?", "Apa tujuan nato?"),
    ],
)
def test_a_new_subject_takes_the_place_of_the_old_one_of_its_kind(earlier: str, text: str, expected: str) -> None:
    question = parse_question(text)
    assert is_substitution(question)
    assert substituted(question, parse_question(earlier)) == expected


def test_a_new_subject_finds_no_place_where_none_was() -> None:
    assert substituted(parse_question("kalau NATO?"), parse_question("kapan perang itu dimulai?")) is None


@pytest.mark.parametrize("text", ["Kapan NATO didirikan?", "NATO", "kalau NATO dan CSTO?", "lalu bagaimana?"])
def test_no_substitution(text: str) -> None:
    assert not is_substitution(parse_question(text))
