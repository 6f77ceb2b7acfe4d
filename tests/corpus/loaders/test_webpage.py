"""Web pages: the article alone, and only what the page states about it."""

from __future__ import annotations

import pytest

from tanya_csto.corpus.documents import Document, File
from tanya_csto.corpus.loaders.webpage import load
from tanya_csto.errors import CorpusError
from tests.corpus.loaders.pages import PAGE

BODY = "<body><article><p>Kopi gayo tumbuh di dataran tinggi Gayo, di Provinsi Aceh, sejak 12 Mei 1908.</p></article>"


def read(data: bytes) -> Document:
    (document,) = load(File(data, "kopi.html"))
    return document


def page(head: str) -> Document:
    return read(f"<html><head>{head}</head>{BODY}</html>".encode())


def test_the_article_and_what_the_page_states() -> None:
    assert read(PAGE.encode()) == Document(
        "kopi.html",
        "Lima hal tentang kopi\n"
        "Kopi gayo tumbuh di dataran tinggi Gayo, “tanah kopi” di Aceh & sekitarnya.\n"
        "Sejarah Singkat\n"
        "Kopi ditanam di sana sejak tahun 1908, pada masa penjajahan Belanda.\n"
        "Baca juga: Teh dari Jawa Barat",
        outlet="Kabar Pagi",
        title="Lima hal tentang kopi",
        published="17 Mei 2022",
        url="https://www.kabar.example/kopi",
    )


def test_a_row_of_a_table_is_a_line_without_marks_of_a_table() -> None:
    table = "<table><tr><th>Tahun</th><th>Ton</th></tr><tr><td>2021</td><td>900</td></tr><tr><td>2022</td></tr></table>"
    document = read(f"<html>{BODY.replace('</article>', table + '</article>')}</html>".encode())
    assert document.text.split("\n")[1:] == ["Tahun | Ton", "2021 | 900", "2022"]


def test_what_meta_elements_state() -> None:
    found = page(
        '<meta property="og:site_name" content="Warta\nSore"><meta property="og:url" content="https://warta.example/1">'
        '<meta property="og:title" content="Kopi"><meta property="article:published_time" content="2021-12-01">'
    )
    assert (found.outlet, found.title, found.published) == ("Warta Sore", "Kopi", "1 Desember 2021")
    assert found.url == "https://warta.example/1"


def test_what_a_page_does_not_state_is_left_out() -> None:
    found = page("")
    assert (found.outlet, found.title, found.published, found.url) == (None, None, None, None)


def test_a_host_is_no_statement_of_the_outlet() -> None:
    found = page('<link rel="canonical" href="https://www.kabar.example/kopi">')
    assert (found.outlet, found.url) == (None, "https://www.kabar.example/kopi")


def test_an_address_that_is_not_of_the_web_is_left_out() -> None:
    assert page('<link rel="canonical" href="javascript:alert(1)">').url is None


@pytest.mark.parametrize("charset", ["windows-1252", "utf-16-le", "iso-8859-1"])
def test_a_page_is_read_in_the_encoding_that_it_states(charset: str) -> None:
    written = "windows-1252" if charset != "iso-8859-1" else charset
    html = f'<html><head><meta charset="{charset}"></head>{BODY}</html>'.replace("Gayo,", "Gayó,")
    if charset == "utf-16-le":  # it cannot be: the statement itself was read byte by byte
        with pytest.raises(CorpusError, match="bukan teks UTF-8"):
            read(html.encode(written))
    else:
        assert "Gayó," in read(html.encode(written)).text


@pytest.mark.parametrize("charset", ["", "klingon", "ascii", "hex", "undefined"])
def test_a_page_in_no_known_encoding_is_told(charset: str) -> None:
    declared = f'<meta charset="{charset}">' if charset else ""
    with pytest.raises(CorpusError, match=r"kopi\.html, baris 2: bukan teks UTF-8"):
        read(f"<html>{declared}\n<p>Kopi dari Gay\xf3</p>".encode("latin-1"))


def test_a_list_is_part_of_the_article() -> None:
    body = (
        "<p>Kopi gayo memerlukan beberapa hal agar tumbuh dengan baik di sana.</p><ul><li>Hujan</li><li>Teduh</li></ul>"
    )
    for page in (f"<div>{body}</div>", f"<article>{body}</article>", body):
        assert "\n- Hujan\n- Teduh" in read(f"<html><body>{page}</body></html>".encode()).text


def test_a_page_of_links_is_no_article() -> None:
    names = ("Beranda", "Nasional dan Politik", "Ekonomi", "Olahraga", "Teknologi", "Hiburan", "Masuk", "Langganan")
    menu = "".join(f'<li><a href="/{number}">{name}</a></li>' for number, name in enumerate(names))
    with pytest.raises(CorpusError, match=r"kopi\.html: tidak ada artikel"):
        read(f"<html><body><ul>{menu}</ul><p>Beranda</p><p>Pilih edisi</p></body></html>".encode())


def test_a_head_that_goes_back_and_forth_is_told_at_once() -> None:
    head = "<meta " * 300 + "charset=" + " " * 2200
    with pytest.raises(CorpusError, match="bukan teks UTF-8"):
        read(head.encode() + b"\xff")


@pytest.mark.parametrize("html", ["", " \n", "<html></html>", "<title>Masuk</title><form><input></form>", "\0", "<!--"])
def test_a_page_without_an_article_is_told(html: str) -> None:
    with pytest.raises(CorpusError, match=r"kopi\.html: tidak ada artikel"):
        read(html.encode())
