"""Word files: paragraphs and tables become lines, the title paragraph the title."""

from __future__ import annotations

import struct
import tracemalloc
import zipfile
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement

from tanya_csto.corpus.documents import MAX_FILE, File
from tanya_csto.corpus.loaders import read_documents
from tanya_csto.corpus.loaders.word import MAX_PARTS, MAX_XML, load
from tanya_csto.errors import CorpusError


def saved(path: Path, title: str | None = None) -> Path:
    made = docx.Document()
    if title:
        made.add_heading(title, 0)
    made.add_paragraph("Kakao tumbuh di “Luwu” sejak 1980.")
    table = made.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "2021", "900 ton"
    made.add_paragraph("Harganya naik.")
    made.save(str(path))
    return path


def test_paragraphs_and_rows_are_lines_in_their_order(tmp_path: Path) -> None:
    (document,) = read_documents(saved(tmp_path / "Kakao Luwu.docx"))
    assert document.text == "Kakao tumbuh di “Luwu” sejak 1980.\n2021 | 900 ton\nHarganya naik."
    assert (document.id, document.title) == ("kakao-luwu", None)


def test_the_title_paragraph_is_the_title_and_not_the_text(tmp_path: Path) -> None:
    (document,) = read_documents(saved(tmp_path / "kakao.docx", title="Kakao Luwu Naik"))
    assert document.title == "Kakao Luwu Naik"
    assert "Naik\n" not in document.text


def test_a_merged_cell_is_read_once(tmp_path: Path) -> None:
    made = docx.Document()
    table = made.add_table(2, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Panen kakao"
    table.cell(0, 2).text = "2021"
    table.cell(1, 2).text = "900 ton"
    made.save(str(tmp_path / "a.docx"))
    (document,) = read_documents(tmp_path / "a.docx")
    assert document.text == "Panen kakao | 2021\n900 ton"


def test_links_tabs_and_breaks_keep_their_place_in_a_paragraph(tmp_path: Path) -> None:
    made = docx.Document()
    paragraph = made.add_paragraph("Menurut ")
    link = OxmlElement("w:hyperlink")
    link.append(made.add_paragraph("Kabar").runs[0]._r)
    paragraph._p.append(link)
    paragraph.add_run(",\tkakao\nnaik.").add_break(WD_BREAK.PAGE)
    made.save(str(tmp_path / "a.docx"))
    (document,) = read_documents(tmp_path / "a.docx")
    assert document.text == "Menurut Kabar,\tkakao\nnaik.\n"


@pytest.mark.parametrize("content", [b"", b"bukan zip", b"PK\x03\x04rusak"])
def test_a_broken_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.docx").write_bytes(content)
    with pytest.raises(CorpusError, match=r"a\.docx: berkas itu rusak"):
        read_documents(tmp_path / "a.docx")


def packed(path: Path, content: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", content)
    return path


@pytest.mark.parametrize(
    ("content", "limit"),
    [
        (b"\x89PNG" + bytes(MAX_FILE), MAX_FILE),
        (b"<w:p/>" + b" " * MAX_XML, MAX_XML),
        (b"\xff\xfe<\0" + bytes(MAX_XML), MAX_XML),
        (b" " * (MAX_XML + 1), MAX_XML),
    ],
    ids=["picture", "xml", "utf-16", "blanks"],
)
def test_a_file_that_unpacks_to_too_much_is_refused(tmp_path: Path, content: bytes, limit: int) -> None:
    with pytest.raises(CorpusError, match=f"lebih besar dari {limit >> 20} MB"):
        read_documents(packed(tmp_path / "a.docx", content))


def test_a_file_of_too_many_parts_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.docx")
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(MAX_PARTS):
            archive.writestr(f"word/media/{number}.png", b"")
    with pytest.raises(CorpusError, match=f"lebih dari {MAX_PARTS} bagian. Simpan ulang tanpa gambarnya"):
        read_documents(path)


def test_a_file_may_hold_a_large_picture(tmp_path: Path) -> None:
    path = saved(tmp_path / "kakao.docx")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/peta.png", b"\x89PNG" + bytes(MAX_XML))
    assert read_documents(path)[0].text.endswith("Harganya naik.")


def test_a_file_that_lies_about_its_size_is_never_unpacked(tmp_path: Path) -> None:
    size = 100 << 20
    honest = packed(tmp_path / "a.docx", b"<" + bytes(size - 1)).read_bytes()
    data = honest.replace(struct.pack("<L", size), struct.pack("<L", 1000))
    tracemalloc.start()
    try:
        with pytest.raises(CorpusError, match=r"a\.docx: berkas itu rusak"):
            load(File(data, "a.docx"))
        assert tracemalloc.get_traced_memory()[1] < MAX_XML
    finally:
        tracemalloc.stop()
