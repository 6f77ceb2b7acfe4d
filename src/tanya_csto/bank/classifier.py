"""The intent classifier: a small network that says with which probability a question belongs to each class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_STEPS: Final = 127  # of an int8 on either side of zero


@dataclass(frozen=True)
class NgramClassifier:
    """Reads a question as the buckets of its n-grams, each weighed by its idf; needs no network package.

    One hidden layer of rectified units, and a softmax over the classes. `bias` has shape (hidden,), `output` (hidden,
    classes), `output_bias` (classes,), `weights` (buckets, hidden), in int8, and `idf` (buckets,).
    """

    bias: Floats
    output: Floats
    output_bias: Floats
    weights: NDArray[np.int8]
    scale: np.float32
    idf: Floats

    def probabilities(self, buckets: NDArray[np.int32]) -> Floats:
        """Return the probability of each class for a question with these buckets."""
        weighted = self.idf[buckets]
        norm = float(np.sqrt(weighted @ weighted)) or 1.0
        scale = np.float32(float(self.scale) / norm)
        projected = weighted @ self.weights[buckets].astype(np.float32) * scale
        logits = np.maximum(projected + self.bias, 0) @ self.output + self.output_bias
        odds = np.exp(logits - logits.max())
        normalised: Floats = odds / odds.sum()
        return normalised


def quantise(weights: Floats) -> tuple[NDArray[np.int8], np.float32]:
    """Return weights in int8 and the scale that takes them back: ``quantised * scale``."""
    scale = np.float32(float(np.abs(weights).max()) / _STEPS or 1.0)
    return np.round(weights / scale).astype(np.int8), scale
