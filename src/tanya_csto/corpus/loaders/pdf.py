"""PDF files: the text on their pages, and the title that they state."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Final

from pypdf import PdfReader
from pypdf.errors import DependencyError

from tanya_csto.corpus.documents import NO_TEXT, Document, File
from tanya_csto.errors import CorpusError

# of the widest line of its page: a line from there on goes on in the next one; at the end of a sentence it may not
_FULL: Final = 0.75
_FULL_SENTENCE: Final = 0.95
_ENDS: Final = re.compile(r"[.!?][\"'”’)]*$")
_NUMBERS: Final = re.compile(r"\d+")

logging.getLogger("pypdf").addHandler(logging.NullHandler())  # what it warns of is told as an error of ours, or mended


def load(file: File) -> tuple[Document, ...]:
    """Return the text of a PDF file, one paragraph a line, and its title.

    The day on which the file was made is not taken for the day on which the article was published.

    Raises:
        CorpusError: the file is broken, needs a password, or holds pictures of text only.
    """
    try:
        reader = PdfReader(BytesIO(file.data))
        locked = reader.is_encrypted and not reader.decrypt("")
        pages = [] if locked else [page.extract_text() for page in reader.pages]
        title = None if locked or reader.metadata is None else reader.metadata.title
    except DependencyError:  # a cipher that pypdf leaves to another package
        locked = True
    except Exception as error:  # pypdf meets a broken file with errors of many kinds
        raise CorpusError("document-broken", source=file.source) from error
    if locked:
        raise CorpusError("document-locked", source=file.source)
    text = "\n".join(_paragraphs(_without_edges([NO_TEXT.sub("", page).strip().splitlines() for page in pages])))
    if not text.strip():
        raise CorpusError("document-scanned", source=file.source)
    return (file.document(text, title=title),)


def _without_edges(pages: list[list[str]]) -> list[list[str]]:
    """Return the pages without the lines that stand at the top or the bottom of most of them, numbers aside."""
    for place in (0, -1):
        while True:
            shapes = [_NUMBERS.sub("#", page[place].strip()) if page else "" for page in pages]
            often = {shape for shape, count in Counter(shapes).items() if shape and 1 < count > len(pages) / 2}
            if not often:
                break
            for page, shape in zip(pages, shapes, strict=True):
                if shape in often:
                    del page[place]
    return pages


def _paragraphs(pages: Iterable[list[str]]) -> Iterator[str]:
    """Yield the lines, put together where one is so wide that it goes on in the next; an empty one parts paragraphs."""
    paragraph = ""
    for page in pages:
        lines = [line.strip() for line in page]
        widest = max(map(len, lines), default=0)
        for line in lines:
            paragraph += line if not paragraph or paragraph.endswith("-") else f" {line}"
            if not line or len(line) < (_FULL_SENTENCE if _ENDS.search(line) else _FULL) * widest:
                yield paragraph.strip()
                paragraph = ""
    if paragraph:
        yield paragraph
