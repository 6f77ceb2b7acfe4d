"""Confidence: whether the best sentence answers at all, and in which word to say how sure that is."""

from __future__ import annotations

import math
from typing import Final

from tanya_csto.answer.answer import Confidence
from tanya_csto.answer.select import Candidate
from tanya_csto.question.question import Question

REFUSE_BELOW: Final = 0.0
WEIGHTS: Final = {"bias": -1.0, "score": 1.0}


def support(question: Question, ranked: tuple[Candidate, ...]) -> float:
    """Return the log-odds that the best sentence answers the question."""
    return sum(WEIGHTS.get(name, 0.0) * value for name, value in signals(question, ranked).items())


def signals(question: Question, ranked: tuple[Candidate, ...]) -> dict[str, float]:
    """Return what speaks for and against the best sentence being an answer."""
    best = ranked[0]
    matches = best.evidence.matches
    total = sum(match.weight for match in matches) or 1.0
    lacking = [match.weight for match in matches if max(match.worth, match.nearby) == 0]
    absent = [match.weight for match in matches if match.worth == 0]
    return {
        "bias": 1.0,
        "score": best.score,
        "coverage": best.features["coverage"],
        "context": best.features["context"],
        "fit": best.features["fit"],
        "closeness": best.features["closeness"],
        "names": best.features["names"],
        "worst": max(absent, default=0.0) / 5.0,
        "lacking": sum(lacking) / total,
        "length": math.log1p(len(matches)),
        "margin": best.score - ranked[1].score if len(ranked) > 1 else 0.0,
    }


def confidence_word(log_odds: float) -> Confidence:
    """Return the word for a support."""
    return "tinggi" if log_odds > 2 else "sedang" if log_odds > 0.8 else "rendah"
