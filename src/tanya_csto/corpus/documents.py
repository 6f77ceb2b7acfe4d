"""Documents: texts on their way into a corpus, with what their files state about them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from tanya_csto.corpus.dates import written
from tanya_csto.corpus.manifest import STATED
from tanya_csto.corpus.records import one_line
from tanya_csto.errors import CorpusError

MAX_FILE: Final = 64 << 20  # bytes
BETWEEN_CELLS: Final = " | "  # of a row of a table, which is a line of the text
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


@dataclass(frozen=True, slots=True)
class File:
    """What a loader is given: a file's bytes, `source`: what to call it in an error, and its path where it has one."""

    data: bytes
    source: str
    path: Path = Path()

    def document(self, text: str, **stated: str | None) -> Document:
        """Return the one article that the file holds, its id the file's name."""
        return Document(self.source, text, slug(self.path.stem), **stated)


def read_bounded(stream: BinaryIO, source: str, path: Path = Path()) -> File:
    """Return what comes out of a file or a pipe.

    Raises:
        CorpusError: it is more than `MAX_FILE`.
    """
    data = stream.read(MAX_FILE + 1)
    if len(data) > MAX_FILE:
        raise CorpusError("document-too-large", source=source, limit=MAX_FILE >> 20)
    return File(data, source, path)


def slug(text: str) -> str | None:
    """Return `text` as an id; None where no letter of it can stand in one.

    >>> slug("Lima hal tentang CSTO!")
    'lima-hal-tentang-csto'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST_ID].strip("-") or None
