"""Word files: paragraphs and tables become lines, the title paragraph the title."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest

from tanya_csto.corpus import word
from tanya_csto.corpus.documents import read_documents
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
    assert document.text == "Kakao tumbuh di “Luwu” sejak 1980.\n2021 900 ton\nHarganya naik."
    assert (document.id, document.title) == ("kakao-luwu", None)


def test_the_title_paragraph_is_the_title_and_not_the_text(tmp_path: Path) -> None:
    (document,) = read_documents(saved(tmp_path / "kakao.docx", title="Kakao Luwu Naik"))
    assert document.title == "Kakao Luwu Naik"
    assert "Naik\n" not in document.text


@pytest.mark.parametrize("content", [b"", b"bukan zip", b"PK\x03\x04rusak"])
def test_a_broken_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.docx").write_bytes(content)
    with pytest.raises(CorpusError, match=r"a\.docx: berkas itu rusak"):
        read_documents(tmp_path / "a.docx")


def test_a_file_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word, "MAX_FILE", 1 << 20)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * (2 << 20))
    (tmp_path / "a.docx").write_bytes(packed.getvalue())
    with pytest.raises(CorpusError, match="lebih besar dari 1 MB"):
        read_documents(tmp_path / "a.docx")
