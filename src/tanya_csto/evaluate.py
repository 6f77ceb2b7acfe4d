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
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Final, Literal

from tanya_csto.answer.answer import Answer
from tanya_csto.corpus.bank import MIN_SIDES
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

    def right(self, group: Literal["category", "style"]) -> dict[str, str]:
        """Return how many of how many questions of each category or style are right ("3/4"), by name."""
        good: dict[str, list[bool]] = defaultdict(list)
        for outcome in self.outcomes:
            good[getattr(outcome.question, group)].append(outcome.good)
        return {name: f"{sum(each)}/{len(each)}" for name, each in sorted(good.items())}

    def latency(self, share: float) -> float:
        """Return the milliseconds within which `share` of the questions were answered (0.5 for the median)."""
        times = sorted(outcome.milliseconds for outcome in self.outcomes)
        return times[int(len(times) * share)]


def evaluate(tanya: Tanya, questions: Iterable[Question]) -> Evaluation:
    """Ask `tanya` every question and mark the answers.

    Raises:
        EvaluationError: a question cannot be asked, as it is too long.
    """
    return Evaluation(tuple(_outcome(tanya, question) for question in questions))


def report(evaluation: Evaluation) -> str:
    """Return the figures as a page of text: each figure, then the counts of each category and style, then the time."""
    lines = [say("eval-questions", count=len(evaluation.outcomes)), ""]
    lines += [f"{name:<14}{value:.3f}" for name, value in evaluation.figures.items()]
    groups = {say("eval-categories"): evaluation.right("category"), say("eval-styles"): evaluation.right("style")}
    for title, counts in groups.items():
        lines += ["", title, *(f"  {name:<14}{count}" for name, count in counts.items())]
    lines += ["", f"{say('eval-latency'):<14}p50 {evaluation.latency(0.5):.1f}  p95 {evaluation.latency(0.95):.1f}"]
    return "\n".join(lines)


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


def _outcome(tanya: Tanya, question: Question) -> Outcome:
    started = perf_counter()
    try:
        answer = tanya.ask(question.text, question.history)
    except QuestionError as error:
        raise EvaluationError("bad-line", place=question.place, reason=str(error).rstrip(".")) from error
    milliseconds = 1000 * (perf_counter() - started)
    texts = tanya.corpus
    verbatim = tuple(cited.span.of(texts[cited.article.id].text) == cited.quote for cited in answer.citations)
    return Outcome(question, answer, milliseconds, _marks(question, answer), verbatim)


def _marks(question: Question, answer: Answer) -> dict[str, float]:
    marks: dict[str, float] = {}
    if question.category == "smalltalk":
        marks["smalltalk"] = marks["score"] = float(answer.status == "smalltalk")
    elif not question.answerable:
        marks["abstained"] = marks["score"] = float(answer.status == "not_found")
    else:
        claimed = answer.status in ("answered", "conflicting")
        proofs = [claimed and proves_any(citation.quote, question.evidence) for citation in answer.citations[:3]]
        marks["answered@1"] = marks["score"] = float(any(proofs[:1]))
        marks["answered@3"] = float(any(proofs))
        if question.category == "conflict":
            conflicting = answer.status == "conflicting" and _sides_quoted(question, answer) >= MIN_SIDES
            marks["conflict"] = marks["score"] = float(conflicting)
        if question.category in _SHORT_CATEGORIES:
            short = answer.short_answer if claimed else None
            expected = [each for item in question.evidence for each in item.answers]
            marks["short EM"] = float(short is not None and folded(short) in map(folded, expected))
            marks["short F1"] = short_f1(short, expected)
    return marks


def _sides_quoted(question: Question, answer: Answer) -> int:
    quotes = [citation.quote for citation in answer.citations]
    sides = ([question.evidence[place] for place in side] for side in question.sides)
    return sum(any(proves_any(quote, side) for quote in quotes) for side in sides)


def short_f1(short: str | None, expected: Iterable[str]) -> float:
    """Return the F1 over words of a short answer and the nearest expected one (Rajpurkar et al. 2016)."""
    found = Counter(folded(short or "").split())
    wanted = (Counter(folded(answer).split()) for answer in expected)
    shares = (2 * (found & words).total() / max(1, found.total() + words.total()) for words in wanted)
    return max(shares, default=0.0)


def proves_any(quote: str, evidence: Iterable[GoldEvidence]) -> bool:
    """Tell whether `quote` is a right one: an evidence's sentence, or nearly, that holds one of its answers."""
    return any(_proves(_spaced(quote), item) for item in evidence)


def _proves(quote: str, evidence: GoldEvidence) -> bool:
    sentence = _spaced(evidence.quote)
    if len(quote) > MAX_QUOTE and len(quote) > len(sentence):
        return False
    words = set(folded(sentence).split())
    shared = len(words & set(folded(quote).split())) >= _SHARED_WORDS * len(words)
    overlaps = quote in sentence or sentence in quote or shared
    return overlaps and any(_spaced(answer) in quote for answer in evidence.answers)


def _spaced(text: str) -> str:
    return " ".join(text.split())


def folded(text: str) -> str:
    """Return the words of a text in lower case, without punctuation, as answers are compared."""
    return " ".join(re.sub(r"[^\w\s]", " ", text.lower()).split())
