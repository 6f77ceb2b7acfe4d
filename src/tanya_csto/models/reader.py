"""The trained reader at work: question and passage in, the exact span that answers out, or a refusal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tanya_csto.models.onnx import LateNetwork
from tanya_csto.models.surface import normalise_question
from tanya_csto.models.tokenizer import BOS, EOS, Tokenizer, load_tokenizer
from tanya_csto.text.spans import Span

Ids = NDArray[np.int64]
Logits = NDArray[np.float32]
Forward = Callable[[Ids, Ids, Ids], tuple[Logits, Logits, Logits]]

MAX_LENGTH: Final = 256  # tokens that the network reads at a time: the question and a window of the passage
STRIDE: Final = 64  # tokens that a window has in common with the one before
MAX_QUESTION: Final = 64  # tokens; what comes after is not looked at
MAX_ANSWER: Final = 48  # tokens

_EDGE = " \t\r\n\u00a0.,;:"
_SPEECH_ENDS = re.compile(r"[^“”\"]*+(?=”|(?<=[^\W\d_]|[.,!?])\"(?!\w))")  # from outside of it
_NOTHING = -1e4


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader makes of one passage: its best span, and how surely that is an answer.

    `start` and `end` count code points of the passage, end exclusive. `span_score` is the best span's logit
    less the null span's; `answerable` is the logit of the head that judges question and passage as a whole.
    """

    start: int
    end: int
    span_score: float
    answerable: float


NOTHING = Reading(0, 0, _NOTHING, _NOTHING)


@dataclass(frozen=True, slots=True)
class _Window:
    """One stretch of the passage that fits the network together with the question."""

    ids: list[int]
    first: int  # where the passage's tokens begin in `ids`
    spans: list[Span]  # of those tokens, in the passage


class Reader:
    """Finds the words of a passage that answer a question.

    >>> reader = Reader.load()
    >>> passage = "Organisasi itu didirikan pada tahun 1992 di Tashkent, Uzbekistan."
    >>> reading = reader.read("Kapan organisasi itu didirikan?", passage)
    >>> passage[reading.start : reading.end], reading.answerable > 0
    ('1992', True)
    """

    def __init__(self, tokenizer: Tokenizer, forward: Forward) -> None:
        self.tokenizer = tokenizer
        self.forward = forward

    @classmethod
    def load(cls, folder: Path | None = None) -> Reader:
        """Load the tokenizer from `folder`, and later the network; by default those that come with the package."""
        folder = folder or Path(__file__).parent
        network = LateNetwork(folder / "model.int8.onnx")

        def forward(ids: Ids, segments: Ids, mask: Ids) -> tuple[Logits, Logits, Logits]:
            starts, ends, answerable = network.run(ids=ids, segments=segments, mask=mask)
            return starts, ends, answerable

        return cls(load_tokenizer(folder), forward)

    def read(self, question: str, passage: str) -> Reading:
        """Read one passage."""
        return self.read_sentences(question, [passage])[0]

    def read_sentences(self, question: str, sentences: Sequence[str]) -> list[Reading]:
        """Read sentences as one passage; return the best span inside each, counted from that sentence's start."""
        passage = " ".join(sentences)
        windows = [(window, self._logits(window)) for window in self._windows(question, passage)]
        readings = []
        start = 0
        for sentence in sentences:
            inside = Span(start, start + len(sentence))
            found = (self._reading(passage, inside, window, *logits) for window, logits in windows)
            readings.append(max(found, key=lambda reading: reading.span_score, default=NOTHING))
            start += len(sentence) + 1
        return readings

    def _windows(self, question: str, passage: str) -> Iterator[_Window]:
        asked = self.tokenizer.encode(normalise_question(question))[:MAX_QUESTION]
        head = [BOS, *asked, EOS, EOS]
        ids, spans = self.tokenizer.encode_spans(passage)
        room = MAX_LENGTH - len(head) - 1
        for at in range(0, len(ids), room - STRIDE):
            yield _Window([*head, *ids[at : at + room], EOS], len(head), spans[at : at + room])
            if at + room >= len(ids):
                break

    def _logits(self, window: _Window) -> tuple[Logits, Logits, float]:
        """Return the logits of starts, of ends and of the head; one window at a time, as int8 is scaled by a batch."""
        ids = np.array([window.ids], np.int64)
        segments = np.zeros_like(ids)
        segments[0, window.first :] = 1
        starts, ends, answerable = self.forward(ids, segments, np.ones_like(ids))
        return starts[0], ends[0], float(answerable[0])

    def _reading(
        self, passage: str, inside: Span, window: _Window, starts: Logits, ends: Logits, answerable: float
    ) -> Reading:
        """Return the best span of a window that lies inside a part of the passage."""
        count = len(window.spans)
        place = slice(window.first, window.first + count)
        sums = starts[place, None] + ends[None, place]
        free = np.array([inside.contains(span) for span in window.spans])
        short = np.triu(np.ones((count, count), bool)) & ~np.triu(np.ones((count, count), bool), MAX_ANSWER)
        allowed = short & free[:, None] & free[None, :]
        first, last = divmod(int(np.where(allowed, sums, _NOTHING).argmax()), count)
        if not allowed[first, last]:
            return NOTHING
        start, end = trim(passage, window.spans[first].start, window.spans[last].end)
        score = float(sums[first, last] - starts[0] - ends[0])
        return Reading(start - inside.start, end - inside.start, score, answerable)


def trim(passage: str, start: int, end: int) -> tuple[int, int]:
    """Leave out white space and punctuation at the edges, a bracket or quote without its partner, and what follows it.

    >>> trim("pada 2001, lalu", 4, 10)
    (5, 9)
    """
    if (speech := _SPEECH_ENDS.match(passage, start, end)) and speech.end() > start:
        end = speech.end()
    while start < end < len(passage) and unicodedata.combining(passage[end]):
        end += 1
    while True:
        before = (start, end)
        while start < end and passage[start] in _EDGE:
            start += 1
        while start < end and passage[end - 1] in _EDGE:
            end -= 1
        words = passage[start:end]
        for opening, closing in ("()", "[]", "“”"):
            if words.endswith(closing) and words.count(closing) > words.count(opening):
                end -= 1
            elif words.startswith(opening) and words.count(opening) > words.count(closing):
                start += 1
        if words.count('"') == 1 and words.endswith('"'):
            end -= 1
        elif words.count('"') == 1 and words.startswith('"'):
            start += 1
        if (start, end) == before:
            return start, end
