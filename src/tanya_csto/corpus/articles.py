"""Articles: what a corpus folder holds, read byte for byte and never edited."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

from tanya_csto.errors import CorpusError
from tanya_csto.text.furniture import Furniture, find_furniture
from tanya_csto.text.spans import Span, gaps

_FIELDS = {"id": True, "file": True, "outlet": True, "title": False, "published": False, "url": False}
_WEB = re.compile(r"https?://")  # a link to anything else, such as javascript:, would run on the page
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its text exactly as received, and what its publisher states about it.

    `title`, `published` (as written in the index) and `url` are None where the article does not state them;
    `furniture` marks the parts of the page that are never searched and never quoted.
    """

    id: str
    outlet: str
    text: str = field(repr=False)
    title: str | None = None
    published: str | None = None
    url: str | None = None
    furniture: tuple[Furniture, ...] = field(default=(), repr=False)

    @property
    def content(self) -> tuple[Span, ...]:
        """The parts that are the article itself: everything outside the furniture, white space trimmed."""
        parts = gaps((mark.span for mark in self.furniture), Span(0, len(self.text)))
        return tuple(part for part in (part.stripped(self.text) for part in parts) if len(part))


@dataclass(frozen=True, slots=True)
class Corpus(Mapping[str, Article]):
    """The articles by id, in the order of the index, and questions that they answer, to suggest to people."""

    articles: tuple[Article, ...]
    suggestions: tuple[str, ...] = ()

    def __getitem__(self, article_id: str) -> Article:
        for article in self.articles:
            if article.id == article_id:
                return article
        raise KeyError(article_id)

    def __iter__(self) -> Iterator[str]:
        return (article.id for article in self.articles)

    def __len__(self) -> int:
        return len(self.articles)


def default_corpus() -> Path:
    """Return the folder of the built-in corpus: inside the installed package, or the checkout's own."""
    packaged = Path(str(resources.files("tanya_csto"))) / "_corpus"
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[3] / "corpus"


def load_corpus(folder: Path | None = None) -> Corpus:
    """Read `index.toml` and the files that it names (UTF-8) from `folder`; the built-in corpus where it is None.

    Raises:
        CorpusError: a file is missing or broken; the message names the file and the line or entry.
    """
    folder = default_corpus() if folder is None else folder
    if not folder.is_dir():
        raise CorpusError("corpus-missing", path=folder)
    index = folder / "index.toml"
    if not index.is_file():
        raise CorpusError("corpus-no-index", path=index)
    entries, suggestions = _read_index(index)
    articles = tuple(_read_article(index, number, entry) for number, entry in enumerate(entries, start=1))
    for number, article in enumerate(articles, start=1):
        if article.id in {other.id for other in articles[: number - 1]}:
            raise CorpusError("corpus-bad-entry", path=index, number=number, reason=f"id {article.id!r} sudah dipakai")
    return Corpus(articles, suggestions)


def _read_text(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CorpusError("article-not-utf8", path=path, line=data.count(b"\n", 0, error.start) + 1) from error


def _read_index(index: Path) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    text = _read_text(index)
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = found.group(1) if found else text.count("\n") + 1
        raise CorpusError("corpus-bad-toml", path=index, line=line, reason=error) from error
    entries, suggestions = content.get("article"), content.get("suggestions", [])
    if not entries or not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise CorpusError("corpus-empty", path=index)
    if not isinstance(suggestions, list) or not all(isinstance(suggestion, str) for suggestion in suggestions):
        raise CorpusError("corpus-bad-suggestions", path=index)
    return entries, tuple(suggestions)


def _read_article(index: Path, number: int, entry: dict[str, Any]) -> Article:
    for name, required in _FIELDS.items():
        value = entry.get(name)
        if (required and value is None) or (value is not None and (not isinstance(value, str) or not value.strip())):
            raise CorpusError("corpus-bad-entry", path=index, number=number, reason=f"{name} harus berisi teks")
    if unknown := sorted(set(entry) - set(_FIELDS)):
        raise CorpusError("corpus-bad-entry", path=index, number=number, reason=f"{unknown[0]} tidak dikenal")
    if not _ID.fullmatch(entry["id"]):
        raise CorpusError("corpus-bad-entry", path=index, number=number, reason="id hanya boleh memuat a-z, 0-9, dan -")
    if not _WEB.match(entry.get("url", "https://")):
        raise CorpusError(
            "corpus-bad-entry", path=index, number=number, reason="url harus berawal http:// atau https://"
        )
    path = index.parent / entry["file"]
    if path.parent != index.parent or not path.is_file():
        raise CorpusError("article-missing", path=index, number=number, file=entry["file"])
    text = _read_text(path)
    article = Article(
        id=entry["id"],
        outlet=entry["outlet"],
        text=text,
        title=entry.get("title"),
        published=entry.get("published"),
        url=entry.get("url"),
        furniture=find_furniture(text),
    )
    if not article.content:
        raise CorpusError("article-empty", path=path)
    return article
