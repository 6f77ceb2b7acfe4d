"""The editor: articles put into a corpus folder and taken out of it, all of them or none.

`index.toml` is replaced in one step, behind the new text files and before old ones are deleted: whatever stops the
program, the folder holds a corpus that loads. What is left over then are text files that no index names.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from hashlib import blake2b
from itertools import chain, count
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from tanya_csto.corpus.articles import boilerplate_of, read_text
from tanya_csto.corpus.documents import Document, slug
from tanya_csto.corpus.files import locked, reading, replace_file, shipped, write_file, writing
from tanya_csto.corpus.manifest import MANIFEST, STATED, Entry, Manifest, as_toml, entry_of, read_manifest
from tanya_csto.errors import CorpusError

Addition = tuple[Entry, bytes]
Watch = Callable[[Sequence[Any]], Iterable[Any]]

_LONGEST_NAME: Final = 200  # letters; file systems take 255 with the ending
_NAMELESS: Final = "artikel"  # the id, with a number, where neither title nor outlet makes one


def add(folder: Path, documents: Sequence[Document], watch: Watch = iter) -> tuple[Entry, ...]:
    """Put documents into the corpus in `folder`, made where it is missing, and return their entries.

    `watch` is given each list that is worked through, and may show how far the work is.

    Raises:
        CorpusError: a document cannot be added, or the folder cannot be written; nothing has changed then.
    """
    spare_the_built_in(folder)
    documents = [_checked(document) for document in watch(documents)]
    if not os.path.isfile(folder / MANIFEST):
        _additions(folder, (), documents)  # what cannot be added makes no folder
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder):
            manifest = read_manifest(folder) if (folder / MANIFEST).is_file() else Manifest()
            additions = _additions(folder, manifest.entries, documents)
            entries = tuple(entry for entry, _ in additions)
            _put(folder, watch(additions), replace(manifest, entries=manifest.entries + entries))
    return entries


def update(folder: Path, documents: Sequence[Document], watch: Watch = iter) -> tuple[Entry, ...]:
    """Put documents in the place of the articles that bear their ids, and return their entries as they are now.

    What a document does not state about itself stays as it was.

    Raises:
        CorpusError: the corpus has no such article, a document cannot stand in it, or the folder cannot be written;
            nothing has changed then.
    """
    with _changing(folder) as manifest:
        before = {entry.id: entry for entry in manifest.entries}
        merged = []
        for document in watch(documents):
            if (entry := before.get(document.id or "")) is None:
                raise CorpusError("document-id-unknown", source=document.source, id=document.id or "-")
            stated = {name: getattr(document, name) or getattr(entry, name) for name in ("outlet", *STATED)}
            merged.append(_checked(replace(document, **stated)))
        left = before.keys() - {document.id for document in merged}
        additions = _additions(folder, [entry for entry in manifest.entries if entry.id in left], merged)
        now = {entry.id: entry for entry, _ in additions}
        entries = tuple(now.get(entry.id, entry) for entry in manifest.entries)
        _put(folder, watch(additions), replace(manifest, entries=entries))
        _delete(folder, manifest.entries, entries)
    return tuple(now.values())


def remove(folder: Path, ids: Collection[str]) -> tuple[Entry, ...]:
    """Take articles and their files out of the corpus in `folder`, and return what their entries were.

    Raises:
        CorpusError: the corpus has no such article, would be empty, or cannot be written; nothing has changed then.
    """
    with _changing(folder) as manifest:
        before = {entry.id for entry in manifest.entries}
        if unknown := [each for each in ids if each not in before]:
            raise CorpusError("article-unknown", path=folder, id=unknown[0])
        kept = tuple(entry for entry in manifest.entries if entry.id not in ids)
        if not kept:
            raise CorpusError("corpus-last", path=folder)
        _put(folder, (), replace(manifest, entries=kept))
        removed = tuple(entry for entry in manifest.entries if entry.id in ids)
        _delete(folder, removed, kept)
    return removed


@contextmanager
def _changing(folder: Path) -> Iterator[Manifest]:
    """Give the manifest of a corpus that is there, while nobody else changes it."""
    spare_the_built_in(folder)
    with reading(folder / MANIFEST):
        if not folder.is_dir():
            raise CorpusError("corpus-missing", path=folder)
    with writing(folder), locked(folder):
        yield read_manifest(folder)


def _delete(folder: Path, before: Iterable[Entry], now: Iterable[Entry]) -> None:
    """Delete the files of the entries before that no entry names now."""
    for name in {entry.file for entry in before} - {entry.file for entry in now}:
        if (folder / name).parent == folder:
            with suppress(OSError):  # the corpus is without it already
                (folder / name).unlink()


def spare_the_built_in(folder: Path) -> None:
    """Raise `CorpusError` where the folder is that of the built-in corpus."""
    if os.path.realpath(folder) == os.path.realpath(shipped("corpus")):
        raise CorpusError("corpus-built-in")


def _checked(document: Document) -> Document:
    """Return the document, whose outlet is the host of its address where its file states none."""
    try:
        host = urlsplit(document.url or "").hostname or ""
    except ValueError:  # what looks like an IPv6 address and is none
        host = ""
    outlet = document.outlet or host.removeprefix("www.")
    if not outlet:
        raise CorpusError("document-no-outlet", source=document.source)
    boilerplate_of(document.text, document.source)
    return replace(document, outlet=outlet)


def _additions(folder: Path, entries: Sequence[Entry], documents: Iterable[Document]) -> list[Addition]:
    """Return the entry and the content of the file of each document, checked against all articles."""
    owners = {_digest(read_text(folder, number, entry)): entry.id for number, entry in enumerate(entries, start=1)}
    ids = {entry.id for entry in entries}
    files = {entry.file for entry in entries}
    names: dict[str, Iterator[str]] = {}  # that are left to try for articles without an id, by what they begin with
    additions = []
    for document in documents:
        if document.id in ids:
            raise CorpusError("document-id-taken", source=document.source, id=document.id)
        stem = slug(document.title or document.outlet or "") or _NAMELESS
        free = (name for name in names.setdefault(stem, _numbered(stem)) if name not in ids)
        article_id = document.id or next(free)
        stated = {name: value for name in ("outlet", *STATED) if (value := getattr(document, name))}
        try:
            entry = entry_of({"id": article_id, "file": f"{article_id}.txt", **stated})
        except ValueError as error:
            raise CorpusError("bad", source=document.source, reason=error) from error
        if (owner := owners.setdefault(_digest(document.text), article_id)) != article_id:
            raise CorpusError("document-same-text", source=document.source, id=owner)
        content = document.text.encode()
        file = _free_file(folder, article_id, content, files)
        ids.add(article_id)
        files.add(file)
        additions.append((replace(entry, file=file), content))
    return additions


def _digest(text: str) -> bytes:
    """Return what is the same for texts that differ in white space only."""
    return blake2b(" ".join(text.split()).encode(), digest_size=16).digest()


def _numbered(stem: str) -> Iterator[str]:
    return chain([stem], (f"{stem}-{number}" for number in count(2)))


def _free_file(folder: Path, article_id: str, content: bytes, taken: Collection[str]) -> str:
    """Return the name of a file that no entry names, and that is not there yet or holds this very content."""
    names = (f"{each}.txt" for each in _numbered(article_id[:_LONGEST_NAME]))
    return next(name for name in names if name not in taken and _is_free(folder / name, content))


def _is_free(path: Path, content: bytes) -> bool:
    return not os.path.lexists(path) or (path.is_file() and path.read_bytes() == content)


def _put(folder: Path, additions: Iterable[Addition], manifest: Manifest) -> None:
    """Write the files, then put the manifest in place of the one before; where that fails, delete the files."""
    index, content = folder / MANIFEST, as_toml(manifest).encode()
    made: list[Path] = []
    try:
        for entry, text in additions:
            path = folder / entry.file
            if not path.exists():
                made.append(path)
                write_file(path, text)
        replace_file(index, content)
    except BaseException:
        if not index.is_file() or index.read_bytes() != content:  # it may have come to pass before it was stopped
            for path in made:
                path.unlink(missing_ok=True)
        raise
