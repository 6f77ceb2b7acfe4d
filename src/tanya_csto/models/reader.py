"""The trained reader at work: question and passage in, the exact span that answers out, or a refusal."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession
from tokenizers import Encoding, Tokenizer

from tanya_csto.models.onnx import load_session, load_tokenizer
from tanya_csto.models.surface import normalise_question

Ids = NDArray[np.int64]
Logits = NDArray[np.float32]
Forward = Callable[[Ids, Ids, Ids], tuple[Logits, Logits, Logits]]

BOS, PAD, EOS = 0, 1, 2
_EDGE = " \t\r\n\u00a0.,;:"
_NOTHING = -1e4


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader makes of one passage: its best span, and whether that span is an answer.

    `start` and `end` count code points of the passage, end exclusive. `span_score` is the best span's logit
    less the null span's; `answerable` is the logit of the head that judges question and passage as a whole.
    """

    start: int
    end: int
    span_score: float
    answerable: float
    answers: bool


@dataclass(frozen=True, slots=True)
class Settings:
    """How the trained model is to be used; the values stand in `reader.toml`.

    One window at a time by default: int8 scales are taken over a whole batch, so a passage read in company
    would score a little differently from the same passage read alone.
    """

    max_length: int = 256
    stride: int = 64
    max_question: int = 64
    max_answer: int = 48
    batch: int = 1
    weight: float = 1.0
    threshold: float = 0.0

    @classmethod
    def load(cls, path: Path) -> Settings:
        """Read the table `[use]` of `path`."""
        return cls(**tomllib.loads(path.read_text(encoding="utf-8"))["use"])


@dataclass(frozen=True, slots=True)
class _Window:
    """One stretch of one passage that fits the network together with its question."""

    item: int
    ids: list[int]
    first: int  # where the passage's tokens begin in `ids`
    spans: list[tuple[int, int]]  # code points of those tokens


@dataclass(frozen=True, slots=True)
class _Best:
    start: int
    end: int
    span_score: float
    answerable: float


