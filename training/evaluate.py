"""Scores: exact match and F1 as in SQuAD 2.0 (Rajpurkar et al. 2018), AUC, refusals, and the threshold."""

import string
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tanya_csto.models.reader import Reader, Reading
from tanya_csto.models.surface import normalise_question
from training.data import Example

PUNCTUATION = str.maketrans("", "", string.punctuation + "“”‘’–—")
WEIGHTS = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0)


def plain(text: str) -> str:
    """Lower-case, without punctuation, single spaces; Indonesian has no articles to drop."""
    return " ".join(text.lower().translate(PUNCTUATION).split())


def f1(found: str, gold: str) -> float:
    """Return the harmonic mean of precision and recall over words."""
    a, b = plain(found).split(), plain(gold).split()
    if not a or not b:
        return float(a == b)
    common = sum((Counter(a) & Counter(b)).values())
    return 2 * common / (len(a) + len(b))


def auc(scores: NDArray[np.float64], positive: NDArray[np.bool_]) -> float:
    """Return the chance that a positive scores above a negative (Mann-Whitney); ties are broken by order."""
    ranks = scores.argsort(kind="stable").argsort() + 1
    count = positive.sum()
    return float((ranks[positive].sum() - count * (count + 1) / 2) / (count * (~positive).sum()))


@dataclass(frozen=True, slots=True)
class Scores:
    """Percentages over one set; AUC out of 1. What a set has no questions for is NaN."""

    n: int
    em: float
    f1: float
    answerable_em: float
    answerable_f1: float
    forced_f1: float  # of answerable questions, when the reader may not refuse
    refused: float  # of unanswerable questions
    auc: float


class Memory:
    """A reader that reads each pair of question (in its one surface) and passage only once."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.known: dict[tuple[str, str], Reading] = {}

    def read_many(self, questions: Sequence[str], passages: Sequence[str]) -> list[Reading]:
        """Read as the reader does."""
        pairs = [(normalise_question(q), p) for q, p in zip(questions, passages, strict=True)]
        new = [pair for pair in dict.fromkeys(pairs) if pair not in self.known]
        readings = self.reader.read_many([q for q, _ in new], [p for _, p in new])
        self.known.update(zip(new, readings, strict=True))
        return [self.known[pair] for pair in pairs]


class Readings:
    """The readings of one set of examples, scored under any weight and threshold."""

    def __init__(self, reader: Reader | Memory, examples: Sequence[Example]) -> None:
        self.examples = list(examples)
        self.readings: list[Reading] = reader.read_many([e.question for e in examples], [e.passage for e in examples])
        self.answerable = np.array([e.answer is not None for e in examples])
        self.span = np.array([r.span_score for r in self.readings])
        self.head = np.array([r.answerable for r in self.readings])
        texts = [e.passage[r.start : r.end] for e, r in zip(examples, self.readings, strict=True)]
        pairs = list(zip(texts, self.examples, strict=True))
        self.exact = np.array([max((float(plain(t) == plain(g)) for g in e.golds), default=0.0) for t, e in pairs])
        self.overlap = np.array([max((f1(t, g) for g in e.golds), default=0.0) for t, e in pairs])

    def scores(self, weight: float, threshold: float) -> Scores:
        """Score at one operating point."""
        value = self.span + weight * self.head
        said = value > threshold
        yes, no = self.answerable, ~self.answerable
        exact = np.where(yes, said * self.exact, ~said)
        overlap = np.where(yes, said * self.overlap, ~said)

        def percent(values: NDArray[np.float64]) -> float:
            return round(100 * float(values.mean()), 1) if len(values) else float("nan")

        return Scores(
            n=len(value),
            em=percent(exact),
            f1=percent(overlap),
            answerable_em=percent(exact[yes]),
            answerable_f1=percent(overlap[yes]),
            forced_f1=percent(self.overlap[yes]),
            refused=percent(overlap[no]),
            auc=round(auc(value, yes), 3) if yes.any() and no.any() else float("nan"),
        )


def tune(parts: Sequence[Readings], wrong: Sequence[Readings] = (), refused: float = 90.0) -> tuple[float, float]:
    """Return the weight and threshold best on `parts` (EM and F1) that refuse enough of `wrong`."""
    best = (float("-inf"), 0.0, 0.0)
    for weight in WEIGHTS:
        values = np.concatenate([part.span + weight * part.head for part in parts])
        for threshold in np.quantile(values, np.linspace(0.02, 0.98, 97)):
            scored = [part.scores(weight, threshold) for part in parts]
            mean = float(np.mean([(s.em + s.f1) / 2 for s in scored]))
            if mean > best[0] and all(part.scores(weight, threshold).refused >= refused for part in wrong):
                best = (mean, weight, float(threshold))
    return best[1], round(best[2], 3)
