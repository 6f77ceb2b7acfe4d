"""Roles: a sentence about someone else's role is no answer."""

from __future__ import annotations

import pytest

from tanya_csto.ranking.roles import role_fit
from tests.ranking.setting import Case


def fit(question: str, sentence: str) -> str:
    return role_fit(Case(question, sentence).retrieved())


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Siapa Perdana Menteri Kazakhstan?", "Perdana Menteri Armenia Nikol Pashinyan tiba di Kazakhstan."),
        ("Siapa presiden Kazakhstan?", "Presiden Tajikistan Emomali Rahmon tiba di Kazakhstan."),
        ("Siapa Sekretaris Jenderal CSTO?", "Sekretaris Jenderal NATO Jens Stoltenberg menyebut CSTO."),
    ],
)
def test_another(question: str, sentence: str) -> None:
    assert fit(question, sentence) == "other"


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Siapa Perdana Menteri Armenia?", "Perdana Menteri Armenia Nikol Pashinyan tiba di Kazakhstan."),
        ("Siapa pemimpin CSTO?", "Perdana Menteri Armenia Nikol Pashinyan mengepalai dewan CSTO."),
        ("Siapa presiden Belarusia?", "Presiden Belarus Ani Budi tiba."),
        ("Siapa presiden yang tiba?", "Presiden Tajikistan Emomali Rahmon tiba."),
        ("Siapa sekretaris jenderalnya?", "Sekretaris Jenderal NATO Jens Stoltenberg tiba."),
    ],
)
def test_the_same(question: str, sentence: str) -> None:
    assert fit(question, sentence) == "fits"


def test_an_office_must_be_held() -> None:
    assert fit("Siapa rektor Universitas Lanzhou?", "Zhu Yongbiao mengajar di Universitas Lanzhou.") == "none"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [("Presiden Rusia Vladimir Putin tiba.", "none"), ("Istri Vladimir Putin, Lyudmila, tiba.", "fits")],
)
def test_one_asked_for_as_another_s_is_told_of_as_that_one_s(sentence: str, expected: str) -> None:
    assert fit("Siapa istri Vladimir Putin?", sentence) == expected
