"""The answer model: weights read from one file, sums of features, and words that follow the log-odds."""

from __future__ import annotations

import pytest

from tanya_csto.ranking.model import AnswerModel, weighted


def test_a_weighted_sum() -> None:
    assert weighted({"a": 2.0, "b": -1.0}, {"a": 3.0, "b": 4.0}) == 2.0


@pytest.fixture(scope="module")
def model() -> AnswerModel:
    return AnswerModel.load("light")


def test_more_support_never_sounds_less_sure(model: AnswerModel) -> None:
    words = [model.word(value / 10) for value in range(-50, 51)]
    order = ["rendah", "sedang", "tinggi"]
    assert [order.index(word) for word in words] == sorted(order.index(word) for word in words)
    assert set(words) == set(order)


def test_the_weights_point_the_right_way(model: AnswerModel) -> None:
    assert all(model.ranker[name] > 0 for name in ("coverage", "context", "bm25", "fit", "closeness"))
    assert all(model.ranker[name] < 0 for name in ("heading", "names"))
    assert all(model.abstainer[name] <= 0 for name in ("bias", "names", "absent_names", "lacking", "person"))
