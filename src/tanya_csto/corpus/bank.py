"""The question bank: questions written beforehand, each tied to the sentences that answer it.

The folder `questions` of a corpus holds it: `bank.toml` says for which articles it was written, and each line of the
`.jsonl` files is one fact. Nothing in it is taken on trust: what it quotes has to stand in the articles.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, NoReturn, get_args

from tanya_csto.corpus.files import read_inside
from tanya_csto.corpus.manifest import parsed
from tanya_csto.corpus.records import (
    MAX_QUESTION,
    Reader,
    Readers,
    as_it_is,
    json_of,
    lines_of,
    list_of,
    record_of,
    text_of,
    visible_of,
)
from tanya_csto.errors import CorpusError
from tanya_csto.messages import say
from tanya_csto.text.spans import Span

if TYPE_CHECKING:
    from tanya_csto.corpus.articles import Article

Kind = Literal["answered", "contested", "unanswerable", "smalltalk"]
Talk = Literal[
    "greeting",
    "thanks",
    "farewell",
    "wellbeing",
    "identity",
    "capability",
    "sources",
    "trust",
    "language",
    "praise",
    "insult",
    "acknowledge",
]

FOLDER: Final = "questions"
INDEX: Final = "bank.toml"
FORMAT: Final = 1
MIN_SIDES: Final = 2
TALKS: Final = frozenset(get_args(Talk))

_WORD: Final = re.compile(r"\w+")
_HAND: Final = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One or more sentences of one article that answer together, and the exact words that do.

    `answer` lies inside one of `spans`; None where no words of theirs are the answer by themselves.
    """

    article: Article
    spans: tuple[Span, ...]
    answer: Span | None


