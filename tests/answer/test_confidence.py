"""Confidence: a sentence that says what was asked is believed more than one that says less."""

from __future__ import annotations

import pytest

from tanya_csto.answer.confidence import WEIGHTS, confidence_word, signals, support
from tests.answer.setting import Case


def log_odds(question: str, *articles: str) -> float:
    case = Case(question, *articles)
    return support(case.question, case.ranked)


@pytest.mark.parametrize(
    ("question", "better", "worse"),
    [
        ("Kapan CSTO didirikan?", "CSTO didirikan pada 1992.", "CSTO didirikan di Tashkent."),
        ("Siapa presiden Rusia?", "Presiden Rusia Vladimir Putin tiba.", "Presiden Armenia Nikol Pashinyan tiba."),
        ("Siapa presiden Rusia?", "Presiden Rusia Vladimir Putin tiba.", "Rusia menyerang Ukraina."),
        ("Di mana kantor pusat CSTO?", "Kantor pusat CSTO di Moskow.", "Rusia dan CSTO bertemu di Moskow."),
        (
            "Mengapa Armenia keluar dari CSTO?",
            "Armenia keluar dari CSTO karena kecewa.",
            "Armenia adalah anggota CSTO.",
        ),
    ],
)
def test_the_better_sentence_has_more_support(question: str, better: str, worse: str) -> None:
    assert log_odds(question, better) > log_odds(question, worse)


def test_more_support_never_sounds_less_sure() -> None:
    words = [confidence_word(value / 10) for value in range(-50, 51)]
    order = ["rendah", "sedang", "tinggi"]
    assert [order.index(word) for word in words] == sorted(order.index(word) for word in words)
    assert set(words) == set(order)


def test_every_weight_belongs_to_a_signal() -> None:
    case = Case("Kapan CSTO didirikan?", "CSTO didirikan pada 1992.")
    assert set(WEIGHTS) <= set(signals(case.question, case.ranked))
