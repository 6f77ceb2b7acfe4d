"""The manifest: what `index.toml` says about a corpus, read, checked and written."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from tanya_csto.corpus.dates import published_date
from tanya_csto.errors import CorpusError

MANIFEST: Final = "index.toml"
_REQUIRED: Final = frozenset({"id", "file", "outlet"})
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


_NAMES: Final = tuple(field.name for field in fields(Entry))
_TEXTS: Final = ("about", "name", "greeting", "color")
_TOP: Final = ("article", "suggestions", *_TEXTS)


def flaw(entry: Mapping[str, object]) -> str | None:
    """Return what is wrong with the fields of an entry, in Indonesian; None where nothing is.

    >>> flaw({"id": "satu", "file": "satu.txt", "outlet": " "})
    'outlet harus berisi teks'
    """
    for name in _NAMES:
        value = entry.get(name)
        if (value is not None or name in _REQUIRED) and not (isinstance(value, str) and value.strip()):
            return f"{name} harus berisi teks"
    if reason := _unknown(entry, _NAMES):
        return reason
    if not _ID.fullmatch(str(entry["id"])):
        return "id hanya boleh memuat a-z, 0-9, dan -"
    if entry.get("published") and published_date(str(entry["published"])) is None:
        return "published harus memuat tanggal seperti 2022-05-17 atau 17 Mei 2022"
    if not _WEB.match(str(entry.get("url") or "https://")):
        return "url harus berawal http:// atau https://"
    return None


def _unknown(given: Iterable[str], known: Sequence[str]) -> str | None:
    """Return what is wrong with the first name that is not known, and which one may be meant."""
    name = next((name for name in given if name not in known), None)
    if name is None:
        return None
    near = get_close_matches(name, known, n=1)
    return f"{name!r} tidak dikenal; " + (f"maksudnya mungkin {near[0]}" if near else f"yang ada: {', '.join(known)}")


def read_manifest(folder: Path) -> Manifest:
    """Read `index.toml` of `folder`; it may list no article yet, and the files that it names are not looked at.

    Raises:
        CorpusError: the folder or its index is missing or broken; the message names the file and the line or entry.
    """
    if not folder.is_dir():
        raise CorpusError("corpus-missing", path=folder)
    index = folder / MANIFEST
    if not index.is_file():
        raise CorpusError("corpus-no-index", path=index)
    content = parsed(read_inside(folder, index), index)
    if reason := _unknown(content, _TOP):
        raise CorpusError("corpus-bad-name", path=index, reason=reason)
    entries, suggestions = content.get("article", []), content.get("suggestions", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise CorpusError("corpus-empty", path=index)
    if not isinstance(suggestions, list) or not all(isinstance(suggestion, str) for suggestion in suggestions):
        raise CorpusError("corpus-bad-suggestions", path=index)
    texts = {name: content[name] for name in _TEXTS if name in content}
    for name, text in texts.items():
        if not (isinstance(text, str) and text.strip()):
            raise CorpusError("corpus-bad-text", path=index, name=name)
    if not _COLOR.fullmatch(texts.get("color", "#000000")):
        raise CorpusError("corpus-bad-color", path=index)
    return Manifest(_entries(index, entries), tuple(suggestions), **texts)


def as_toml(manifest: Manifest) -> str:
    """Return the manifest as the text of an `index.toml` that reads back the same."""
    texts = ((name, getattr(manifest, name)) for name in _TEXTS)
    head = [f"{name} = {toml_string(text)}" for name, text in texts if text]
    if manifest.suggestions:
        head += ["suggestions = [", *(f"  {toml_string(text)}," for text in manifest.suggestions), "]"]
    blocks = ["\n".join(head)] if head else []
    for entry in manifest.entries:
        lines = (f"{name} = {toml_string(value)}" for name, value in asdict(entry).items() if value is not None)
        blocks.append("\n".join(("[[article]]", *lines)))
    return "\n\n".join(blocks) + "\n"


def read_inside(folder: Path, path: Path) -> str:
    """Return the UTF-8 text of a file of the corpus in `folder`.

    Raises:
        CorpusError: it cannot be read, is not UTF-8, or is a link to a file outside the folder.
    """
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            raise CorpusError("file-outside", path=path)
        data = path.read_bytes()
    except OSError as error:
        raise CorpusError("document-unreadable", source=path) from error
    return decoded(data, path)


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
        place = f"{path}, baris {line}" if line else path
        raise CorpusError("bad-toml", place=place) from error


def decoded(data: bytes, source: object) -> str:
    """Return the UTF-8 text that `data` holds.

    Raises:
        CorpusError: it is something else; the message names `source` and the line.
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CorpusError("article-not-utf8", path=source, line=data.count(b"\n", 0, error.start) + 1) from error


def _entries(index: Path, entries: list[dict[str, Any]]) -> tuple[Entry, ...]:
    found: dict[str, Entry] = {}
    for number, entry in enumerate(entries, start=1):
        reason = flaw(entry)
        if reason is None and entry["id"] in found:
            reason = f"id {entry['id']!r} sudah dipakai"
        if reason is not None:
            raise CorpusError("corpus-bad-entry", path=index, number=number, reason=reason)
        found[entry["id"]] = Entry(**entry)
    return tuple(found.values())


def toml_string(text: str) -> str:
    """Return `text` as a basic string of TOML: JSON's escapes are TOML's, only that JSON leaves DEL as it is."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
