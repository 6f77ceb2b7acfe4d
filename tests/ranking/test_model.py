"""The answer model: sums of features, an order, a probability, and words that follow it."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanya_csto.models.networks import Mode
from tanya_csto.ranking.answerability import answerability
from tanya_csto.ranking.model import CERTAIN, AnswerModel, weighted
from tests.ranking.setting import Case, says

MODEL = AnswerModel({"bm25": 1.0}, {"score": 1.0}, 0.5, 0.7, 0.9, read_between=(0.2, 0.8), read_on_between=(0.3, 0.7))
QUESTION = "Kapan CSTO didirikan?"


def probability(log_odds: float) -> float:
    case = Case(QUESTION, "CSTO didirikan pada 1992.")
    model = replace(MODEL, abstainer={"bias": log_odds})
    return model.probability(case.question, case.ranked, None)


def test_a_weighted_sum_leaves_out_what_has_no_weight() -> None:
    assert weighted({"a": 2.0, "b": -1.0, "d": 7.0}, {"a": 3.0, "b": 4.0, "c": 5.0}) == 2.0


def test_the_best_sentence_stands_first_whatever_came_first() -> None:
    ranked = Case(QUESTION, "CSTO besar.", "CSTO didirikan pada 1992.").ranked
    for order in (ranked, ranked[::-1]):
        found = MODEL.rank(order)
        assert [each.number for each in found] == [1, 0]
        assert [each.score for each in found] == [each.features["bm25"] for each in found]


def test_a_weight_below_zero_puts_last() -> None:
    ranked = Case(QUESTION, "CSTO besar.", "CSTO didirikan pada 1992.").ranked
    assert [each.number for each in replace(MODEL, ranker={"bm25": -1.0}).rank(ranked)] == [0, 1]


def test_ties_keep_the_order_of_the_corpus() -> None:
    ranked = Case("Apa itu CSTO?", *["CSTO adalah aliansi."] * 3).ranked
    assert [each.number for each in MODEL.rank(ranked[::-1])] == [0, 1, 2]


@given(st.lists(st.floats(-30, 30), min_size=2, max_size=2).map(sorted))
def test_a_probability_grows_with_the_log_odds(odds: list[float]) -> None:
    less, more = map(probability, odds)
    assert 0 <= less <= more <= 1
    assert less < more or odds[1] - odds[0] < 1e-3 or odds[0] > 20


def test_even_odds_are_a_half() -> None:
    assert probability(0) == 0.5


def test_nothing_ranked_is_never_an_answer() -> None:
    question = Case(QUESTION, "CSTO besar.").question
    assert replace(MODEL, abstainer={"bias": 9.0}).probability(question, (), None) == 0
    assert replace(MODEL, abstainer={"bias": 9.0}).probability(question, (), says()) == 0


def test_what_a_bank_is_certain_of_is_answered_whatever_the_weights() -> None:
    case = Case(QUESTION, "CSTO didirikan pada 1992.")
    model = replace(MODEL, abstainer={"bias": -9.0})
    for told, low, high in ((CERTAIN, CERTAIN, 1.0), (CERTAIN - 0.01, 0.0, 0.01)):
        assert low <= model.probability(case.question, case.ranked, says(sentences={0: told})) <= high


def test_what_a_bank_does_not_tell_is_left_to_the_weights() -> None:
    case = Case(QUESTION, "CSTO didirikan pada 1992.")
    model = replace(MODEL, abstainer={"bias": -9.0})
    assert model.probability(case.question, case.ranked, says(sentences={1: 1.0})) < 0.01


@pytest.mark.parametrize(("odds", "rival"), [(2.0, True), (0.0, True), (-0.1, False), (-30.0, False)])
def test_a_rival_is_as_probable_as_the_threshold_demands(odds: float, rival: bool) -> None:
    model = replace(MODEL, rival={"gap": -1.0}, rival_from=0.5)
    assert model.is_rival({"gap": -odds, "figure": 99.0}) is rival


def test_a_model_without_rivals_knows_none() -> None:
    assert not MODEL.is_rival({"bias": 1.0, "context": 1.0})


def test_the_less_a_fact_answers_the_less_probable_is_an_answer() -> None:
    case = Case(QUESTION, "CSTO didirikan pada 1992.")
    model = AnswerModel.load("light", bank=True)
    found = [model.probability(case.question, case.ranked, says(unanswerable)) for unanswerable in (0.0, 1.0)]
    assert found[0] > found[1]


@pytest.mark.parametrize(("value", "doubt"), [(0.1, False), (0.2, False), (0.3, True), (0.79, True), (0.8, False)])
def test_what_is_neither_sure_nor_hopeless_is_in_doubt(value: float, doubt: bool) -> None:
    assert MODEL.is_in_doubt(value, read=False) is doubt


@pytest.mark.parametrize(("value", "doubt"), [(0.3, False), (0.4, True), (0.69, True), (0.7, False)])
def test_what_is_read_is_less_often_in_doubt(value: float, doubt: bool) -> None:
    assert MODEL.is_in_doubt(value, read=True) is doubt


@pytest.mark.parametrize(
    ("value", "word"),
    [(0.5, "rendah"), (0.69, "rendah"), (0.7, "sedang"), (0.89, "sedang"), (0.9, "tinggi"), (1.0, "tinggi")],
)
def test_the_words_follow_the_probability(value: float, word: str) -> None:
    assert MODEL.confidence(value) == word


@pytest.mark.parametrize("mode", get_args(Mode))
@pytest.mark.parametrize("bank", [True, False])
def test_the_models_that_come_with_the_package(mode: Mode, bank: bool) -> None:
    model = AnswerModel.load(mode, bank=bank)
    case = Case(QUESTION, "CSTO didirikan pada 1992.", opinion=says() if bank else None)
    known = set(answerability(case.question, case.ranked, says() if bank else None))
    if mode == "full":
        known |= {"similarity", "read", "reading", "answerable"}
    assert {"fit"} <= set(model.ranker) <= known
    assert {"bias"} <= set(model.abstainer) <= known
    assert ("told" in model.ranker) is bank
    assert 0 < model.answer_from <= model.sedang_from <= model.tinggi_from <= 1
    assert model.read_between[0] < model.answer_from < model.read_between[1]
    assert mode == "light" or model.read_on_between[0] < model.answer_from < model.read_on_between[1]
    assert bool(model.rival) is not bank
    assert 0 < model.rival_from <= 1


@pytest.mark.parametrize("mode", get_args(Mode))
@pytest.mark.parametrize("bank", [True, False])
def test_more_probable_never_sounds_less_sure(mode: Mode, bank: bool) -> None:
    model = AnswerModel.load(mode, bank=bank)
    order = ["rendah", "sedang", "tinggi"]
    words = [order.index(model.confidence(value / 100)) for value in range(101)]
    assert words == sorted(words)
