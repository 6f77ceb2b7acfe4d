"""Evaluation: ask every question of a set and count what is right, so that every published figure has its command.

A question set is a JSON Lines file in UTF-8, one question a line:

- ``id``, ``question``, ``history`` (earlier questions of the same chat, oldest first), ``category``, ``style``;
- ``answerable``: whether the articles answer it;
- ``evidence``: every sentence that answers by itself, as ``{"article", "quote", "answers"}``;
- ``sides``: for the category ``conflict`` alone, lists of indexes into the evidence, one list a side;
- ``note``: whatever its author has to say; not needed, as ``sides``.

What the figures mean, each the mean over the questions it concerns:

- ``answered@1``, ``answered@3``: the first citation, or one of the first three, is a right quote;
- ``conflict``: a disagreement is called one, and at least two of its sides are quoted;
- ``abstained``, ``smalltalk``: a question that the articles do not answer is refused, a greeting is greeted;
- ``short EM``, ``short F1``: the short answer against the listed ones, over questions that ask for one name or number;
- ``verbatim``: over all citations, the quote is the article's text between its offsets;
- ``score``: over all questions; ``conflict``, ``abstained``, ``smalltalk`` where one concerns it, else ``answered@1``.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Final

from tanya_csto.answer.answer import Answer, Citation
from tanya_csto.corpus.files import decoded
from tanya_csto.corpus.records import as_it_is, json_of, lines_of, list_of, record_of, text_of
from tanya_csto.engine import Tanya
from tanya_csto.errors import EvaluationError, QuestionError
from tanya_csto.messages import say

FIGURES: Final = (
    "score",
    "answered@1",
    "answered@3",
    "conflict",
    "abstained",
    "smalltalk",
    "short EM",
    "short F1",
    "verbatim",
)
MAX_QUOTE: Final = 420  # a longer quote proves nothing, unless the sentence itself is that long
_SHARED_WORDS: Final = 0.6  # of the evidence's words, where neither text holds the other
_SHORT_CATEGORIES: Final = frozenset({"date", "number", "person", "place", "org"})


@dataclass(frozen=True, slots=True)
class GoldEvidence:
    """A sentence that answers a question by itself, and the shortest words in it that do."""

    quote: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One line of a question set; `place` is where it stands."""

    place: str
    id: str
    text: str
    history: tuple[str, ...]
    category: str
    style: str
    answerable: bool
    evidence: tuple[GoldEvidence, ...]
    sides: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the engine made of one question: `marks` holds this question's share of each figure that it concerns."""

    question: Question
    answer: Answer
    milliseconds: float
    marks: Mapping[str, float]
    verbatim: tuple[bool, ...]

    @property
    def good(self) -> bool:
        """Tell whether the question counts as right in the score."""
        return self.marks["score"] == 1.0


@dataclass(frozen=True)
class Evaluation:
    """The outcome of every question of a set, and the figures that follow from them."""

    outcomes: tuple[Outcome, ...] = field(repr=False)

    @property
    def figures(self) -> dict[str, float]:
        """Return each figure that at least one question or citation concerns, in the order of `FIGURES`."""
        marks: dict[str, list[float]] = defaultdict(list)
        for outcome in self.outcomes:
            for name, mark in outcome.marks.items():
                marks[name].append(mark)
            marks["verbatim"].extend(outcome.verbatim)
        return {name: sum(marks[name]) / len(marks[name]) for name in FIGURES if marks[name]}

    @property
    def categories(self) -> dict[str, str]:
        """Return how many of how many questions of each category are right ("3/4"), by name."""
        return _counts((outcome.question.category, outcome.good) for outcome in self.outcomes)

    @property
    def styles(self) -> dict[str, str]:
        """Return how many of how many questions of each style are right ("3/4"), by name."""
        return _counts((outcome.question.style, outcome.good) for outcome in self.outcomes)

    def latency(self, share: float) -> float:
        """Return the milliseconds within which `share` of the questions were answered (0.5 for the median)."""
        times = sorted(outcome.milliseconds for outcome in self.outcomes)
        return times[int(len(times) * share)]


def evaluate(tanya: Tanya, file: Path) -> Evaluation:
    """Ask `tanya` every question of the set in `file` and mark the answers.

    Raises:
        TanyaError: the file is missing, empty or broken; the message names it and the line.
    """
    return evaluate_questions(tanya, read_questions(file))


def evaluate_questions(tanya: Tanya, questions: Iterable[Question]) -> Evaluation:
    """Ask `tanya` every question and mark the answers.

    Raises:
        EvaluationError: a question cannot be asked, as it is too long.
    """
    return Evaluation(tuple(_outcome(tanya, question) for question in questions))


def report(evaluation: Evaluation) -> str:
    """Return the figures as a page of text: each figure, then the counts of each category and style, then the time."""
    lines = [say("eval-questions", count=len(evaluation.outcomes)), ""]
    lines += [f"{name:<14}{value:.3f}" for name, value in evaluation.figures.items()]
    for title, counts in ((say("eval-categories"), evaluation.categories), (say("eval-styles"), evaluation.styles)):
        lines += ["", title, *(f"  {name:<14}{count}" for name, count in counts.items())]
    lines += ["", f"{say('eval-latency'):<14}p50 {evaluation.latency(0.5):.1f}  p95 {evaluation.latency(0.95):.1f}"]
    return "\n".join(lines)


# Reading a question set


