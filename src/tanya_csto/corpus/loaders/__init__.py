"""Loaders: a module for each type of file that articles come in, which turns such a file into documents.

A loader is a function `load(file: File) -> tuple[Document, ...]`. The text that it returns is what a reader sees, each
paragraph and each row of a table on a line; the rest is only what the file states about itself. It fetches nothing, and
tells by a `CorpusError` what is wrong. Its module is imported when a file of its type comes, so that it may need a
package of the extra `[add]`.

To add one, write its module (`markdown.py` is a short one) and name it in `LOADERS`, by the endings of its files.
"""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from typing import Final

from tanya_csto.corpus.documents import Document, read_bounded
from tanya_csto.corpus.files import check_regular, reading
from tanya_csto.errors import CorpusError

LOADERS: Final = {  # modules of this package, by the endings of the files that they load
    ".txt": "plain",
    ".md": "markdown",
    ".html": "webpage",
    ".htm": "webpage",
    ".docx": "word",
    ".pdf": "pdf",
    ".jsonl": "json_lines",
    ".rss": "feed",
    ".atom": "feed",
    ".xml": "feed",
}


def read_documents(path: Path) -> tuple[Document, ...]:
    """Return what a file holds: one article, or each line or entry of JSON Lines or a feed.

    Raises:
        CorpusError: the file cannot be read or holds no article; the message names it, and the line where there is one.
    """
    source = os.fsencode(path).decode("utf-8", "replace")
    kind = path.suffix.lower()
    try:
        if kind not in LOADERS and path.exists():
            raise CorpusError("document-unknown-type", source=source, known=", ".join(LOADERS))
        check_regular(path, source)
        with path.open("rb") as stream:
            file = read_bounded(stream, source, path)
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        raise CorpusError("document-unreadable", source=source) from error
    try:
        loader = import_module(f"{__name__}.{LOADERS[kind]}")
    except ImportError as error:
        raise CorpusError("packages-missing", source=source) from error
    documents: tuple[Document, ...] = loader.load(file)
    if not documents:
        raise CorpusError("document-empty", source=source)
    return documents


def files_in(path: Path) -> tuple[Path, ...]:
    """Return the file at `path`, or, where it is a folder, those in it and its folders that can hold articles.

    Raises:
        CorpusError: there is none in the folder, one is a link to a file outside it, or they cannot be looked for.
    """
    source = os.fsencode(path).decode("utf-8", "replace")
    with reading(source):
        if not path.is_dir():
            return (path,)
        found = (file for file in sorted(path.rglob("*")) if file.suffix.lower() in LOADERS and file.is_file())
        files = tuple(file for file in found if not any(part.startswith(".") for part in file.relative_to(path).parts))
        outside = [file for file in files if not file.resolve().is_relative_to(path.resolve())]
    if not files:
        raise CorpusError("folder-empty", source=source)
    if outside:
        raise CorpusError("file-outside", path=os.fsencode(outside[0]).decode("utf-8", "replace"))
    return files
