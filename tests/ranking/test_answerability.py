"""Answerability: what is missing from the best sentence speaks against it, and nothing else does."""

from __future__ import annotations

import pytest

from tanya_csto.ranking.answerability import answerability
from tanya_csto.ranking.features import Features
from tests.ranking.setting import MODEL, Case, says


def features(question: str, *articles: str) -> Features:
    case = Case(question, *articles)
    return answerability(case.question, case.ranked, None)


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
def test_the_better_sentence_answers_more_probably(question: str, better: str, worse: str) -> None:
    cases = [Case(question, each) for each in (better, worse)]
    more, less = (MODEL.probability(case.question, case.ranked, None) for case in cases)
    assert more > less


def test_all_features_of_the_best_sentence_are_among_them() -> None:
    case = Case("Kapan CSTO didirikan?", "CSTO didirikan pada 1992.", "CSTO besar.")
    found = answerability(case.question, case.ranked, None)
    best, second = case.ranked[:2]
    assert found.items() >= best.features.items()
    assert (found["bias"], found["score"]) == (1.0, best.score)
    assert found["margin"] == pytest.approx(best.score - second.score)
    assert found["margin"] > 0


def test_one_sentence_alone_has_no_lead() -> None:
    assert features("Kapan CSTO didirikan?", "CSTO didirikan pada 1992.")["margin"] == 0


@pytest.mark.parametrize(
    ("name", "question", "with_it", "without_it"),
    [
        ("mismatch", "Siapa presiden Rusia?", "Presiden Rusia Vladimir Putin tiba.", "Rusia mengutus Vladimir Putin."),
        ("person", "Siapa presiden Rusia?", "Presiden Rusia Vladimir Putin tiba.", "Presiden Rusia tiba hari ini."),
        ("mismatch", "Mengapa Armenia keluar?", "Armenia keluar karena kecewa.", "Armenia keluar dari ruang itu."),
        (
            "mismatch",
            "Negara mana saja yang berminat?",
            "Yang berminat ialah Iran, Serbia dan Kuba.",
            "Yang berminat sangat sedikit.",
        ),
        ("mismatch", "Di mana markas NATO?", "Markas NATO ada di Brussel.", "NATO ada di Eropa."),
        (
            "mismatch",
            "Berapa personel CSTO di sana?",
            "Personel CSTO ada 3.600 di sana.",
            "CSTO punya 9 pangkalan di sana.",
        ),
        ("absent_names", "Kapan Armenia keluar?", "Armenia keluar pada 2024.", "Mereka keluar pada 2024."),
    ],
)
def test_what_a_sentence_lacks(name: str, question: str, with_it: str, without_it: str) -> None:
    assert features(question, with_it)[name] == 0
    assert 0 < features(question, without_it)[name] <= 1


def test_a_sentence_that_gives_the_role_to_another_is_not_one_without_the_role() -> None:
    found = features("Siapa presiden Armenia?", "Presiden Rusia Vladimir Putin menulis surat bagi Armenia.")
    assert (found["mismatch"], found["person"]) == (0.0, 1.0)


def test_a_pronoun_stands_for_the_names_before_it() -> None:
    question = "Apakah Abkhazia merdeka?"
    before = "Abkhazia adalah republik kecil di dekat laut."
    pronoun, none = (features(question, f"{before} {told}") for told in ("Ia merdeka sejak lama.", "Semua merdeka."))
    assert pronoun["absent_names"] == 0 < none["absent_names"]


def test_a_bank_tells_how_probably_no_fact_answers() -> None:
    case = Case("Kapan CSTO didirikan?", "CSTO didirikan pada 1992.")
    odds = [answerability(case.question, case.ranked, says(each))["unanswerable"] for each in (0.0, 0.2, 0.5, 0.9, 1.0)]
    assert odds == sorted(odds)
    assert odds[2] == pytest.approx(0)
    assert odds[0] == pytest.approx(-odds[-1])
    assert "unanswerable" not in answerability(case.question, case.ranked, None)
