"""The question bank: questions written beforehand, each tied to the sentences that answer it.

The folder `questions` of a corpus holds it: `bank.toml` says for which articles it was written, and each line of the
`.jsonl` files is one fact. Nothing in it is taken on trust: what it quotes has to stand in the articles.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, NoReturn, cast, get_args

from tanya_csto.corpus.manifest import parsed, read_inside
from tanya_csto.errors import CorpusError
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
MAX_BANK_QUESTION: Final = 500  # characters: nobody can ask a longer one
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
    reader = FactReader(articles)
    facts: list[Fact] = []
    rooms: list[Fact] = []
    places: list[str] = []
    asked: dict[str, int] = {}
    for place, content in _lines(folder, report):
        try:
            fact = reader.fact(content, place)
        except CorpusError as error:
            report(error)
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
            lines = read_inside(folder.parent, path).split("\n")
        except CorpusError as error:
            report(error)
            continue
        yield from ((f"{path}, baris {number}", line) for number, line in enumerate(lines, start=1) if line.strip())


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
    if not path.is_file():
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


@dataclass(frozen=True, slots=True)
class _Folded:
    """The text of an article with each run of white space as one space, and the place of each letter in the article."""

    article: Article
    text: str
    places: Sequence[int]

    @classmethod
    def of(cls, article: Article) -> _Folded:
        letters: list[str] = []
        places: list[int] = []
        for place, letter in enumerate(article.text):
            if not letter.isspace() or letters[-1:] != [" "]:
                letters.append(" " if letter.isspace() else letter)
                places.append(place)
        return cls(article, "".join(letters), places)

    def find(self, words: str, within: Span | None = None) -> Span | None:
        """Return where `words` stand first in the folded text, white space folded in them, too."""
        words = " ".join(words.split())
        window = within or Span(0, len(self.text))
        start = self.text.find(words, window.start, window.end)
        return Span(start, start + len(words)) if start >= 0 else None

    def unfolded(self, span: Span) -> Span:
        """Return the same words as a span of the article."""
        return Span(self.places[span.start], self.places[span.end - 1] + 1)


class FactReader:
    """Reads lines of a bank that is written for these articles."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self._texts = {article.id: _Folded.of(article) for article in articles}

    def fact(self, content: str, place: str) -> Fact:
        """Return the fact of a line, without questions where it only has room for them; errors name its `place`.

        Raises:
            CorpusError: the line is not as it should be, or quotes what no article says.
        """
        return _Line(place, self._texts).fact(content)


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the bank: where it stands, and the articles that it may quote."""

    place: str
    texts: Mapping[str, _Folded]

    def fact(self, content: str) -> Fact:
        try:
            value = json.loads(content)
        except (ValueError, RecursionError) as error:
            raise self.bad(f"bukan JSON yang sah ({error})") from error
        kind = value.get("kind") if isinstance(value, dict) else None
        match kind:
            case "answered":
                record = self.record(value, "kind", "questions", "evidence", optional=("hands",))
                return Fact(kind, *self.questions(record), evidence=self.evidences(record))
            case "contested":
                record = self.record(value, "kind", "questions", "topic", "sides", optional=("hands",))
                sides = tuple(map(self.side, self.items(record, "sides", MIN_SIDES)))
                return Fact(kind, *self.questions(record), sides=sides, topic=self.text(record["topic"], "topic"))
            case "unanswerable":
                record = self.record(value, "kind", "questions", optional=("hands", "near"))
                near = self.evidence(record["near"]) if "near" in record else None
                return Fact(kind, *self.questions(record), near=near)
            case "smalltalk":
                record = self.record(value, "kind", "questions", "talk", optional=("hands",))
                return Fact(kind, *self.questions(record), talk=self.talk(record["talk"]))
        raise self.bad("kind harus answered, contested, unanswerable, atau smalltalk")

    def questions(self, record: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[int, ...]]:
        questions = tuple(self.text(question, "questions") for question in self.items(record, "questions", 0))
        if any(len(question) > MAX_BANK_QUESTION for question in questions):
            raise self.bad(f"questions memuat pertanyaan yang lebih panjang dari {MAX_BANK_QUESTION} karakter")
        hands = record.get("hands", [])
        if not isinstance(hands, list) or len(hands) not in (0, len(questions)):
            raise self.bad("hands harus berupa daftar sepanjang questions")
        if not all(type(hand) is int for hand in hands):
            raise self.bad("hands harus berisi angka")
        return questions, tuple(hands)

    def side(self, value: object) -> BankSide:
        record = self.record(value, "claim", "evidence")
        return BankSide(self.text(record["claim"], "claim"), self.evidences(record))

    def talk(self, value: object) -> Talk:
        talk = self.text(value, "talk")
        if talk not in TALKS:
            raise self.bad(f"talk {talk} tidak dikenal")
        return cast(Talk, talk)

    def evidences(self, record: Mapping[str, Any]) -> tuple[Evidence, ...]:
        return tuple(map(self.evidence, self.items(record, "evidence")))

    def evidence(self, value: object) -> Evidence:
        record = self.record(value, "article", "quotes", optional=("answer",))
        article_id = self.text(record["article"], "article")
        if (folded := self.texts.get(article_id)) is None:
            raise CorpusError("bank-unknown-article", place=self.place, id=article_id)
        quotes = [self.quote(folded, self.text(quote, "quotes")) for quote in self.items(record, "quotes")]
        answer = None
        if "answer" in record:
            answer = self.answer(folded, quotes, self.text(record["answer"], "answer"))
        return Evidence(folded.article, tuple(map(folded.unfolded, quotes)), answer)

    def quote(self, folded: _Folded, words: str) -> Span:
        if (span := folded.find(words)) is None:
            raise CorpusError("bank-not-in-article", place=self.place, quote=words, id=folded.article.id)
        return span

    def answer(self, folded: _Folded, quotes: Iterable[Span], words: str) -> Span:
        for quote in quotes:
            if (span := folded.find(words, quote)) is not None:
                return folded.unfolded(span)
        raise CorpusError("bank-not-in-quote", place=self.place, answer=words)

    def record(self, value: object, *required: str, optional: Iterable[str] = ()) -> dict[str, Any]:
        """Return `value` as a record that has all required fields, and no other but the optional ones."""
        if not isinstance(value, dict):
            raise self.bad(f"{value!r} harus berupa objek dengan {', '.join(required)}")
        if missing := [name for name in required if name not in value]:
            raise self.bad(f"{missing[0]} tidak ada")
        if unknown := sorted(value.keys() - {*required, *optional}):
            raise self.bad(f"{unknown[0]} tidak dikenal")
        return value

    def items(self, record: Mapping[str, Any], name: str, least: int = 1) -> list[Any]:
        value = record[name]
        if not isinstance(value, list) or len(value) < least:
            raise self.bad(f"{name} harus berupa daftar yang memuat paling sedikit {least}")
        return value

    def text(self, value: object, name: str) -> str:
        if not isinstance(value, str) or not value.strip():
            raise self.bad(f"{name} harus berisi teks")
        return value

    def bad(self, reason: str) -> CorpusError:
        return CorpusError("bank-bad-line", place=self.place, reason=reason)
