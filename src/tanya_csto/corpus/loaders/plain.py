"""Text files: all of the file is the text of one article."""

from __future__ import annotations

from tanya_csto.corpus.documents import Document, File
from tanya_csto.corpus.files import decoded
from tanya_csto.errors import CorpusError


def load(file: File) -> tuple[Document, ...]:
    """Return the article that the file is.

    Raises:
        CorpusError: it is not UTF-8.
    """
    return (file.document(plain_text(file)),)


def plain_text(file: File) -> str:
    """Return the UTF-8 text that the file holds, its line ends those of the corpus.

    Raises:
        CorpusError: it is something else; the message names the line.
    """
    text = decoded(file.data.removeprefix(b"\xef\xbb\xbf"), file.source)
    if "\0" in text:  # UTF-16 passes for UTF-8 where it says nothing about itself
        raise CorpusError("not-utf8", path=file.source, line=text.count("\n", 0, text.index("\0")) + 1)
    return text.replace("\r\n", "\n").replace("\r", "\n")
