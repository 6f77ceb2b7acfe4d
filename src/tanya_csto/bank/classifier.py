"""The intent classifier: a small network that says with which probability a question belongs to each class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_STEPS: Final = 127  # of an int8 on either side of zero


@dataclass(frozen=True)
class Layers:
    """What both classifiers share: one hidden layer of rectified units, and a softmax over the classes.

    `bias` has shape (hidden,), `output` (hidden, classes), `output_bias` (classes,).
    """

    bias: Floats
    output: Floats
    output_bias: Floats

    def softmax(self, projected: Floats) -> Floats:
        """Return the probability of each class for an input that is projected onto the hidden units already."""
        logits = np.maximum(projected + self.bias, 0) @ self.output + self.output_bias
        odds = np.exp(logits - logits.max())
        normalised: Floats = odds / odds.sum()
        return normalised


@dataclass(frozen=True)
class NgramClassifier(Layers):
    """Reads a question as the buckets of its n-grams, each weighed by its idf; needs no network package.

    `weights` has shape (buckets, hidden) and is kept in int8; `idf` has shape (buckets,).
    """

    weights: NDArray[np.int8]
    scale: np.float32
    idf: Floats

    def probabilities(self, buckets: NDArray[np.int32]) -> Floats:
        """Return the probability of each class for a question with these buckets."""
        weighted = self.idf[buckets]
        norm = float(np.sqrt(weighted @ weighted)) or 1.0
        scale = np.float32(float(self.scale) / norm)
        return self.softmax(weighted @ self.weights[buckets].astype(np.float32) * scale)


@dataclass(frozen=True)
class VectorClassifier(Layers):
    """Reads a question as its vector by the sentence encoder; `weights` has shape (dimensions, hidden)."""

    weights: Floats
    mean: Floats
    spread: Floats

    def probabilities(self, vector: Floats) -> Floats:
        """Return the probability of each class for a question with this vector."""
        return self.softmax(standardise(vector, self.mean, self.spread) @ self.weights)


def standardise(vectors: Floats, mean: Floats, spread: Floats) -> Floats:
    """Return vectors with every dimension centred and of equal spread, about of unit length."""
    standard: Floats = (vectors - mean) / (spread * np.float32(np.sqrt(len(mean))))
    return standard


def quantise(weights: Floats) -> tuple[NDArray[np.int8], np.float32]:
    """Return weights in int8 and the scale that takes them back: ``quantised * scale``."""
    scale = np.float32(float(np.abs(weights).max()) / _STEPS or 1.0)
    return np.round(weights / scale).astype(np.int8), scale
