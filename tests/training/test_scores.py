"""The scores of a reader, counted by hand."""

from __future__ import annotations

import pytest
from training.data import Example
from training.evaluate import Readings, tune

from tanya_csto.models.reader import NOTHING, Reading

PASSAGE = "Kopi gayo ditanam sejak 1908 di Aceh."
FOUND = {
    "Kapan?": Reading(24, 28, 4.0, 1.0),  # 1908, which is right
    "Di mana?": Reading(29, 36, 2.0, 0.0),  # di Aceh, for Aceh
    "Siapa?": Reading(0, 9, 3.0, -4.0),  # not told
    "Mengapa?": NOTHING,
}
EXAMPLES = [
    Example("Kapan?", PASSAGE, (24, 28), "idk", golds=("1908",)),
    Example("Di mana?", PASSAGE, (32, 36), "idk", golds=("Aceh",)),
    Example("Siapa?", PASSAGE, None, "idk"),
    Example("Mengapa?", PASSAGE, None, "idk"),
]


def readings(*questions: str) -> Readings:
    examples = [example for example in EXAMPLES if example.question in (questions or FOUND)]
    return Readings(lambda question, _: FOUND[question], examples)


def test_a_set_is_scored_as_counted_by_hand() -> None:
    assert readings().scores(weight=0, threshold=1) == {
        "n": 4,
        "em": 50.0,  # Kapan, Mengapa
        "f1": pytest.approx(100 * (1 + 2 / 3 + 1) / 4, abs=0.1),
        "answerable_em": 50.0,
        "answerable_f1": pytest.approx(100 * (1 + 2 / 3) / 2, abs=0.1),
        "forced_f1": pytest.approx(100 * (1 + 2 / 3) / 2, abs=0.1),
        "refused": 50.0,
        "auc": 0.75,
    }


def test_a_set_of_one_sort_has_the_figures_of_that_sort_alone() -> None:
    assert readings("Siapa?", "Mengapa?").scores(0, 1).keys() == {"n", "em", "f1", "refused"}
    assert "refused" not in readings("Kapan?").scores(0, 1)


def test_the_weight_and_threshold_that_tell_most_are_chosen() -> None:
    weight, threshold = tune([readings()])
    assert weight > 0  # the head alone knows that "Siapa?" is not told
    assert readings().scores(weight, threshold)["refused"] == 100.0


def test_a_threshold_has_to_refuse_wrong_passages() -> None:
    wrong = Readings(lambda *_: Reading(0, 4, 9.0, 9.0), EXAMPLES[2:])
    assert tune([readings()], wrong)[1] == 0.0  # none is high enough
