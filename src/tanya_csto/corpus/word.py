"""Word files: their paragraphs and tables, and the title that they state."""

from __future__ import annotations

from io import BytesIO
from typing import Final
from zipfile import ZipFile

from docx import Document as open_word
from docx.table import Table
from docx.text.paragraph import Paragraph

from tanya_csto.corpus.documents import MAX_FILE, Document
from tanya_csto.errors import CorpusError

_TITLES: Final = ("Title", "Heading 1")  # the styles of a paragraph that is the title


def read_word(data: bytes, source: str) -> Document:
    """Return the text of a .docx file, a paragraph or a row of a table a line, and its title.

    Raises:
        CorpusError: the file is broken, or larger than `MAX_FILE` when it is unpacked.
    """
    try:
        with ZipFile(BytesIO(data)) as packed:
            size = sum(part.file_size for part in packed.infolist())
        if size > MAX_FILE:
            raise CorpusError("document-too-large", source=source, limit=MAX_FILE >> 20)
        word = open_word(BytesIO(data))
        blocks = list(word.iter_inner_content())
        title = word.core_properties.title
        first = next((block for block in blocks if isinstance(block, Table) or block.text.strip()), None)
        if isinstance(first, Paragraph) and first.style is not None and first.style.name in _TITLES:
            title = first.text
            blocks.remove(first)
        text = "\n".join(map(_text, blocks))
    except CorpusError:
        raise
    except Exception as error:  # python-docx and lxml meet a broken file with errors of many kinds
        raise CorpusError("document-broken", source=source) from error
    return Document(source, text, title=title)


def _text(block: Paragraph | Table) -> str:
    if isinstance(block, Paragraph):
        return block.text
    return "\n".join(" ".join(cell.text for cell in row.cells) for row in block.rows)
