"""Answerability: a sentence that says what was asked is believed more than one that says less."""

from __future__ import annotations

import pytest

from tanya_csto.ranking.answerability import answerability_features
from tanya_csto.ranking.model import weighted
from tests.ranking.setting import MODEL, Case


def log_odds(question: str, *articles: str) -> float:
    case = Case(question, *articles)
    return weighted(MODEL.abstainer, answerability_features(case.question, case.ranked))


@pytest.mark.parametrize(
    ("question", "better", "worse"),
    [
        ("Kapan CSTO didirikan?", "CSTO didirikan pada 1992.", "CSTO didirikan di Tashkent."),
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


def test_every_signal_has_its_weight() -> None:
    case = Case("Kapan CSTO didirikan?", "CSTO didirikan pada 1992.")
    assert set(answerability_features(case.question, case.ranked)) == set(MODEL.abstainer)


@pytest.mark.parametrize(
    ("question", "sentence", "raised"),
    [
        ("Siapa presiden Rusia?", "Presiden Rusia Vladimir Putin tiba.", set()),
        ("Siapa presiden Rusia?", "Rusia mengutus Vladimir Putin.", {"no_role", "person"}),
        (
            "Siapa presiden Armenia?",
            "Presiden Vladimir Putin menulis surat terbuka bagi rakyat Armenia.",
            {"other_role", "person"},
        ),
        ("Siapa sekutu Rusia?", "Rusia punya sekutu lain.", {"person"}),
        ("Apa yang terjadi pada 1999?", "Yang terjadi itu perang.", {"absent_numbers"}),
    ],
)
def test_features_against_a_sentence(question: str, sentence: str, raised: set[str]) -> None:
    case = Case(question, sentence)
    found = answerability_features(case.question, case.ranked)
    assert {name for name in ("no_role", "other_role", "person", "absent_numbers") if found[name]} == raised


def test_a_pronoun_stands_for_the_names_before_it() -> None:
    question = "Apakah Abkhazia merdeka?"
    before = "Abkhazia adalah republik kecil di dekat laut."
    pronoun, none = (Case(question, f"{before} {told}") for told in ("Ia merdeka sejak lama.", "Semua merdeka kini."))
    assert [answerability_features(case.question, case.ranked)["absent_names"] > 0 for case in (pronoun, none)] == [
        False,
        True,
    ]


@pytest.mark.parametrize(("sentence", "raised"), [("NATO ada di Eropa.", 1.0), ("Markas NATO ada di Brussel.", 0.0)])
def test_what_is_asked_for_by_a_noun_of_its_own_is_told_by_it(sentence: str, raised: float) -> None:
    case = Case("Di mana markas NATO?", sentence)
    assert answerability_features(case.question, case.ranked)["no_answer_type_noun"] == raised
