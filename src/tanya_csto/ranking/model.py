"""The answer model: the fitted weights by which sentences are ranked and an answer is given or refused."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import resources
from typing import Any, Final, Literal

from tanya_csto.bank.opinion import BankOpinion
from tanya_csto.models.networks import Mode
from tanya_csto.question.parser import Question
from tanya_csto.ranking.answerability import answerability
from tanya_csto.ranking.features import Candidate

Confidence = Literal["tinggi", "sedang", "rendah"]

CERTAIN: Final = 0.99


@dataclass(frozen=True, slots=True)
class AnswerModel:
    """Two linear models over named features, read from `weights.toml`, which `python -m training.decision` writes.

    `ranker` scores a candidate sentence; `abstainer` gives the log-odds that the best one answers (logistic regression,
    calibrated on question sets that were left out). An answer is given from the probability `answer_from` on, and
    called "sedang" and "tinggi" from theirs on. An answer of a probability inside `read_between` is read before it is
    decided, and one inside `read_on_between` in more passages than the first. `rival` gives the log-odds that another
    claim is about the same thing, and contradicts from the probability `rival_from` on; a bank knows its disagreements,
    and needs none.
    """

    ranker: Mapping[str, float]
    abstainer: Mapping[str, float]
    answer_from: float
    sedang_from: float
    tinggi_from: float
    read_between: tuple[float, float]
    read_on_between: tuple[float, float]
    rival: Mapping[str, float] = field(default_factory=dict)
    rival_from: float = 1.0

    @classmethod
    def load(cls, mode: Mode, *, bank: bool) -> AnswerModel:
        """Return the model of a mode, for a corpus with or without a question bank."""
        text = (resources.files(__package__) / "weights.toml").read_text(encoding="utf-8")
        table: dict[str, Any] = tomllib.loads(text)[mode]["bank" if bank else "text"]
        return cls(**table)

    def rank(self, candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
        """Return the candidates scored, best first; ties keep corpus order."""
        scored = (replace(each, score=weighted(self.ranker, each.features)) for each in candidates)
        return tuple(sorted(scored, key=lambda candidate: (-candidate.score, candidate.number)))

    def probability(self, question: Question, ranked: Sequence[Candidate], opinion: BankOpinion | None) -> float:
        """Return the probability that the best sentence answers.

        It is at least `CERTAIN` where the bank is as sure of what the sentence tells.
        """
        if not ranked:
            return 0.0
        probability = _sigmoid(weighted(self.abstainer, answerability(question, ranked, opinion)))
        told = opinion.sentences.get(ranked[0].number, 0.0) if opinion else 0.0
        return max(probability, CERTAIN) if told >= CERTAIN else probability

    def rivalry(self, features: Mapping[str, float]) -> float:
        """Return how likely a candidate with these features (see `find_rivals`) speaks of what the best one does."""
        return _sigmoid(weighted(self.rival, features))

    def is_rival(self, features: Mapping[str, float]) -> bool:
        """Tell whether a candidate with these features speaks of the same thing as the best one."""
        return self.rivalry(features) >= self.rival_from

    def is_in_doubt(self, probability: float, *, read: bool) -> bool:
        """Tell whether an answer of this probability should be read, or, where it is, read in more passages."""
        low, high = self.read_on_between if read else self.read_between
        return low < probability < high

    def confidence(self, probability: float) -> Confidence:
        """Return the word for how sure an answer of this probability is."""
        return (
            "tinggi" if probability >= self.tinggi_from else "sedang" if probability >= self.sedang_from else "rendah"
        )


def weighted(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    """Return the weighted sum of the features; one without a weight counts nothing."""
    return sum(weights.get(name, 0.0) * value for name, value in features.items())


def _sigmoid(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))
