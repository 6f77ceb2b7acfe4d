"""The manifest: what `index.toml` says about a corpus, read, checked and written."""

from __future__ import annotations

import re
import tomllib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import tomli_w

from tanya_csto.corpus.dates import published_date
from tanya_csto.corpus.files import read_inside, reading
from tanya_csto.corpus.records import (
    MAX_QUESTION,
    as_it_is,
    line_of,
    list_of,
    record_of,
    text_of,
)
from tanya_csto.errors import CorpusError
from tanya_csto.messages import say

MANIFEST: Final = "index.toml"
_WEB: Final = re.compile(r"https?://")  # a link to anything else, such as javascript:, would run on the page
_COLOR: Final = re.compile(r"#[0-9A-Fa-f]{6}")
_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Entry:
    """What the manifest says about one article; None where the article does not state it."""

    id: str
    file: str
    outlet: str
    title: str | None = None
    published: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """The articles of a folder in order, questions that they answer, and how a page presents them.

    `about` is what they are about, in a word or two; `name`, `greeting` and `color` (`#rrggbb`) are the page's own.
    """

    entries: tuple[Entry, ...] = ()
    suggestions: tuple[str, ...] = ()
    about: str | None = None
    name: str | None = None
    greeting: str | None = None
    color: str | None = None


STATED: Final = ("title", "published", "url")
TEXTS: Final = ("about", "name", "greeting", "color")


def entry_of(value: object) -> Entry:
    """Return the entry of an article that has these fields.

    Raises:
        ValueError: something is wrong with them; told in Indonesian.
    """
    needed = {"id": text_of, "file": text_of, "outlet": line_of}
    entry = Entry(**record_of(value, needed, dict.fromkeys(STATED, line_of)))
    if not _ID.fullmatch(entry.id):
        raise ValueError(say("id-bad"))
    if entry.published and published_date(entry.published) is None:
        raise ValueError(say("date-bad"))
    if entry.url and not _WEB.match(entry.url):
        raise ValueError(say("url-bad"))
    return entry


def read_manifest(folder: Path) -> Manifest:
    """Read `index.toml` of `folder`; it may list no article yet, and the files that it names are not looked at.

    Raises:
        CorpusError: the folder or its index is missing or broken; the message names the file and the line or entry.
    """
    index = folder / MANIFEST
    with reading(index):
        if not folder.is_dir():
            raise CorpusError("corpus-missing", path=folder)
        if not index.is_file():
            raise CorpusError("corpus-no-index", path=index)
    content = parsed(read_inside(folder, index), index)
    try:
        lists = {"article": list_of(as_it_is, 0), "suggestions": list_of(line_of, 0)}
        record = record_of(content, {}, lists | dict.fromkeys(TEXTS, line_of))
        if not _COLOR.fullmatch(record.get("color", "#000000")):
            raise ValueError(say("color-bad"))
        if any(len(question) > MAX_QUESTION for question in record.get("suggestions", ())):
            raise ValueError(say("questions-long", name="suggestions", limit=MAX_QUESTION))
    except ValueError as error:
        raise CorpusError("bad", source=index, reason=error) from error
    entries: dict[str, Entry] = {}
    for number, article in enumerate(record.pop("article", ()), start=1):
        try:
            entry = entry_of(article)
            if entries.setdefault(entry.id, entry) is not entry:
                raise ValueError(say("id-taken", id=entry.id))
        except ValueError as error:
            place = say("place-article", source=index, number=number)
            raise CorpusError("bad", source=place, reason=error) from error
    return Manifest(tuple(entries.values()), **record)


def as_toml(manifest: Manifest) -> str:
    """Return the manifest as the text of an `index.toml` that reads back the same."""
    head = {name: getattr(manifest, name) for name in (*TEXTS, "suggestions") if getattr(manifest, name)}
    entries = [{name: text for name, text in asdict(entry).items() if text} for entry in manifest.entries]
    return tomli_w.dumps({**head, "article": entries} if entries else head)


def parsed(text: str, path: Path) -> dict[str, Any]:
    """Return the table that the text of a TOML file holds.

    Raises:
        CorpusError: it is no TOML; the message names the file, and the line where that is known.
    """
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # also a number without end, and brackets too deep
        found = re.search(r"line (\d+)|end of document", str(error))
        line = found[1] or text.count("\n") + 1 if found else None
        place = say("place-line", source=path, line=line) if line else path
        raise CorpusError("bad-toml", place=place) from error