@dataclass(frozen=True, slots=True)
class BankSide:
    """One side of a contested fact: what it claims, in a few words, and where the articles say so."""

    claim: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """Questions that mean the same, and what answers them.

    The first question of an answered or contested fact is well-formed, and may be shown to people. `evidence` belongs
    to an answered fact, `sides` and `topic` to a contested one, `near` (the sentences that come closest) to one that
    the articles do not answer, and `talk` (what the person is doing, one of `TALKS`) to small talk. `hands` tells who
    wrote each question, by number, where that is known.
    """

    kind: Kind
    questions: tuple[str, ...]
    hands: tuple[int, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    sides: tuple[BankSide, ...] = ()
    topic: str = ""
    near: Evidence | None = None
    talk: Talk | None = None


@dataclass(frozen=True, slots=True)
class QuestionBank:
    """The facts in the order of the files and their lines, and the folder that they were read from, if any.

    `asked` gives the fact, by number, of each question that the bank holds, under its `question_key`. `rooms` are lines
    that wait for their questions, `authors` the names of hands, by number, where the index gives them.
    """

    facts: tuple[Fact, ...] = field(repr=False)
    folder: Path | None
    asked: Mapping[str, int] = field(default_factory=dict, repr=False)
    rooms: tuple[Fact, ...] = field(default=(), repr=False)
    authors: Mapping[int, str] = field(default_factory=dict, repr=False)


def load_bank(folder: Path, articles: Sequence[Article]) -> QuestionBank | None:
    """Read the question bank in the corpus `folder`, written for `articles`; None where it holds no question.

    Raises:
        CorpusError: it is broken, or was written for other articles; the message names the file and the line.
    """
    folder = folder / FOLDER
    if not folder.is_dir():
        return None
    bank = read_bank(folder, articles, _raise)
    return bank if bank.facts else None


def read_bank(folder: Path, articles: Sequence[Article], report: Callable[[CorpusError], object]) -> QuestionBank:
    """Read all that is sound in the bank that lies in `folder`, and `report` what is not."""
    authors = _read_index(folder / INDEX, articles, report)
    by_id = {article.id: article for article in articles}
    facts: list[Fact] = []
    rooms: list[Fact] = []
    places: list[str] = []
    asked: dict[str, int] = {}
    for place, line in _lines(folder, report):
        try:
            fact = read_fact(line, by_id)
        except ValueError as error:
            report(CorpusError("bad-line", place=place, reason=error))
            continue
        if not fact.questions:
            rooms.append(fact)
            continue
        places.append(place)
        for question in fact.questions:
            key = question_key(question)
            if key in asked:
                report(CorpusError("bank-question-twice", place=place, question=question, first=places[asked[key]]))
            else:
                asked[key] = len(facts)
        facts.append(fact)
    return QuestionBank(tuple(facts), folder, asked, tuple(rooms), authors)


def _raise(error: CorpusError) -> NoReturn:
    raise error


def _lines(folder: Path, report: Callable[[CorpusError], object]) -> Iterator[tuple[str, str]]:
    """Yield each line that is not empty, behind its place."""
    for path in sorted(folder.glob("*.jsonl")):
        try:
            yield from lines_of(read_inside(folder.parent, path), path)
        except CorpusError as error:
            report(error)


def question_key(question: str) -> str:
    """Return what two questions share that differ in case, white space and punctuation alone."""
    return " ".join(_WORD.findall(question.casefold())) or question


def articles_digest(articles: Iterable[Article]) -> str:
    """Return what is the same for the same texts under the same ids, in the same order, and for no others."""
    digest = sha256()
    for article in articles:
        digest.update(json.dumps([article.id, article.text]).encode())
    return digest.hexdigest()


def _read_index(path: Path, articles: Sequence[Article], report: Callable[[CorpusError], object]) -> Mapping[int, str]:
    """Return the names of the hands, and report an index that belongs to no bank of these articles."""
    if not os.path.isfile(path):
        report(CorpusError("bank-no-index", path=path))
        return {}
    try:
        text = read_inside(path.parents[1], path)
        index = parsed(text, path)
    except CorpusError as error:
        report(error)
        return {}
    if index.get("format") != FORMAT:
        report(CorpusError("bank-other-format", path=path, line=_line_of("format", text), format=FORMAT))
    if index.get("articles") != articles_digest(articles):
        line = _line_of("articles", text)
        report(CorpusError("bank-other-articles", path=path, line=line, folder=path.parent.parent))
    hands = index.get("hands")
    named = hands.items() if isinstance(hands, dict) else ()
    return {int(hand): str(name) for hand, name in named if _HAND.fullmatch(hand)}


def _line_of(name: str, text: str) -> int:
    """Return the number of the line that gives `name` its value; the first where none does."""
    return next((number for number, line in enumerate(text.split("\n"), start=1) if line.startswith(name)), 1)


def read_fact(line: str, articles: Mapping[str, Article]) -> Fact:
    """Return the fact of a line, without questions where it only has room for them.

    Raises:
        ValueError: the line is not as it should be, or quotes what none of the articles says; told in Indonesian.
    """
    evidence = partial(_evidence, articles)
    fields: dict[str, tuple[Readers, Readers]] = {  # of each kind: those that it has, and those that it may have
        "answered": ({"evidence": list_of(evidence)}, {}),
        "contested": ({"topic": visible_of, "sides": list_of(partial(_side, evidence), MIN_SIDES)}, {}),
        "unanswerable": ({}, {"near": evidence}),
        "smalltalk": ({"talk": text_of}, {}),
    }
    value = json_of(line)
    kind = value.get("kind") if isinstance(value, dict) else None
    if not isinstance(kind, str) or kind not in fields:
        raise ValueError(say("fact-kind-bad", kinds=", ".join(fields)))
    required, optional = fields[kind]
    common = {"kind": text_of, "questions": list_of(visible_of, 0)}
    record = record_of(value, {**common, **required}, {"hands": as_it_is, **optional})
    if any(len(question) > MAX_QUESTION for question in record["questions"]):
        raise ValueError(say("questions-long", name="questions", limit=MAX_QUESTION))
    hands = record.pop("hands", [])
    counted = isinstance(hands, list) and len(hands) in (0, len(record["questions"]))
    if not counted or any(type(hand) is not int for hand in hands):
        raise ValueError(say("hands-bad"))
    if "talk" in record and record["talk"] not in TALKS:
        raise ValueError(say("fact-talk-bad", talk=record["talk"]))
    return Fact(hands=tuple(hands), **record)


def _side(evidence: Reader, value: object, _: str) -> BankSide:
    return BankSide(**record_of(value, {"claim": visible_of, "evidence": list_of(evidence)}))


def _evidence(articles: Mapping[str, Article], value: object, _: str) -> Evidence:
    record = record_of(value, {"article": text_of, "quotes": list_of(text_of)}, {"answer": text_of})
    article = articles.get(record["article"])
    if article is None:
        raise ValueError(say("fact-article-unknown", id=record["article"]))
    spans = []
    for quote in record["quotes"]:
        if (span := find_words(article.text, quote)) is None:
            raise ValueError(say("quote-missing", quote=quote, id=article.id))
        spans.append(span)
    answer = None
    if words := record.get("answer"):
        answer = next(filter(None, (find_words(article.text, words, span) for span in spans)), None)
        if answer is None:
            raise ValueError(say("words-missing", words=words))
    return Evidence(article, tuple(spans), answer)


def find_words(text: str, words: str, within: Span | None = None) -> Span | None:
    """Return where `words` stand in a text, or within a part of it; any white space is like any other."""
    part = within or Span(0, len(text))
    start = text.find(words, part.start, part.end)
    if start >= 0 and words == words.strip():
        return Span(start, start + len(words))
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
    found = pattern.search(text, part.start, part.end)
    return Span(*found.span()) if found else None