def read_questions(file: Path) -> tuple[Question, ...]:
    """Read a question set; empty lines are skipped.

    Raises:
        TanyaError: the file is missing, empty or broken; the message names it and the line.
    """
    try:
        text = decoded(file.read_bytes(), file)
    except OSError as error:
        raise EvaluationError("document-unreadable", source=file) from error
    questions: dict[str, Question] = {}
    for place, line in lines_of(text, file):
        try:
            question = _question(place, line)
            if questions.setdefault(question.id, question) is not question:
                raise ValueError(say("id-taken", id=question.id))
        except ValueError as error:
            raise EvaluationError("bad-line", place=place, reason=error) from error
    if not questions:
        raise EvaluationError("questions-empty", path=file)
    return tuple(questions.values())


def _question(place: str, line: str) -> Question:
    required = {
        "id": text_of,
        "question": text_of,
        "history": list_of(text_of, 0),
        "category": text_of,
        "style": text_of,
        "answerable": as_it_is,
        "evidence": list_of(_evidence, 0),
    }
    record = record_of(json_of(line), required, {"sides": list_of(list_of(as_it_is), 0), "note": as_it_is})
    record.pop("note", None)
    if not isinstance(record["answerable"], bool):
        raise ValueError(say("answerable-bad"))
    sides = record.setdefault("sides", ())
    numbers = range(len(record["evidence"]))
    if any(type(number) is not int or number not in numbers for side in sides for number in side):
        raise ValueError(say("sides-bad"))
    return Question(place, text=record.pop("question"), **record)


def _evidence(value: object, _: str) -> GoldEvidence:
    record = record_of(value, {"quote": text_of, "answers": list_of(text_of, 0)}, {"article": as_it_is})
    return GoldEvidence(record["quote"], record["answers"])


# Marking the answers


def _outcome(tanya: Tanya, question: Question) -> Outcome:
    started = perf_counter()
    try:
        answer = tanya.ask(question.text, question.history)
    except QuestionError as error:
        raise EvaluationError("bad-line", place=question.place, reason=str(error).rstrip(".")) from error
    milliseconds = 1000 * (perf_counter() - started)
    verbatim = tuple(_is_verbatim(tanya, citation) for citation in answer.citations)
    return Outcome(question, answer, milliseconds, _marks(question, answer), verbatim)


def _is_verbatim(tanya: Tanya, citation: Citation) -> bool:
    return citation.span.of(tanya.corpus[citation.article.id].text) == citation.quote


def _marks(question: Question, answer: Answer) -> dict[str, float]:
    if question.category == "smalltalk":
        return _scored("smalltalk", answer.status == "smalltalk")
    if not question.answerable:
        return _scored("abstained", answer.status == "not_found")
    claimed = answer.status in ("answered", "conflicting")
    proofs = [claimed and proves_any(citation.quote, question.evidence) for citation in answer.citations[:3]]
    marks = _scored("answered@1", any(proofs[:1])) | {"answered@3": float(any(proofs))}
    if question.category == "conflict":
        marks |= _scored("conflict", answer.status == "conflicting" and _sides_quoted(question, answer) >= 2)
    if question.category in _SHORT_CATEGORIES:
        marks |= _short_marks(answer.short_answer if claimed else None, question.evidence)
    return marks


def _scored(name: str, good: bool) -> dict[str, float]:
    return {name: float(good), "score": float(good)}


def _sides_quoted(question: Question, answer: Answer) -> int:
    quotes = [citation.quote for citation in answer.citations]
    sides = ([question.evidence[place] for place in side] for side in question.sides)
    return sum(any(proves_any(quote, side) for quote in quotes) for side in sides)


def _short_marks(short: str | None, evidence: Sequence[GoldEvidence]) -> dict[str, float]:
    expected = {_folded(answer) for item in evidence for answer in item.answers}
    return {"short EM": float(bool(short) and _folded(short or "") in expected), "short F1": short_f1(short, evidence)}


def short_f1(short: str | None, evidence: Iterable[GoldEvidence]) -> float:
    """Return the F1 over words of a short answer and the nearest expected one (Rajpurkar et al. 2016)."""
    expected = [answer for item in evidence for answer in item.answers]
    return max((_word_f1(short, answer) for answer in expected), default=0.0) if short else 0.0


def proves_any(quote: str, evidence: Iterable[GoldEvidence]) -> bool:
    """Tell whether `quote` is a right one: an evidence's sentence, or nearly, that holds one of its answers."""
    return any(_proves(quote, item) for item in evidence)


def _proves(quote: str, evidence: GoldEvidence) -> bool:
    """Tell whether `quote` is this evidence's sentence, or nearly, and holds one of its answers."""
    quote, sentence = _spaced(quote), _spaced(evidence.quote)
    if len(quote) > MAX_QUOTE and len(quote) > len(sentence):
        return False
    overlaps = quote in sentence or sentence in quote or _shares_words(quote, sentence)
    return overlaps and any(_spaced(answer) in quote for answer in evidence.answers)


def _shares_words(quote: str, sentence: str) -> bool:
    words = set(_folded(sentence).split())
    return len(words & set(_folded(quote).split())) >= _SHARED_WORDS * len(words)


def _word_f1(found: str, expected: str) -> float:
    left, right = Counter(_folded(found).split()), Counter(_folded(expected).split())
    return 2 * (left & right).total() / max(1, left.total() + right.total())


def _spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _folded(text: str) -> str:
    return _spaced(re.sub(r"[^\w\s]", " ", text.lower()))


def _counts(results: Iterable[tuple[str, bool]]) -> dict[str, str]:
    groups: dict[str, list[bool]] = defaultdict(list)
    for name, good in results:
        groups[name].append(good)
    return {name: f"{sum(groups[name])}/{len(groups[name])}" for name in sorted(groups)}
