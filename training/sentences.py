"""Questions and the sentences that answer them, as the sentence encoder is trained on them."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from tanya_csto.models.encoder import PASSAGE, QUESTION
from tanya_csto.models.surface import normalise_question
from tanya_csto.models.tokenizer import BOS, EOS, Tokenizer
from tanya_csto.text.sentences import split_sentences
from tanya_csto.text.spans import Span
from training.augment import disturb
from training.data import Example
from training.descent import by_length

MAX_TOKENS = 200  # of a passage; a longer one is cut to the sentences around one that answers
MAX_QUESTION_TOKENS = 40
MAX_QUESTIONS = 4  # of one passage in one batch
SHARES = {"idk": 0.75}  # of a source's questions, in one epoch; all of the others'


@cache
def sentences_of(passage: str) -> tuple[Span, ...]:
    """Return the sentences of a passage, as the product splits it."""
    return split_sentences(passage, Span(0, len(passage)))


@dataclass(frozen=True, slots=True)
class Aim:
    """A question, the sentence that answers it (its number in the passage, or None) and others that may answer, too."""

    question: str
    sentence: int | None
    doubtful: tuple[int, ...]


def aim(example: Example) -> Aim:
    """Return what the encoder should learn from an example: a sentence that repeats the answer is no wrong one."""
    if example.answer is None:
        return Aim(example.question, None, ())
    spans = sentences_of(example.passage)
    start, end = example.answer
    answer = example.passage[start:end].casefold()
    right = max(number for number, span in enumerate(spans) if span.start <= start)
    others = (n for n, span in enumerate(spans) if n != right and answer in span.of(example.passage).casefold())
    return Aim(example.question, right, tuple(others))


@dataclass(frozen=True, slots=True)
class Row:
    """A passage as token ids, where in them its sentences lie, and questions about it."""

    ids: list[int]
    spans: list[tuple[int, int]]
    aims: list[Aim]


class Rows:
    """Puts the epochs together."""

    def __init__(self, tokenizer: Tokenizer, examples: Iterable[Example], rng: random.Random) -> None:
        self.tokenizer = tokenizer
        self.rng = rng
        self.by_passage: dict[str, list[tuple[str, Aim]]] = defaultdict(list)
        for example in examples:
            self.by_passage[example.passage].append((example.source, aim(example)))
        self.tokens = {
            passage: [tokenizer.encode(span.of(passage)) for span in sentences_of(passage)]
            for passage in self.by_passage
        }
        self.prefix = tokenizer.encode(PASSAGE)

    def epoch(self) -> list[Row]:
        """Return every passage with its questions, a few at a time."""
        rows = []
        for passage, known in self.by_passage.items():
            aims = [aim for source, aim in known if self.rng.random() < SHARES.get(source, 1.0)]
            self.rng.shuffle(aims)
            for at in range(0, len(aims), MAX_QUESTIONS):
                rows.append(self.row(passage, aims[at : at + MAX_QUESTIONS]))
        self.rng.shuffle(rows)
        return rows

    def row(self, passage: str, aims: Sequence[Aim]) -> Row:
        """Return one passage with some of its questions; where it is cut, questions about what is left."""
        tokens = self.tokens[passage]
        wanted = [aim.sentence for aim in aims if aim.sentence is not None]
        first = last = self.rng.choice(wanted) if wanted else self.rng.randrange(len(tokens))
        count = len(tokens[first])
        while True:
            grown = [n for n in (first - 1, last + 1) if 0 <= n < len(tokens) and count + len(tokens[n]) <= MAX_TOKENS]
            if not grown:
                break
            first, last, count = min(first, grown[0]), max(last, grown[-1]), count + sum(len(tokens[n]) for n in grown)
        ids, spans = [BOS, *self.prefix], []
        for sentence in tokens[first : last + 1]:
            spans.append((len(ids), len(ids) + len(sentence[:MAX_TOKENS])))
            ids += sentence[:MAX_TOKENS]
        kept = [
            Aim(
                aim.question,
                None if aim.sentence is None else aim.sentence - first,
                tuple(n - first for n in aim.doubtful if first <= n <= last),
            )
            for aim in aims
            if aim.sentence is None or first <= aim.sentence <= last
        ]
        return Row([*ids, EOS], spans, kept)

    def question(self, text: str, *, noisy: bool = True) -> list[int]:
        """Return the token ids of a question, at times in slang or with slips."""
        plain = normalise_question(text)
        asked = disturb(plain, self.rng) if noisy else plain
        return [BOS, *self.tokenizer.encode(QUESTION + asked)[:MAX_QUESTION_TOKENS], EOS]

    def batches(self, size: int) -> Iterator[list[Row]]:
        """Yield batches, epoch after epoch."""
        while True:
            yield from by_length(self.epoch(), size, self.rng)
