"""Word files: their paragraphs and tables, and the title that they state."""

from __future__ import annotations

from io import BytesIO
from typing import Final
from zipfile import ZipFile

from docx import Document as open_word
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.oxml.text.paragraph import CT_P
from docx.oxml.xmlchemy import BaseOxmlElement

from tanya_csto.corpus.documents import BETWEEN_CELLS, MAX_FILE, Document, File
from tanya_csto.errors import CorpusError

MAX_XML: Final = 16 << 20  # bytes, unpacked; read, they take twenty times as much memory
MAX_PARTS: Final = 4000  # pictures, most of them; each is looked for among all
_HEAD: Final = 1 << 16  # bytes
_BEFORE_XML: Final = b"\xef\xbb\xbf\xfe\xff\0 \t\r\n"  # marks of its encoding, and white space
_PARAGRAPH: Final = qn("w:p")
_BLOCKS: Final = (_PARAGRAPH, qn("w:tbl"))
_RUN: Final = qn("w:r")
_LINK: Final = qn("w:hyperlink")
_WORDS: Final = tuple(map(qn, "w:t w:tab w:ptab w:br w:cr w:noBreakHyphen".split()))  # as str() gives them
_TITLES: Final = ("Title", "Heading 1")  # the styles of a paragraph that is the title


def load(file: File) -> tuple[Document, ...]:
    """Return the text of a .docx file, a paragraph or a row of a table a line, and its title.

    Raises:
        CorpusError: the file is broken, has more than `MAX_PARTS`, or is, unpacked, larger than `MAX_FILE` or its XML
            than `MAX_XML`.
    """
    try:
        _check_size(file)
        word = open_word(BytesIO(file.data))
        heading = _heading(word)
        blocks = word.element.body.iterchildren(*_BLOCKS)
        text = "\n".join(_text(block) for block in blocks if block is not heading)
        title = word.core_properties.title if heading is None else _text(heading)
    except CorpusError:
        raise
    except Exception as error:  # python-docx and lxml meet a broken file with errors of many kinds
        raise CorpusError("document-broken", source=file.source) from error
    return (file.document(text, title=title),)


def _check_size(file: File) -> None:
    with ZipFile(BytesIO(file.data)) as packed:
        parts = packed.infolist()
        if len(parts) > MAX_PARTS:
            raise CorpusError("document-too-many-parts", source=file.source, limit=MAX_PARTS)
        xml = [part for part in parts if packed.open(part).read(_HEAD).lstrip(_BEFORE_XML)[:1] in (b"<", b"")]
        for found, limit in ((parts, MAX_FILE), (xml, MAX_XML)):
            if sum(part.file_size for part in found) > limit:
                raise CorpusError("document-too-large", source=file.source, limit=limit >> 20)
        if packed.testzip():  # a part is not as large as it says; read at once it could fill the memory
            raise CorpusError("document-broken", source=file.source)


def _heading(word: WordDocument) -> CT_P | None:
    """Return the paragraph that is the title, or None: the first that says something, where its style tells so."""
    blocks = word.element.body.iterchildren(*_BLOCKS)
    first = next((block for block in blocks if _text(block).strip()), None)
    if not isinstance(first, CT_P):
        return None
    style = word.styles.get_by_id(first.style, WD_STYLE_TYPE.PARAGRAPH)
    return first if style.name in _TITLES else None


def _text(block: BaseOxmlElement) -> str:
    """Return what a paragraph or a table says; what `python-docx` has for this reads a merged cell again and again."""
    if block.tag == _PARAGRAPH:
        return _of_runs(block)
    rows = block.iterchildren(qn("w:tr"))
    return "\n".join(BETWEEN_CELLS.join(filter(None, map(_of_cell, row.iterchildren(qn("w:tc"))))) for row in rows)


def _of_cell(cell: BaseOxmlElement) -> str:
    return " ".join(filter(None, map(_text, cell.iterchildren(_PARAGRAPH))))


def _of_runs(parent: BaseOxmlElement) -> str:
    """Return the words of the runs in a paragraph or a link, one after the other."""
    children = parent.iterchildren(_RUN, _LINK)
    return "".join(
        "".join(map(str, child.iterchildren(*_WORDS))) if child.tag == _RUN else _of_runs(child) for child in children
    )
