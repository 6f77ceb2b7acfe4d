"""Fitting the answer model: what the fit makes of toy questions, and how it is written and read back."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from tanya_csto.evaluate import GoldEvidence
from tanya_csto.evaluate import Question as Asked
from tanya_csto.ranking.features import Candidate
from tanya_csto.ranking.model import AnswerModel, weighted
from tests.ranking.setting import Case as Setting
from training import decision, reliability


def test_a_perfectly_calibrated_predictor_has_no_error() -> None:
    probability = np.repeat([0.15, 0.55, 0.95], 20)
    right = np.concatenate([np.arange(20) < count for count in (3, 11, 19)])
    assert reliability.calibration_error(probability, right) == pytest.approx(0)


def test_a_predictor_that_is_always_wrong_has_all_of_it() -> None:
    sure = np.array([1.0, 1.0, 0.0, 0.0])
    assert reliability.calibration_error(sure, sure == 0) == pytest.approx(1)
    assert reliability.calibration_error(sure, sure == 1) == pytest.approx(0)


def test_true_probabilities_of_few_questions_err_by_chance() -> None:
    few, many = (reliability.error_by_chance(np.linspace(0.05, 0.95, size)) for size in (100, 10_000))
    assert 0.05 < few < 0.15
    assert many == pytest.approx(few / 10, rel=0.2)


def test_each_bin_counts_by_its_size() -> None:
    probability = np.array([0.05] * 3 + [0.95])
    right = np.array([False] * 3 + [False])
    assert reliability.calibration_error(probability, right) == pytest.approx(3 / 4 * 0.05 + 1 / 4 * 0.95)


def case(*features: dict[str, float], right: int | None = 0, of: str = "toy") -> decision.Case:
    """Return a question of the set `of` whose candidates have these features; `right` is the one that answers."""
    setting = Setting("Apa itu CSTO?", *["CSTO adalah aliansi."] * len(features))
    found = tuple(Candidate(each.retrieved, features[place], each.short) for place, each in enumerate(setting.ranked))
    asked = Asked("", "q", setting.question.text, (), "other_fact", "formal", right is not None, (), ())
    proofs = {each.number: place == right for place, each in enumerate(found)}
    return decision.Case(of, asked, setting.question, [found], None, proofs)


def test_the_ranker_learns_what_tells_the_right_ones() -> None:
    cases = [
        case({"good": 1.0, "bad": 0.0, "noise": 0.5}, {"good": 0.0, "bad": 1.0, "noise": 0.5}),
        case({"good": 0.0, "bad": 1.0, "noise": 0.2}, {"good": 0.8, "bad": 0.1, "noise": 0.2}, right=1),
        case({"good": 0.3, "bad": 0.3, "noise": 0.9}, right=None),  # teaches nothing
    ]
    weights = decision.fit_ranker(cases, ("good", "bad", "noise"))
    assert list(weights) == ["good", "bad", "noise"]
    assert weights["good"] > 0 > weights["bad"]
    assert weights["noise"] == pytest.approx(0, abs=1e-3)
    for each in cases[:2]:
        best = AnswerModel(weights, {}, 0, 0, 0, (0, 0), (0, 0)).rank(each.readings[0])[0]
        assert each.proves(best)


def test_the_abstainer_learns_when_the_best_answers() -> None:
    good = {"good": 1.0, "fit": 1.0}
    bad = {"good": 0.0, "fit": 1.0}
    cases = [case(good), case(good), case(bad, right=None), case(bad, right=None)]
    weights = decision.fit_abstainer(cases, {"good": 1.0}, ("good",))
    assert set(weights) == {"bias", "good"}
    assert weights["bias"] < 0 < weights["bias"] + weights["good"]


def test_a_large_set_counts_more_than_a_small_one_but_less_for_each_question() -> None:
    cases = [case({"good": 1.0}, of=name) for name in ("small", *["large"] * 4)]
    counts = decision.balance(cases)
    assert counts["small"] == pytest.approx(2 * counts["large"])
    assert 4 * counts["large"] == pytest.approx(2 * counts["small"])


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        ([0.9, 0.5, 0.5], 0.9),  # sure enough unread
        ([0.5, 0.75, 0.1], 0.75),  # sure enough once the first passage is read
        ([0.5, 0.65, 0.1], 0.1),
        ([0.5, 0.15], 0.15),  # there is one passage
        ([0.5], 0.5),  # there is no reader
    ],
)
def test_a_question_is_decided_when_it_is_out_of_doubt(readings: Sequence[float], expected: float) -> None:
    found = decision.decided([(each, each == expected) for each in readings], (0.1, 0.8))
    assert found == (expected, True)


def left_out(probability: NDArray[np.float64], right: NDArray[np.bool_]) -> decision.LeftOut:
    return decision.LeftOut(np.repeat("toy", len(right)), right, probability, right)


def test_the_thresholds_are_in_order() -> None:
    probability = np.array([0.9, 0.8, 0.2, 0.1] * 25)
    right = np.array([True, True, False, False] * 25)
    table = left_out(probability, right).thresholds((0.8, 0.95))
    assert 0.2 < table["answer_from"] <= 0.8
    assert table["answer_from"] <= table["sedang_from"] <= table["tinggi_from"] <= 1


def test_the_words_are_kept_for_answers_that_are_right_as_often_as_they_promise() -> None:
    probability = np.repeat([0.9, 0.7, 0.5], 10)
    right = np.arange(30) % 10 < np.repeat([10, 9, 7], 10)
    table = left_out(probability, right).thresholds((0.9, 1.0))
    assert table["answer_from"] <= 0.5 < table["sedang_from"] <= 0.7 < table["tinggi_from"] <= 0.9
    never = left_out(probability, right).thresholds((1.1, 1.1))
    assert (never["sedang_from"], never["tinggi_from"]) == (1.0, 1.0)


# Rivals

RANKER = {"bm25": 1.0}
PROOFS = "CSTO didirikan pada 1992.", "CSTO didirikan pada 2002."


def disputed(*articles: str, sides: tuple[tuple[int, ...], ...] = ()) -> decision.Case:
    """Return when CSTO was founded, asked of articles; `sides` are made of `PROOFS`, by their places."""
    setting = Setting("Kapan CSTO didirikan?", *articles)
    evidence = tuple(GoldEvidence(quote, (quote[-5:-1],)) for quote in PROOFS)
    kind = "conflict" if sides else "date"
    asked = Asked("", "q", setting.question.text, (), kind, "formal", True, evidence, sides)
    proofs = {each.number: True for each in setting.ranked}
    return decision.Case("toy", asked, setting.question, [setting.ranked], None, proofs)


@pytest.mark.parametrize(
    ("articles", "sides", "right"),
    [
        (PROOFS, ((0,), (1,)), [True]),
        (PROOFS, ((0, 1),), [False]),  # on one side, whatever their figures
        (PROOFS, (), [False]),  # the question has one answer: the other claim is about something else
        ((PROOFS[0], "CSTO didirikan pada 2012."), ((0,), (1,)), [False]),  # on no side
        ((PROOFS[0], PROOFS[0]), ((0,), (1,)), []),  # agree
        ((PROOFS[0], "CSTO didirikan di Tashkent."), ((0,), (1,)), []),  # claims nothing
        (("Cuaca cerah.",), ((0,), (1,)), []),  # nothing is found
    ],
)
def test_a_contradicting_claim_is_right_on_another_side(
    articles: tuple[str, ...], sides: tuple[tuple[int, ...], ...], right: list[bool]
) -> None:
    assert [told for _, told in decision.rival_rows(disputed(*articles, sides=sides), RANKER)] == right


def test_it_is_learned_which_claims_are_about_the_same_thing() -> None:
    same = disputed(*PROOFS, sides=((0,), (1,)))
    other = disputed(PROOFS[0], "CSTO dan NATO bertemu di Moskow pada 2022.")
    weights = decision.fit_rivals([same, other] * 5, RANKER)
    likely = [weighted(weights, row) for each in (same, other) for row, _ in decision.rival_rows(each, RANKER)]
    assert likely[0] > 0 > likely[1]
    assert "reading" not in weights  # nothing was read


def test_a_table_is_read_as_it_was_written() -> None:
    ranker, abstainer = {"context": 1.25, "heading": -0.5}, {"bias": -2.0, "score": 0.125}
    rivals: dict[str, decision.Value] = {"rival_from": 0.25, "rival": {"bias": -8.0}}
    table: dict[str, decision.Value] = {
        "answer_from": 0.55,
        "read_between": (0.25, 1.0),
        "ranker": ranker,
        "abstainer": abstainer,
        **rivals,
    }
    text = decision.toml_table("light.bank", table) + "\n" + decision.toml_table("full.text", {"answer_from": -0.0})
    bank = {**table, "read_between": [0.25, 1.0]}
    assert tomllib.loads(text) == {"light": {"bank": bank}, "full": {"text": {"answer_from": 0.0}}}
    assert "-0.000" not in text


@pytest.mark.parametrize("kind", ["bank", "text"])
def test_the_shipped_light_weights_are_what_is_fitted(kind: str) -> None:
    shipped = tomllib.loads(decision.WEIGHTS.read_text("utf-8"))["light"][kind]
    fitted, _ = decision.fit(kind, None)
    assert list(fitted) == list(shipped)
    for name, value in shipped.items():
        assert fitted[name] == pytest.approx(value, abs=2e-3), name
