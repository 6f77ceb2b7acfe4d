"""The learner: trains an intent classifier in numpy alone; one machine makes the same bytes every time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tanya_csto.bank.classifier import Floats, NgramClassifier, quantise
from tanya_csto.bank.ngrams import BUCKETS

Labels = NDArray[np.int64]

EPSILON: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Plan:
    """How a classifier is trained; the defaults won on question sets that were left out (see docs/decisions/)."""

    hidden: int
    epochs: int = 20
    batch: int = 128
    rate: float = 0.2
    input_dropout: float = 0.5
    hidden_dropout: float = 0.3
    seed: int = 0


def train_ngrams(
    questions: Sequence[NDArray[np.int32]],
    labels: Labels,
    classes: int,
    plan: Plan,
    watched: Callable[[range], Iterable[int]] = iter,
) -> NgramClassifier:
    """Return the classifier of questions that are given by their buckets; `watched` goes through the epochs."""
    held = np.bincount(np.concatenate(questions), minlength=BUCKETS)
    idf = (np.log((1 + len(questions)) / (1 + held)) + 1).astype(np.float32)
    network = _Network(BUCKETS, classes, plan)
    random = np.random.default_rng(plan.seed)
    rows = [_unit(idf[buckets]) for buckets in questions]
    for batch, rate in _batches(len(questions), plan, random, watched):
        lengths = np.array([len(questions[place]) for place in batch])
        columns, where = np.unique(np.concatenate([questions[place] for place in batch]), return_inverse=True)
        values = np.concatenate([rows[place] for place in batch]) * _kept(len(where), plan.input_dropout, random)
        inputs = np.zeros((len(batch), len(columns)), np.float32)
        inputs[np.repeat(np.arange(len(batch)), lengths), where] = values
        network.step(inputs, columns, labels[batch], rate, random)
    weights, scale = quantise(network.weights)
    return NgramClassifier(*network.layers, weights, scale, idf)


class _Network:
    """The weights while they are learned: Adagrad (Duchi et al. 2011) for the input's, Adam for all others'."""

    def __init__(self, inputs: int, classes: int, plan: Plan) -> None:
        random = np.random.default_rng(plan.seed)
        hidden = plan.hidden
        self.weights = (0.1 * random.standard_normal((inputs, hidden))).astype(np.float32)
        output = (random.standard_normal((hidden, classes)) / np.sqrt(hidden)).astype(np.float32)
        self.layers: Final = (np.zeros(hidden, np.float32), output, np.zeros(classes, np.float32))
        self._squares = np.full((inputs, hidden), EPSILON, np.float32)
        self._means = [np.zeros_like(each) for each in self.layers]
        self._variances = [np.zeros_like(each) for each in self.layers]
        self._steps = 0
        self._dropout = plan.hidden_dropout

    def step(
        self, inputs: Floats, columns: NDArray[np.int64], labels: Labels, rate: float, random: np.random.Generator
    ) -> None:
        """Learn from one batch: `inputs` has shape (batch, columns), its columns are those of the whole input."""
        bias, output, output_bias = self.layers
        before = inputs @ self.weights[columns] + bias
        kept = _kept(before.size, self._dropout, random).reshape(before.shape)
        hidden = np.maximum(before, 0) * kept
        logits = hidden @ output + output_bias
        wrong = np.exp(logits - logits.max(1, keepdims=True))
        wrong /= wrong.sum(1, keepdims=True)
        wrong[np.arange(len(labels)), labels] -= 1
        wrong /= len(labels)
        back = wrong @ output.T * kept * (before > 0)
        slope = inputs.T @ back
        self._squares[columns] += slope * slope
        self.weights[columns] -= rate * slope / np.sqrt(self._squares[columns])
        self._adam([back.sum(0), hidden.T @ wrong, wrong.sum(0)], rate / 10)

    def _adam(self, slopes: Sequence[Floats], rate: float) -> None:
        """Take one step of Adam (Kingma and Ba 2015, arXiv 1412.6980)."""
        self._steps += 1
        for weights, mean, variance, slope in zip(self.layers, self._means, self._variances, slopes, strict=True):
            mean += 0.1 * (slope - mean)
            variance += 0.001 * (slope * slope - variance)
            unbiased = mean / (1 - 0.9**self._steps)
            weights -= rate * unbiased / (np.sqrt(variance / (1 - 0.999**self._steps)) + 1e-8)


def _batches(
    count: int, plan: Plan, random: np.random.Generator, watched: Callable[[range], Iterable[int]]
) -> Iterator[tuple[NDArray[np.int64], float]]:
    """Yield the places of each batch, and the rate for it, which falls to zero in a straight line."""
    steps, done = plan.epochs * -(-count // plan.batch), 0
    for _ in watched(range(plan.epochs)):
        order = random.permutation(count)
        for start in range(0, count, plan.batch):
            yield order[start : start + plan.batch], plan.rate * (1 - done / steps)
            done += 1


def _kept(count: int, dropout: float, random: np.random.Generator) -> Floats:
    """Return what each of `count` values is multiplied by where a share of them is dropped (Srivastava et al. 2014)."""
    kept: Floats = (random.random(count, np.float32) >= dropout).astype(np.float32) / np.float32(1 - dropout)
    return kept


def _unit(values: Floats) -> Floats:
    length = float(np.sqrt(values @ values)) or 1.0
    unit: Floats = values / np.float32(length)
    return unit
