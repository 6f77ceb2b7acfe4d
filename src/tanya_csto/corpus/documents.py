"""Documents: texts on their way into a corpus, with what their files state about them."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, Final

from tanya_csto.corpus.dates import written
from tanya_csto.corpus.files import decoded
from tanya_csto.corpus.manifest import STATED
from tanya_csto.corpus.records import json_of, lines_of, one_line, record_of, text_of
from tanya_csto.errors import CorpusError
from tanya_csto.messages import say

MAX_FILE: Final = 64 << 20  # bytes
BETWEEN_CELLS: Final = " | "  # of a row of a table, which is a line of the text
_READERS: Final = {  # of a file that holds one article, by its ending: a module of this package and its function
    ".txt": "documents.read_plain",
    ".md": "markdown.read_markdown",
    ".html": "webpage.read_page",
    ".htm": "webpage.read_page",
    ".docx": "word.read_word",
    ".pdf": "pdf.read_pdf",
}
FEEDS: Final = (".rss", ".atom", ".xml")
KINDS: Final = (*_READERS, ".jsonl", *FEEDS)  # endings of all files that hold articles
_LONGEST_ID: Final = 60
NO_TEXT: Final = re.compile("[\0\ud800-\udfff]")  # NUL, and half a character, as for a shape of no known letter


@dataclass(frozen=True, slots=True)
class Document:
    """A text, what its file states about it on one line each, and `source`: what to call it in an error.

    The day of publication is kept as Indonesians write it, whatever form it is stated in.
    """

    source: str
    text: str
    id: str | None = None
    outlet: str | None = None
    title: str | None = None
    published: str | None = None
    url: str | None = None

    def __post_init__(self) -> None:
        for name in ("outlet", *STATED):
            object.__setattr__(self, name, one_line(getattr(self, name)))
        object.__setattr__(self, "published", written(self.published))


def read_documents(path: Path) -> tuple[Document, ...]:
    """Return what a text file, a web page, a Word or PDF file holds, or each line or entry of JSON Lines or a feed.

    Raises:
        CorpusError: the file cannot be read or holds no article; the message names it, and the line where there is one.
    """
    source = os.fsencode(path).decode("utf-8", "replace")
    kind = path.suffix.lower()
    if kind not in KINDS:
        raise CorpusError("document-unknown-type", source=source, known=", ".join(KINDS))
    try:
        if path.exists() and not path.is_file():  # a folder, a pipe, a device
            raise CorpusError("document-no-file", source=source)
        with path.open("rb") as file:
            data = read_bounded(file, source)
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        raise CorpusError("document-unreadable", source=source) from error
    if kind in _READERS:
        document: Document = _reader(_READERS[kind], source)(data, source)
        return (replace(document, id=slug(path.stem)),)
    if kind == ".jsonl":
        return _lines(data, source)
    feed: tuple[Document, ...] = _reader("feed.read_feed", source)(data, path, source)
    return feed


def files_in(path: Path) -> tuple[Path, ...]:
    """Return the file at `path`, or, where it is a folder, those in it and its folders that can hold articles.

    Raises:
        CorpusError: there is none in the folder, or one is a link to a file outside it.
    """
    if not path.is_dir():
        return (path,)
    found = (file for file in sorted(path.rglob("*")) if file.suffix.lower() in KINDS and file.is_file())
    files = tuple(file for file in found if not any(part.startswith(".") for part in file.relative_to(path).parts))
    if not files:
        raise CorpusError("folder-empty", source=os.fsencode(path).decode("utf-8", "replace"))
    if outside := [file for file in files if not file.resolve().is_relative_to(path.resolve())]:
        raise CorpusError("file-outside", path=os.fsencode(outside[0]).decode("utf-8", "replace"))
    return files


def read_bounded(file: BinaryIO, source: str) -> bytes:
    """Return what is in a file or comes out of a pipe.

    Raises:
        CorpusError: it is more than `MAX_FILE`.
    """
    data = file.read(MAX_FILE + 1)
    if len(data) > MAX_FILE:
        raise CorpusError("document-too-large", source=source, limit=MAX_FILE >> 20)
    return data


def read_plain(data: bytes, source: str) -> Document:
    """Return the UTF-8 text that `data` holds, its line ends those of the corpus.

    Raises:
        CorpusError: it is something else; the message names the line.
    """
    text = decoded(data.removeprefix(b"\xef\xbb\xbf"), source)
    if "\0" in text:  # UTF-16 passes for UTF-8 where it says nothing about itself
        raise CorpusError("not-utf8", path=source, line=text.count("\n", 0, text.index("\0")) + 1)
    return Document(source, text.replace("\r\n", "\n").replace("\r", "\n"))


def completed(document: Document, given: Mapping[str, str]) -> Document:
    """Return the document with what is `given` about it besides its file.

    Raises:
        CorpusError: its file states it otherwise.
    """
    complete = replace(document, **given)
    for name in given:
        stated = getattr(document, name)
        if stated not in (None, getattr(complete, name)):
            raise CorpusError("document-stated", source=document.source, name=name, value=stated)
    return complete


def slug(text: str) -> str | None:
    """Return `text` as an id; None where no letter of it can stand in one.

    >>> slug("Lima hal tentang CSTO!")
    'lima-hal-tentang-csto'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST_ID].strip("-") or None


def _reader(name: str, source: str) -> Any:  # noqa: ANN401 - each returns its own
    """Return the reader of that name; its module is loaded now, as some need packages that not everybody installs."""
    module, _, function = name.partition(".")
    try:
        return getattr(import_module(f"tanya_csto.corpus.{module}"), function)
    except ImportError as error:
        raise CorpusError("packages-missing", source=source) from error


def _lines(data: bytes, source: str) -> tuple[Document, ...]:
    documents = []
    for place, line in lines_of(read_plain(data, source).text, source):
        try:
            needed, optional = dict.fromkeys(("text", "outlet"), _sound), dict.fromkeys(("id", *STATED), _stated)
            documents.append(Document(place, **record_of(json_of(line), needed, optional)))
        except ValueError as error:
            raise CorpusError("bad-line", place=place, reason=error) from error
    if not documents:
        raise CorpusError("document-empty", source=source)
    return tuple(documents)


def _sound(value: object, name: str) -> str:
    text = text_of(value, name)
    if NO_TEXT.search(text):
        raise ValueError(say("characters-bad", name=name))
    return text


def _stated(value: object, name: str) -> str | None:
    return None if value is None else _sound(value, name)
