"""Pairs of sentences out of two newspapers, and whether both answer one question, alike or not.

The matters (`training/data/matters`) are invented: what is asked in two ways, sentences that answer it, those that
contradict these, and others that seem to but speak of another day, group, place, office or stage. Most sentences
that can be are cut to a clause, as no length should tell anything.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

from tanya_csto.models.comparer import pair_of
from tanya_csto.models.surface import normalise_question
from training.augment import disturb
from training.data import Example
from training.sentences import aim, sentences_of

MATTERS = Path(__file__).parent / "data" / "matters"
ANSWERING = 0.45  # of the pairs: both sentences answer
SAME_PASSAGE = 0.25  # of the others: sentences of one passage, of which one answers
FAR = 0.1  # of the others: sentences of two matters
CUT = 0.6  # of the sentences that have a clause to be cut to
SHORTEST = 4  # words of a clause
CLAUSES = re.compile(r"[,;:–—]| (?:sementara|sedangkan|kata|ujar|menurut|setelah|karena|dan) ")
FIGURE = re.compile(
    r"\d|\b(?:satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|belas|puluh|ratus|ribu|juta|miliar|selusin)"
)


@dataclass(frozen=True, slots=True)
class Matter:
    """Questions for one thing, sentences that answer, that contradict these, and that speak of something else."""

    questions: Sequence[str]
    answers: Sequence[str]
    contradicting: Sequence[str]
    other: Sequence[str]

    @property
    def answering(self) -> list[str]:
        """All sentences that answer, whatever they say."""
        return [*self.answers, *self.contradicting]


def load_matters(path: Path) -> list[Matter]:
    """Read a split of the matters: a line each."""
    return [Matter(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and two sentences as token ids, and whether both answer it."""

    ids: list[int]
    answer: bool


class Pairs:
    """Draws pairs without end: questions in slang or with slips at times, the sentences in either order."""

    def __init__(
        self, tokenizer: Tokenizer, matters: Sequence[Matter], examples: Sequence[Example], rng: random.Random
    ) -> None:
        self.tokenizer = tokenizer
        self.matters = matters
        self.examples = [each for each in examples if each.answer and len(sentences_of(each.passage)) > 1]
        self.rng = rng

    def batches(self, size: int) -> Iterator[list[Pair]]:
        """Yield batches."""
        while True:
            yield [self.draw(both=self.rng.random() < ANSWERING) for _ in range(size)]

    def draw(self, *, both: bool) -> Pair:
        """Return a pair of which `both` sentences answer, or one alone."""
        chance = 1.0 if both else self.rng.random()
        matter, another = self.rng.sample(self.matters, 2)
        if chance < SAME_PASSAGE:
            example = self.rng.choice(self.examples)
            question, pair = example.question, self._of_passage(example)
        elif both:
            question, pair = self.rng.choice(matter.questions), self.rng.sample(matter.answering, 2)
        else:
            elsewhere = another.answering if chance < SAME_PASSAGE + FAR else matter.other
            question = self.rng.choice(matter.questions)
            pair = [self.rng.choice(matter.answering), self.rng.choice(elsewhere)]
        self.rng.shuffle(pair)
        asked = disturb(normalise_question(question), self.rng)
        return Pair(pair_of(self.tokenizer, asked, *map(self._cut, pair)), both)

    def _of_passage(self, example: Example) -> list[str]:
        """Return the sentence of a passage that answers and one that does not."""
        spans = sentences_of(example.passage)
        right = aim(example).sentence
        other = self.rng.choice([number for number in range(len(spans)) if number != right])
        return [spans[number].of(example.passage) for number in (right or 0, other)]

    def _cut(self, sentence: str) -> str:
        """Return at times the first clause of a sentence alone, unless its figures stand elsewhere."""
        clause = next((each for each in CLAUSES.split(sentence) if len(each.split()) >= SHORTEST), sentence)
        if self.rng.random() > CUT or (FIGURE.search(sentence) and not FIGURE.search(clause)):
            return sentence
        return clause.strip(' "“”').rstrip(".") + "."
