"""The answer model: the fitted weights by which a sentence is chosen and an answer is given or refused."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any, Literal

from tanya_csto.models.networks import Mode

Confidence = Literal["tinggi", "sedang", "rendah"]


@dataclass(frozen=True, slots=True)
class AnswerModel:
    """Two linear models over named features, read from `weights.toml`, which `python -m training.decision` writes.

    `ranker` scores a candidate sentence; `abstainer` gives the log-odds that the best one answers (logistic
    regression). An answer is given from `answer_from` on, and called "sedang" and "tinggi" from those log-odds on.
    """

    ranker: Mapping[str, float]
    abstainer: Mapping[str, float]
    answer_from: float
    sedang_from: float
    tinggi_from: float

    @classmethod
    def load(cls, mode: Mode) -> AnswerModel:
        """Return the model fitted for the packages that are installed."""
        text = (resources.files(__package__) / "weights.toml").read_text(encoding="utf-8")
        table: dict[str, Any] = tomllib.loads(text)[mode]
        return cls(**table)

    def word(self, log_odds: float) -> Confidence:
        """Return the word for how sure an answer with these log-odds is."""
        return "tinggi" if log_odds >= self.tinggi_from else "sedang" if log_odds >= self.sedang_from else "rendah"


def weighted(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    """Return the weighted sum of the features; one without a weight counts nothing."""
    return sum(weights.get(name, 0.0) * value for name, value in features.items())