class Reader:
    """Finds the words of a passage that answer a question.

    >>> reader = Reader.load()
    >>> passage = "Organisasi itu didirikan pada tahun 1992 di Tashkent, Uzbekistan."
    >>> reading = reader.read("Kapan organisasi itu didirikan?", passage)
    >>> passage[reading.start : reading.end], reading.answers
    ('1992', True)
    """

    def __init__(self, tokenizer: Tokenizer, forward: Forward, settings: Settings) -> None:
        self.tokenizer = tokenizer
        self.forward = forward
        self.settings = settings

    @classmethod
    def load(cls, folder: Path | None = None, threads: int = 1) -> Reader:
        """Load tokenizer and settings from `folder`; by default those that come with the package.

        The network itself is loaded when it is first needed: most questions are answered without it.
        """
        folder = folder or Path(__file__).parent
        lock = Lock()

        @cache
        def session() -> InferenceSession:
            return load_session(folder / "model.int8.onnx", threads)

        def forward(ids: Ids, segments: Ids, mask: Ids) -> tuple[Logits, Logits, Logits]:
            with lock:  # two passages are read at once, and it is loaded once
                network = session()
            outputs: Any = network.run(None, {"ids": ids, "segments": segments, "mask": mask})
            return outputs[0], outputs[1], outputs[2]

        return cls(load_tokenizer(folder), forward, Settings.load(folder / "reader.toml"))

    def read(self, question: str, passage: str) -> Reading:
        """Read one passage."""
        return self.read_many([question], [passage])[0]

    def read_many(self, questions: str | Sequence[str], passages: Sequence[str]) -> list[Reading]:
        """Read passages in pairs with their questions; a single question is asked of every passage."""
        asked = [questions] * len(passages) if isinstance(questions, str) else list(questions)
        if len(asked) != len(passages):
            message = f"{len(asked)} questions for {len(passages)} passages"
            raise ValueError(message)
        windows = [
            window
            for item, (question, passage) in enumerate(zip(asked, passages, strict=True))
            for window in self._windows(item, question, passage)
        ]
        windows.sort(key=lambda window: len(window.ids))
        best: dict[int, _Best] = {}
        for at in range(0, len(windows), self.settings.batch):
            for item, found in self._run(windows[at : at + self.settings.batch]):
                if item not in best or found.span_score > best[item].span_score:
                    best[item] = found
        return [self._reading(passage, best.get(item)) for item, passage in enumerate(passages)]

    def read_sentences(self, question: str, sentences: Sequence[str]) -> list[Reading]:
        """Read sentences as one passage; return the best span inside each, counted from that sentence's start."""
        passage = " ".join(sentences)
        within = []
        at = 0
        for sentence in sentences:
            within.append((at, at + len(sentence)))
            at += len(sentence) + 1
        best: dict[int, _Best] = {}
        for window in self._windows(0, question, passage):
            starts, ends, answerable = self._logits([window])
            for number, (start, end) in enumerate(within):
                inside = [start <= first and last <= end for first, last in window.spans]
                found = self._decode(window, starts[0], ends[0], float(answerable[0]), np.array(inside))
                if number not in best or found.span_score > best[number].span_score:
                    best[number] = found
        readings = []
        for number, (start, _) in enumerate(within):
            chosen = best.get(number)
            reading = self._reading(passage, chosen if chosen and chosen.span_score > _NOTHING / 2 else None)
            shift = start if reading.end else 0
            readings.append(replace(reading, start=reading.start - shift, end=reading.end - shift))
        return readings

    def _windows(self, item: int, question: str, passage: str) -> list[_Window]:
        use = self.settings
        asked = self.tokenizer.encode(normalise_question(question)).ids[: use.max_question]
        head = [BOS, *asked, EOS, EOS]
        tokens: Encoding = self.tokenizer.encode(passage)
        room = use.max_length - len(head) - 1
        windows = []
        for at in range(0, len(tokens.ids), room - use.stride):
            ids = tokens.ids[at : at + room]
            windows.append(_Window(item, [*head, *ids, EOS], len(head), tokens.offsets[at : at + room]))
            if at + room >= len(tokens.ids):
                break
        return windows

    def _run(self, windows: list[_Window]) -> list[tuple[int, _Best]]:
        starts, ends, answerable = self._logits(windows)
        return [
            (window.item, self._decode(window, starts[row], ends[row], float(answerable[row])))
            for row, window in enumerate(windows)
        ]

    def _logits(self, windows: list[_Window]) -> tuple[Logits, Logits, Logits]:
        length = max(len(window.ids) for window in windows)
        ids = np.full((len(windows), length), PAD, np.int64)
        segments = np.zeros_like(ids)
        mask = np.zeros_like(ids)
        for row, window in enumerate(windows):
            ids[row, : len(window.ids)] = window.ids
            segments[row, window.first : len(window.ids)] = 1
            mask[row, : len(window.ids)] = 1
        return self.forward(ids, segments, mask)

    def _decode(
        self, window: _Window, starts: Logits, ends: Logits, answerable: float, allow: NDArray[np.bool_] | None = None
    ) -> _Best:
        count = len(window.spans)
        inside = slice(window.first, window.first + count)
        sums = starts[inside, None] + ends[None, inside]
        allowed = np.triu(np.ones((count, count), bool)) & ~np.triu(
            np.ones((count, count), bool), self.settings.max_answer
        )
        if allow is not None:
            allowed &= allow[:, None] & allow[None, :]
        first, last = divmod(int(np.where(allowed, sums, _NOTHING).argmax()), count)
        score = float(sums[first, last] - starts[0] - ends[0]) if allowed[first, last] else _NOTHING
        return _Best(window.spans[first][0], window.spans[last][1], score, answerable)

    def _reading(self, passage: str, best: _Best | None) -> Reading:
        if best is None:
            return Reading(0, 0, _NOTHING, _NOTHING, answers=False)
        start, end = trim(passage, best.start, best.end)
        score = best.span_score + self.settings.weight * best.answerable
        answers = start < end and score > self.settings.threshold
        return Reading(start, end, best.span_score, best.answerable, answers)


def trim(passage: str, start: int, end: int) -> tuple[int, int]:
    """Leave out white space and punctuation at the edges, and a bracket or quote without its partner.

    >>> trim("pada 2001, lalu", 4, 10)
    (5, 9)
    """
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
