"""The bank editor: room for questions, and questions themselves, put into the bank of a corpus.

Each article has a file of its own, and each change replaces one file in one step: whatever stops the program, the bank
is as it was before the change or behind it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final

import tomli_w

from tanya_csto.corpus.articles import Article
from tanya_csto.corpus.bank import FOLDER, FORMAT, INDEX, Fact, QuestionBank, articles_digest, read_bank
from tanya_csto.corpus.editor import spare_the_built_in
from tanya_csto.corpus.files import locked, replace_file, writing
from tanya_csto.corpus.passages import Sentence, cut_sentences
from tanya_csto.errors import CorpusError
from tanya_csto.text.spans import Span

Record = Mapping[str, Any]  # a line of the bank

_MENDED: Final = ("bank-no-index", "bank-other-articles")  # by the editor itself


class BankEditor:
    """Changes the bank that lies in `folder`; `bank` is what it held at first."""

    def __init__(self, folder: Path, articles: Sequence[Article], bank: QuestionBank) -> None:
        self.bank = bank
        self._folder = folder
        self._articles = articles
        self._authors = dict(bank.authors)

    def add(self, article: Article, records: Iterable[Record]) -> Path:
        """Put lines behind those of an article, all of them or none, and return the file."""
        path = self._folder / f"{article.id}.jsonl"
        lines = "".join(f"{json.dumps(record, ensure_ascii=False)}\n" for record in records)
        with writing(self._folder):
            before = path.read_bytes() if path.exists() else b""
            gap = b"" if before.endswith(b"\n") or not before else b"\n"
            replace_file(path, before + gap + lines.encode())
        return path

    def make_room(self) -> int:
        """Add a line without questions for each sentence that no line quotes yet, and return their number."""
        known = quoted((*self.bank.facts, *self.bank.rooms))
        made = 0
        for article in self._articles:
            quotes = [evidence_of([each]) for each in sentences_of(article) if not is_quoted(each, known)]
            rooms = [{"kind": "answered", "questions": [], "evidence": [quote]} for quote in quotes]
            if rooms:
                self.add(article, rooms)
            made += len(rooms)
        return made

    def hand(self, name: str) -> int:
        """Return the number of the hand that has this name, given to it where it is new."""
        for number, known in self._authors.items():
            if known == name:
                return number
        used = {hand for fact in self.bank.facts for hand in fact.hands}
        self._authors[number := max({0, *self._authors, *used}) + 1] = name
        self.write_index()
        return number

    def write_index(self) -> None:
        """Say that the bank belongs to the articles as they are, and whose the hands are."""
        index: dict[str, object] = {"format": FORMAT, "articles": articles_digest(self._articles)}
        if self._authors:
            index["hands"] = {str(number): name for number, name in sorted(self._authors.items())}
        with writing(self._folder):
            replace_file(self._folder / INDEX, tomli_w.dumps(index).encode())


@contextmanager
def editing(folder: Path, articles: Sequence[Article]) -> Iterator[BankEditor]:
    """Open the bank of the corpus in `folder`, made where there is none, for this process alone.

    Raises:
        CorpusError: it is broken, comes with the package, cannot be written, or another process has it open.
    """
    spare_the_built_in(folder)
    own = folder / FOLDER
    with ExitStack() as lock:
        with writing(own):
            own.mkdir(exist_ok=True)
            try:
                lock.enter_context(locked(own, wait=False))
            except BlockingIOError as error:
                raise CorpusError("bank-busy", folder=own) from error
        faults: list[CorpusError] = []
        bank = read_bank(own, articles, faults.append)
        if broken := [fault for fault in faults if fault.code not in _MENDED]:
            raise CorpusError("bank-faulty", fault=broken[0], folder=folder)
        editor = BankEditor(own, articles, bank)
        if faults:
            editor.write_index()
        yield editor


def sentences_of(article: Article) -> tuple[Sentence, ...]:
    """Return what may be asked about: the sentences of an article that are no headings."""
    return tuple(sentence for sentence in cut_sentences(article) if not sentence.heading)


def evidence_of(sentences: Sequence[Sentence]) -> Record:
    """Return the field of a line that quotes sentences of one article."""
    return {"article": sentences[0].article.id, "quotes": [" ".join(each.text.split()) for each in sentences]}


def quoted(facts: Iterable[Fact]) -> dict[str, list[Span]]:
    """Return what facts quote, by the article's id."""
    found: dict[str, list[Span]] = {}
    for fact in facts:
        sides = (each for side in fact.sides for each in side.evidence)
        for evidence in (*fact.evidence, *sides, *([fact.near] if fact.near else [])):
            found.setdefault(evidence.article.id, []).extend(evidence.spans)
    return found


def is_quoted(sentence: Sentence, known: Mapping[str, Sequence[Span]]) -> bool:
    """Tell whether a sentence is among what is `quoted`."""
    return any(span.overlaps(sentence.span) for span in known.get(sentence.article.id, ()))
