"""Wrong passages: what a search by words brings up for a question when it misses."""

import random
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from training.data import Example

DEPTH = 4  # wrong passages of a question
OPENING = 200  # code points of the right passage that are searched with beside the question


class WrongPassages:
    """For every answerable question the passages of its source nearest to it that do not hold its answer."""

    def __init__(self, examples: Sequence[Example]) -> None:
        passages: dict[str, set[str]] = defaultdict(set)
        for example in examples:
            passages[example.source].add(example.passage)
        self._passages = {source: sorted(texts) for source, texts in passages.items()}
        self._words = {source: TfidfVectorizer(sublinear_tf=True) for source in passages}
        self._vectors = {source: self._words[source].fit_transform(texts) for source, texts in self._passages.items()}
        self._near: dict[tuple[str, str], list[str]] = {}

    def near(self, example: Example) -> list[str]:
        """Return the wrong passages of `example`, the nearest first."""
        key = (example.question, example.passage)
        if key not in self._near:
            asked = self._words[example.source].transform([f"{example.question} {example.passage[:OPENING]}"])
            likeness = (self._vectors[example.source] @ asked.T).toarray()[:, 0]
            nearest = (self._passages[example.source][number] for number in np.argsort(-likeness)[: 3 * DEPTH])
            self._near[key] = [passage for passage in nearest if not _answers(passage, example)][:DEPTH]
        return self._near[key]

    def draw(self, example: Example, rng: random.Random) -> Example | None:
        """Ask `example`'s question of one of its wrong passages."""
        near = self.near(example)
        return example.about(rng.choice(near)) if near else None


def nearest_wrong(examples: Sequence[Example]) -> list[Example]:
    """Ask the answerable questions of `examples`, each of its nearest wrong passage."""
    wrong = WrongPassages(examples)
    asked = ((example, wrong.near(example)) for example in examples if example.answer)
    return [example.about(near[0]) for example, near in asked if near]


def _answers(passage: str, example: Example) -> bool:
    return passage == example.passage or any(gold.lower() in passage.lower() for gold in example.golds)
