"""PDF files: lines put together to paragraphs, and an error for each file that has no text to give."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanya_csto.corpus.documents import Document, File
from tanya_csto.corpus.loaders.pdf import load
from tanya_csto.errors import CorpusError
from tests.corpus.loaders.pages import pdf

LINES = [
    "Kopi dari Gayo",
    "Kopi gayo tumbuh di dataran tinggi Gayo di Aceh dan ditanam oleh petani-",
    "petani kecil. Sebagian besar dari panennya dijual ke luar negeri setiap",
    "tahun.",
    "Sejarah Singkat",
]


def read(data: bytes) -> Document:
    (document,) = load(File(data, "kopi.pdf"))
    return document


def test_lines_that_go_on_are_put_together_and_headings_stay_alone() -> None:
    document = read(pdf(LINES, ["Kopi ditanam di sana sejak tahun 1908."], title="Kopi\nGayo"))
    assert document.text == (
        "Kopi dari Gayo\n"
        "Kopi gayo tumbuh di dataran tinggi Gayo di Aceh dan ditanam oleh petani-petani kecil. "
        "Sebagian besar dari panennya dijual ke luar negeri setiap tahun.\n"
        "Sejarah Singkat\n"
        "Kopi ditanam di sana sejak tahun 1908."
    )
    assert document.title == "Kopi Gayo"
    assert (document.outlet, document.published, document.url) == (None, None, None)


def test_a_paragraph_ends_where_its_last_line_is_not_quite_full() -> None:
    lines = [
        "Kopi gayo tumbuh di dataran tinggi Gayo di Aceh dan ditanam petani",
        "kecil, lalu sebagian besar dari panennya dijual orang ke sana.",
    ]
    lines.append("Teh tumbuh di Jawa Barat.")
    assert read(pdf(lines)).text.splitlines() == [" ".join(lines[:2]), lines[2]]


def test_what_stands_on_every_page_is_left_out() -> None:
    edges = ("Kabar Pagi", "Hak cipta Kabar Pagi", "Halaman {} dari 3")
    bodies = (
        ["Kopi gayo tumbuh di dataran tinggi Gayo, yang terletak di"],
        ["Aceh, dan ditanam oleh petani kecil.", "Sebagian besar dari panennya dijual ke luar negeri setiap", "tahun."],
        ["Teh tumbuh di Jawa."],
    )
    pages = [[edges[0], *body, edges[1], edges[2].format(n)] for n, body in enumerate(bodies, start=1)]
    assert read(pdf(*pages)).text == (
        "Kopi gayo tumbuh di dataran tinggi Gayo, yang terletak di Aceh, dan ditanam oleh petani kecil.\n"
        "Sebagian besar dari panennya dijual ke luar negeri setiap tahun.\n"
        "Teh tumbuh di Jawa."
    )


def test_a_file_that_states_no_title_has_none() -> None:
    assert read(pdf(LINES)).title is None


def test_a_file_that_opens_without_a_password_is_read() -> None:
    assert "Sejarah Singkat" in read(pdf(LINES, password="")).text


def test_a_locked_file_is_told() -> None:
    with pytest.raises(CorpusError, match=r"kopi\.pdf: PDF itu terkunci"):
        read(pdf(LINES, password="rahasia"))  # noqa: S106


@pytest.mark.parametrize("pages", [(), ([],), (["", " "], [])])
def test_a_scanned_file_is_told(pages: tuple[list[str], ...]) -> None:
    with pytest.raises(CorpusError, match=r"kopi\.pdf: PDF itu hanya berisi gambar"):
        read(pdf(*pages))


@pytest.mark.parametrize("data", [b"", b"bukan PDF", b"%PDF-1.7\n", pdf(LINES)[:200]])
def test_a_broken_file_is_told(data: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CorpusError, match=r"kopi\.pdf: berkas itu rusak"):
        read(data)
    assert capfd.readouterr().err == ""


WHOLE = pdf(LINES)


@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=8))
def test_whatever_the_damage_it_is_read_or_told(place: int, damage: bytes) -> None:
    try:
        text = read(WHOLE[:place] + damage + WHOLE[place + len(damage) :]).text
    except CorpusError:
        return
    assert text.encode().strip()
