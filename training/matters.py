"""Pairs of sentences out of two newspapers, and whether both answer one question, alike or not.

The matters (`training/data/matters`) are invented: what is asked in two ways, sentences that answer it, those that
contradict these, and others that seem to but speak of another day, group, place, office or stage. The events
(`training/collections`) are invented, too: what answers their questions, and what a search takes for answers. Most
sentences that can be are cut to a clause, as no length should tell anything.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tanya_csto import Tanya
from tanya_csto.evaluate import Question, proves_any
from tanya_csto.models.comparer import pair_of
from tanya_csto.models.surface import normalise_question
from tanya_csto.models.tokenizer import Tokenizer
from tanya_csto.ranking.claims import find_claim
from training.augment import disturb
from training.collections import Collection
from training.data import Example
from training.sentences import aim, sentences_of

MATTERS = Path(__file__).parent / "data" / "matters"
ANSWERING = 0.45  # of the pairs: both sentences answer
OF_EVENTS = 0.5  # of the pairs
ALONE = 0.3  # of the pairs: the second sentence without the first
SAME_PASSAGE = 0.25  # of the others: sentences of one passage, of which one answers
FAR = 0.1  # of the others: sentences of two matters
CUT = 0.6  # of the sentences that have a clause to be cut to
SHORTEST = 4  # words of a clause
NEAREST = 3  # sentences that a search finds, where none of them seems to contradict what answers
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


def matters_of(collection: Collection) -> list[Matter]:
    """Return the questions of a collection, and beside what answers each, what a search without networks finds."""
    tanya = Tanya(collection.corpus)
    return [_searched(tanya, asked) for asked in collection.questions]


def _searched(tanya: Tanya, asked: Question) -> Matter:
    """Return a question as a matter, whose others are sentences that claim something else, or the likeliest ones."""
    question = tanya.understand(asked.text)
    found, _ = tanya.finder.search(question)
    quotes = [each.retrieved.indexed.sentence.text for each in found]
    claims = [find_claim(question, each) for each in found]
    right = [proves_any(quote, asked.evidence) for quote in quotes]
    answers = [claim for claim, proves in zip(claims, right, strict=True) if claim and proves]
    wrong = [(quote, claim) for quote, claim, proves in zip(quotes, claims, right, strict=True) if not proves]
    rivals = [quote for quote, claim in wrong if claim and any(claim.contradicts(each) for each in answers)]
    other = rivals or [quote for quote, _ in wrong[:NEAREST]]
    return Matter([asked.text], [each.quote for each in asked.evidence], [], other)


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and two sentences, or one, as token ids, and whether they answer it."""

    ids: list[int]
    answer: bool


class Pairs:
    """Draws pairs without end: the questions at times in slang or with slips, the sentences in either order."""

    def __init__(
        self,
        tokenizer: Tokenizer,
        matters: Sequence[Matter],
        examples: Sequence[Example],
        rng: random.Random,
        events: Sequence[Matter] = (),
    ) -> None:
        self.tokenizer = tokenizer
        self.matters = matters
        self.examples = [each for each in examples if each.answer and len(sentences_of(each.passage)) > 1]
        self.rng = rng
        self.events = [each for each in events if each.answering and each.other]
        self.contested = [each for each in self.events if len(each.answering) > 1]

    def batches(self, size: int) -> Iterator[list[Pair]]:
        """Yield batches."""
        while True:
            yield [self.draw(both=self.rng.random() < ANSWERING) for _ in range(size)]

    def draw(self, *, both: bool) -> Pair:
        """Return a pair of which `both` sentences answer, or the first alone; at times without the first."""
        of_events = self.events and self.rng.random() < OF_EVENTS
        question, pair = self._of_event(both=both) if of_events else self._of_matter(both=both)
        asked = disturb(normalise_question(question), self.rng)
        said = [self._cut(each) for each in pair]
        if self.rng.random() < ALONE:
            said = said[1:]
        self.rng.shuffle(said)
        return Pair(pair_of(self.tokenizer, asked, *said), both)

    def _of_event(self, *, both: bool) -> tuple[str, list[str]]:
        matter = self.rng.choice(self.contested if both else self.events)
        answering = self.rng.sample(matter.answering, 2 if both else 1)
        return matter.questions[0], answering if both else [*answering, self.rng.choice(matter.other)]

    def _of_matter(self, *, both: bool) -> tuple[str, list[str]]:
        chance = self.rng.random()
        matter, another = self.rng.sample(self.matters, 2)
        question = self.rng.choice(matter.questions)
        if both:
            return question, self.rng.sample(matter.answering, 2)
        if chance < SAME_PASSAGE:
            example = self.rng.choice(self.examples)
            return example.question, self._of_passage(example)
        elsewhere = another.answering if chance < SAME_PASSAGE + FAR else matter.other
        return question, [self.rng.choice(matter.answering), self.rng.choice(elsewhere)]

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
