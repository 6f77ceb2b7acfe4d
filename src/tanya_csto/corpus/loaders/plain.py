"""Text files: all of the file is the text of one article, its headline the title."""

from __future__ import annotations

from tanya_csto.corpus.documents import Document, File
from tanya_csto.corpus.files import decoded
from tanya_csto.corpus.passages import is_heading_line, is_short_line
from tanya_csto.errors import CorpusError


def load(file: File) -> tuple[Document, ...]:
    """Return the article that the file is.

    Raises:
        CorpusError: it is not UTF-8.
    """
    text = plain_text(file)
    return (file.document(text, title=_headline(text)),)


def _headline(text: str) -> str | None:
    """Return the first line where it reads as a title: alone above an empty line, or written as one."""
    line, _, rest = text.lstrip().partition("\n")
    line, apart = line.rstrip(), not rest.partition("\n")[0].strip()
    return line if rest.strip() and (is_heading_line(line) or (apart and is_short_line(line))) else None


def plain_text(file: File) -> str:
    """Return the UTF-8 text that the file holds, its line ends those of the corpus.

    Raises:
        CorpusError: it is something else; the message names the line.
    """
    text = decoded(file.data.removeprefix(b"\xef\xbb\xbf"), file.source)
    if "\0" in text:  # UTF-16 passes for UTF-8 where it says nothing about itself
        raise CorpusError("not-utf8", path=file.source, line=text.count("\n", 0, text.index("\0")) + 1)
    return text.replace("\r\n", "\n").replace("\r", "\n")
