"""The intent classifier: a small network that says with which probability a question belongs to each class."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

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

    def probabilities(self, projected: Floats) -> Floats:
        """Return the probability of each class for an input that is projected onto the hidden units already."""
        logits = np.maximum(projected + self.bias, 0) @ self.output + self.output_bias
        odds = np.exp(logits - logits.max())
        normalised: Floats = odds / odds.sum()
        return normalised


@dataclass(frozen=True)
class NgramClassifier:
    """Reads a question as the buckets of its n-grams, each weighed by its idf; needs no network package.

    `weights` has shape (buckets, hidden) and is kept in int8; `idf` has shape (buckets,).
    """

    layers: Layers
    weights: NDArray[np.int8]
    scale: float
    idf: Floats

    def probabilities(self, buckets: NDArray[np.int32]) -> Floats:
        """Return the probability of each class for a question with these buckets."""
        weighted = self.idf[buckets]
        norm = float(np.sqrt(weighted @ weighted)) or 1.0
        projected: Floats = weighted @ self.weights[buckets].astype(np.float32) * np.float32(self.scale / norm)
        return self.layers.probabilities(projected)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return all that the classifier is, as arrays by name."""
        return {"weights": self.weights, "scale": np.float32(self.scale), "idf": self.idf, **vars(self.layers)}

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]]) -> NgramClassifier:
        """Return the classifier that `arrays` was called on."""
        return cls(_layers(arrays), arrays["weights"], float(arrays["scale"]), arrays["idf"])


@dataclass(frozen=True)
class VectorClassifier:
    """Reads a question as its vector by the sentence encoder; `weights` has shape (dimensions, hidden)."""

    layers: Layers
    weights: Floats
    mean: Floats
    spread: Floats

    def probabilities(self, vector: Floats) -> Floats:
        """Return the probability of each class for a question with this vector."""
        return self.layers.probabilities(standardise(vector, self.mean, self.spread) @ self.weights)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return all that the classifier is, as arrays by name."""
        return {"weights": self.weights, "mean": self.mean, "spread": self.spread, **vars(self.layers)}

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]]) -> VectorClassifier:
        """Return the classifier that `arrays` was called on."""
        return cls(_layers(arrays), arrays["weights"], arrays["mean"], arrays["spread"])


def standardise(vectors: Floats, mean: Floats, spread: Floats) -> Floats:
    """Return vectors with every dimension centred and of equal spread, about of unit length."""
    standard: Floats = (vectors - mean) / (spread * np.float32(np.sqrt(len(mean))))
    return standard


def quantise(weights: Floats) -> tuple[NDArray[np.int8], float]:
    """Return weights in int8 and the scale that takes them back: ``quantised * scale``."""
    scale = float(np.abs(weights).max()) / _STEPS or 1.0
    return np.round(weights / scale).astype(np.int8), scale


def _layers(arrays: Mapping[str, NDArray[Any]]) -> Layers:
    return Layers(arrays["bias"], arrays["output"], arrays["output_bias"])
