"""The classifiers: they give a distribution, are kept as arrays, and lose little in int8."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from tanya_csto.bank.classifier import NgramClassifier, quantise

BUCKETS, HIDDEN, CLASSES = 12, 4, 3
floats = st.floats(-1000, 1000, width=32)


def by_ngrams() -> NgramClassifier:
    random = np.random.default_rng(2)
    weights, scale = quantise(random.standard_normal((BUCKETS, HIDDEN)).astype(np.float32))
    bias, output, output_bias = (
        random.standard_normal(shape).astype(np.float32) for shape in ((HIDDEN,), (HIDDEN, CLASSES), (CLASSES,))
    )
    return NgramClassifier(bias, output, output_bias, weights, scale, random.uniform(1, 9, BUCKETS).astype(np.float32))


@given(st.sets(st.integers(0, BUCKETS - 1)))
def test_the_probabilities_of_any_buckets_add_up_to_one(found: set[int]) -> None:
    probabilities = by_ngrams().probabilities(np.array(sorted(found), np.int32))
    assert probabilities.shape == (CLASSES,)
    assert (probabilities >= 0).all()
    assert float(probabilities.sum()) == pytest.approx(1)


def test_the_network_is_a_layer_of_rectified_units_and_a_softmax() -> None:
    weights = np.array([[127, 0], [0, 0]], np.int8)
    layers = np.array([0, -1], np.float32), np.array([[1, 0], [0, 1]], np.float32), np.zeros(2, np.float32)
    network = NgramClassifier(*layers, weights, np.float32(1 / 127), np.ones(2, np.float32))
    odds = network.probabilities(np.array([0], np.int32))
    assert odds[0] / odds[1] == pytest.approx(np.e)  # the second unit, below zero, says nothing
    far = NgramClassifier(*layers, weights, np.float32(500 / 127), np.ones(2, np.float32))
    assert far.probabilities(np.array([0], np.int32)).tolist() == [1, 0]  # no overflow


def test_a_question_weighs_the_same_however_long_it_is() -> None:
    layers = np.zeros(1, np.float32), np.array([[1, -1]], np.float32), np.zeros(2, np.float32)
    scale = np.float32(1 / 127)
    classifier = NgramClassifier(*layers, np.full((9, 1), 127, np.int8), scale, np.ones(9, np.float32))
    one, nine = (classifier.probabilities(np.arange(count, dtype=np.int32)) for count in (1, 9))
    assert one[0] / one[1] == pytest.approx(np.exp(2))
    assert nine[0] / nine[1] == pytest.approx(np.exp(2 * 3))  # nine weights of a vector of length 1


@given(arrays(np.float32, array_shapes(min_dims=2, max_dims=2), elements=floats.map(round)))
def test_int8_is_off_by_half_a_step_at_most(weights: np.ndarray) -> None:
    quantised, scale = quantise(weights)
    assert quantised.dtype == np.int8
    assert scale > 0
    error = np.abs(quantised * scale - weights.astype(np.float64)).max()
    assert error <= scale / 2 * (1 + 1e-4)
    assert scale == pytest.approx(float(np.abs(weights).max()) / 127) or not weights.any()


def test_the_largest_weights_keep_their_sign_and_size() -> None:
    quantised, scale = quantise(np.array([[-2.54, 2.54, 0]], np.float32))
    assert quantised.tolist() == [[-127, 127, 0]]
    assert scale == pytest.approx(0.02)
