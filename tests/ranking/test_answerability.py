"""Answerability: what is missing from the best sentence speaks against it, and nothing else does."""

from __future__ import annotations

import pytest

from tanya_csto.question.parser import parse_question
from tanya_csto.ranking.answerability import answerability
from tanya_csto.ranking.features import Features, candidates
from tanya_csto.retrieval.retriever import Retriever
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
    best = case.ranked[0]
    assert found.items() >= best.features.items()
    assert (found["bias"], found["score"]) == (1.0, best.score)


def test_one_sentence_alone_has_all_the_chances_and_equal_ones_share_them() -> None:
    question, told = "Kapan CSTO didirikan?", "CSTO didirikan pada 1992."
    assert features(question, told)["share"] == 1
    assert features(question, told, told)["share"] == pytest.approx(1 / 2)
    assert features(question, told, told, told)["share"] == pytest.approx(1 / 3)


def test_nothing_is_missing_where_nothing_was_asked_about() -> None:
    index = Case("CSTO", "CSTO besar.").index
    question = parse_question("apa itu?")
    ranked = candidates(question, Retriever(index).retrieve(question, also=[0]), says())
    assert answerability(question, ranked, says())["gap"] == 0


def test_the_share_grows_with_the_lead() -> None:
    question, told = "Kapan CSTO didirikan?", "CSTO didirikan pada 1992."
    near, far = (features(question, told, other) for other in ("CSTO didirikan tahun itu.", "CSTO besar."))
    assert 1 / 2 < near["share"] < far["share"] < 1


@pytest.mark.parametrize(
    ("article", "gap"),
    [
        ("Armenia keluar pada 2024.", 0.0),
        ("Armenia kecewa. Mereka keluar pada 2024.", 0.0),
        ("Armenia kecewa pada 2024.", 1.0),  # "keluar" is heaviest: no article speaks of it
    ],
)
def test_the_gap_is_the_heaviest_that_nothing_expresses(article: str, gap: float) -> None:
    assert features("Kapan Armenia keluar?", article, "Armenia besar.")["gap"] == gap


def test_a_lighter_word_leaves_a_smaller_gap() -> None:
    articles = "Armenia membangun bandara pada 2024.", "Armenia besar.", "Armenia kecil."
    light, heavy = (
        features("Kapan Armenia membangun bandara?", told, *articles[1:])
        for told in (
            "Mereka membangun bandara pada 2024.",
            "Armenia membangun jalan pada 2024.",
        )
    )
    assert 0 < light["gap"] < heavy["gap"] == 1


@pytest.mark.parametrize(
    ("question", "with_it", "without_it"),
    [
        ("Siapa presiden Rusia?", "Presiden Rusia Vladimir Putin tiba.", "Rusia mengutus Vladimir Putin."),
        ("Siapa istri Vladimir Putin?", "Istri Vladimir Putin ialah Lyudmila.", "Vladimir Putin bertemu Lyudmila."),
        ("Siapa istrinya Putin?", "Istri Putin ialah Lyudmila.", "Putin bertemu Lyudmila."),
        ("Siapa wakil gubernur Rusia?", "Wakil Gubernur Rusia Vladimir tiba.", "Gubernur Rusia Vladimir tiba."),
        ("Mengapa Armenia keluar?", "Armenia keluar karena kecewa.", "Armenia keluar dari ruang itu."),
        (
            "Negara mana saja yang berminat?",
            "Yang berminat ialah Iran, Serbia dan Kuba.",
            "Yang berminat sangat sedikit.",
        ),
        ("Di mana markas NATO?", "Markas NATO ada di Brussel.", "NATO ada di Eropa."),
        ("Berapa lama CSTO bersidang?", "CSTO bersidang 11 pekan.", "CSTO bersidang dengan 40 orang."),
        ("Berapa persen warga setuju?", "Sebanyak 40% warga setuju.", "Sebanyak 40 warga setuju."),
        ("Berapa personel CSTO di sana?", "Personel CSTO ada 3.600 di sana.", "CSTO punya 9 pangkalan di sana."),
    ],
)
def test_a_sentence_lacks_what_the_type_of_answer_demands(question: str, with_it: str, without_it: str) -> None:
    assert features(question, with_it)["mismatch"] == 0
    assert features(question, without_it)["mismatch"] == 1


def test_a_bank_tells_how_probably_no_fact_answers() -> None:
    case = Case("Kapan CSTO didirikan?", "CSTO didirikan pada 1992.")
    odds = [answerability(case.question, case.ranked, says(each))["unanswerable"] for each in (0.0, 0.2, 0.5, 0.9, 1.0)]
    assert odds == sorted(odds)
    assert odds[2] == pytest.approx(0)
    assert odds[0] == pytest.approx(-odds[-1])
    assert "unanswerable" not in answerability(case.question, case.ranked, None)
