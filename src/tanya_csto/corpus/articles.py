"""Articles: what a corpus folder holds, read byte for byte and never edited."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from tanya_csto.corpus.bank import QuestionBank, load_bank
from tanya_csto.corpus.files import read_inside, shipped
from tanya_csto.corpus.manifest import MANIFEST, STATED, TEXTS, Entry, read_manifest
from tanya_csto.errors import CorpusError
from tanya_csto.text.boilerplate import find_boilerplate
from tanya_csto.text.sentences import count_ends
from tanya_csto.text.spans import Span, gaps

MAX_LINES: Final = 50_000  # and sentences, of an article; a book has fewer
MAX_TITLE: Final = 300  # characters of a title that are searched with each passage

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its text exactly as received, and what its publisher states about it.

    `title`, `published` (as written in the index) and `url` are None where the article does not state them;
    `boilerplate` marks the parts of the page that are never searched and never quoted.
    """

    id: str
    outlet: str
    text: str = field(repr=False)
    title: str | None = None
    published: str | None = None
    url: str | None = None
    boilerplate: tuple[Span, ...] = field(default=(), repr=False, hash=False)  # there may be thousands

    @property
    def content(self) -> tuple[Span, ...]:
        """The parts that are the article itself: everything outside the boilerplate, white space trimmed."""
        parts = gaps(self.boilerplate, Span(0, len(self.text)))
        return tuple(part for part in (part.stripped(self.text) for part in parts) if len(part))

    @property
    def searched_title(self) -> str:
        """The title as far as each passage is searched and read below it; empty where none is stated."""
        return (self.title or "")[:MAX_TITLE]

    @property
    def headline(self) -> str:
        """The title, or the first line of the content where none is stated."""
        return self.title or self.content[0].of(self.text).partition("\n")[0]


@dataclass(frozen=True, slots=True)
class Corpus(Mapping[str, Article]):
    """The articles by id, in the order of the index, with what `index.toml` says about them as a whole.

    `suggestions` are questions that they answer, to suggest to people; `about` is what they are about, in a word or
    two, None where the index does not say; `bank` are questions written beforehand, None where the folder has none;
    `name`, `greeting` and `color` are how a page presents them, None where that is left to the page.
    """

    articles: tuple[Article, ...]
    suggestions: tuple[str, ...] = ()
    about: str | None = None
    bank: QuestionBank | None = field(default=None, repr=False)
    name: str | None = None
    greeting: str | None = None
    color: str | None = None
    _by_id: dict[str, Article] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {article.id: article for article in self.articles})

    def __getitem__(self, article_id: str) -> Article:
        return self._by_id[article_id]

    def __iter__(self) -> Iterator[str]:
        return (article.id for article in self.articles)

    def __len__(self) -> int:
        return len(self.articles)


def load_corpus(folder: Path | None = None) -> Corpus:
    """Read `index.toml` and the files that it names (UTF-8) from `folder`; the built-in corpus where it is None.

    A question bank that was written for other articles, as these were before some came or went, is left out.

    Raises:
        CorpusError: a file is missing or broken; the message names the file and the line or entry.
    """
    folder = shipped("corpus") if folder is None else folder
    corpus = load_articles(folder)
    try:
        return replace(corpus, bank=load_bank(folder, corpus.articles))
    except CorpusError as error:
        if error.code != "bank-other-articles":
            raise
        _log.warning("question bank left out", extra={"facts": {"advice": str(error)}})
        return corpus


def load_articles(folder: Path) -> Corpus:
    """Read a corpus as `load_corpus` does, but without its question bank."""
    manifest = read_manifest(folder)
    if not manifest.entries:
        raise CorpusError("corpus-empty", path=folder / MANIFEST)
    articles = tuple(_article(folder, number, entry) for number, entry in enumerate(manifest.entries, start=1))
    said = {name: getattr(manifest, name) for name in ("suggestions", *TEXTS)}
    return Corpus(articles, **said)


def read_text(folder: Path, number: int, entry: Entry) -> str:
    """Return the text of the article that stands `number`th in the manifest of `folder`.

    Raises:
        CorpusError: its file is not in the folder, cannot be read, or is not UTF-8.
    """
    path = folder / entry.file
    if path.parent != folder or not os.path.isfile(path):
        raise CorpusError("article-missing", path=folder / MANIFEST, number=number, file=entry.file)
    return read_inside(folder, path)


def boilerplate_of(text: str, source: object) -> tuple[Span, ...]:
    """Return what of an article's text is not the article.

    Raises:
        CorpusError: it has too many lines or sentences for an article, or nothing to quote; the message names `source`.
    """
    if count_ends(text) > MAX_LINES:
        raise CorpusError("document-too-many-lines", source=source, limit=MAX_LINES)
    found = find_boilerplate(text)
    seen = any(letter.isprintable() and not letter.isspace() for letter in text)
    if not seen or not Article("", "", text, boilerplate=found).content:
        raise CorpusError("document-empty", source=source)
    return found


def _article(folder: Path, number: int, entry: Entry) -> Article:
    text = read_text(folder, number, entry)
    stated = {name: getattr(entry, name) for name in ("id", "outlet", *STATED)}
    return Article(text=text, boilerplate=boilerplate_of(text, folder / entry.file), **stated)
