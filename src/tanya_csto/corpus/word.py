"""Word files: their paragraphs and tables, and the title that they state."""

from __future__ import annotations

from functools import partial
from io import BytesIO
from itertools import chain
from typing import Final
from zipfile import ZipFile

from docx import Document as open_word
from docx.table import Table
from docx.text.paragraph import Paragraph

from tanya_csto.corpus.documents import MAX_FILE, Document
from tanya_csto.errors import CorpusError

MAX_XML: Final = 16 << 20  # bytes, unpacked; read, they take twenty times as much memory
_PIECE: Final = 1 << 16  # bytes
_BEFORE_XML: Final = b"\xef\xbb\xbf\xfe\xff\0 \t\r\n"  # marks of its encoding, and white space
_TITLES: Final = ("Title", "Heading 1")  # the styles of a paragraph that is the title


def read_word(data: bytes, source: str) -> Document:
    """Return the text of a .docx file, a paragraph or a row of a table a line, and its title.

    Raises:
        CorpusError: the file is broken, or, unpacked, larger than `MAX_FILE` or its XML larger than `MAX_XML`.
    """
    try:
        _check_size(data, source)
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


def _check_size(data: bytes, source: str) -> None:
    """Unpack all parts piece by piece and count: how large they are is not what the file says."""
    size = xml = 0
    with ZipFile(BytesIO(data)) as packed:
        for info in packed.infolist():
            with packed.open(info) as part:
                head = part.read(_PIECE)
                is_xml = head.lstrip(_BEFORE_XML)[:1] in (b"<", b"")
                for piece in chain([head], iter(partial(part.read, _PIECE), b"")):
                    size += len(piece)
                    xml += len(piece) if is_xml else 0
                    for count, limit in ((size, MAX_FILE), (xml, MAX_XML)):
                        if count > limit:
                            raise CorpusError("document-too-large", source=source, limit=limit >> 20)


def _text(block: Paragraph | Table) -> str:
    if isinstance(block, Paragraph):
        return block.text
    return "\n".join(" ".join(cell.text for cell in row.cells) for row in block.rows)
