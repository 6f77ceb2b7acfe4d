"""PDF files: the text on their pages, and the title that they state."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Final

from pypdf import PdfReader
from pypdf.errors import DependencyError

from tanya_csto.corpus.documents import Document
from tanya_csto.errors import CorpusError

_FULL: Final = 0.75  # of the widest line of its page: a line from there on goes on in the next one
_NO_TEXT: Final = re.compile("[\0\ud800-\udfff]")  # left where a font does not say which letter a shape is

logging.getLogger("pypdf").addHandler(logging.NullHandler())  # what it warns of is told as an error of ours, or mended


def read_pdf(data: bytes, source: str) -> Document:
    """Return the text of a PDF file, one paragraph a line, and its title.

    The day on which the file was made is not taken for the day on which the article was published.

    Raises:
        CorpusError: the file is broken, needs a password, or holds pictures of text only.
    """
    try:
        reader = PdfReader(BytesIO(data))
        locked = reader.is_encrypted and not reader.decrypt("")
        pages = [] if locked else [page.extract_text() for page in reader.pages]
        title = None if locked or reader.metadata is None else reader.metadata.title
    except DependencyError:  # a cipher that pypdf leaves to another package
        locked = True
    except Exception as error:  # pypdf meets a broken file with errors of many kinds
        raise CorpusError("document-broken", source=source) from error
    if locked:
        raise CorpusError("document-locked", source=source)
    text = "\n".join(_paragraphs([line for page in pages for line in _lines(_NO_TEXT.sub("", page))]))
    if not text.strip():
        raise CorpusError("document-scanned", source=source)
    return Document(source, text, title=title)


def _lines(page: str) -> Iterator[tuple[str, bool]]:
    """Return the lines of a page, and whether each is so wide that it goes on in the next one."""
    lines = [line.strip() for line in page.splitlines()]
    widest = max(map(len, lines), default=0)
    for line in lines:
        yield line, len(line) >= _FULL * widest


def _paragraphs(lines: Sequence[tuple[str, bool]]) -> Iterator[str]:
    """Return the lines put together where one goes on in the next; an empty line stands between paragraphs."""
    paragraph = ""
    for line, full in lines:
        paragraph += line if not paragraph or paragraph.endswith("-") else f" {line}"
        if not full or not line:
            yield paragraph.strip()
            paragraph = ""
    if paragraph:
        yield paragraph
