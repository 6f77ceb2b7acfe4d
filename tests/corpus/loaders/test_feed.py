"""Feeds and sitemaps: their entries become articles, and nothing is fetched."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tanya_csto.corpus.documents import Document
from tanya_csto.corpus.loaders import read_documents
from tanya_csto.errors import CorpusError

RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Kabar Kopi</title><link>https://kopi.example</link>
<item><title>Gula Aren</title><link>https://kopi.example/gula</link>
<pubDate>Tue, 17 May 2022 10:05:00 +0700</pubDate><description>Ringkas saja.</description>
<content:encoded><![CDATA[<p>Gula aren disadap di <b>Banten</b>.</p><script>jahat()</script>
<p>Harganya &amp; naik.</p>]]></content:encoded>
</item>
<item><title>Teh</title><link>javascript:jahat()</link><description>Teh tumbuh di Jawa.</description></item>
</channel></rss>
"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Warta</title>
<entry><title>Kakao</title><link rel="self" href="https://w.example/api"/><link href="https://w.example/kakao"/>
<published>2022-06-01T08:00:00+07:00</published><content type="html">&lt;p&gt;Kakao di Luwu.&lt;/p&gt;</content></entry>
</feed>"""
SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://k.example/2022/kopi</loc><news:news><news:publication><news:name>Kabar</news:name></news:publication>
<news:publication_date>2022-05-17</news:publication_date><news:title>Kopi Naik</news:title></news:news></url>
</urlset>"""


@pytest.fixture(autouse=True)
def _without_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("asked the network"))


def read(folder: Path, text: str, name: str = "umpan.xml") -> tuple[Document, ...]:
    (folder / name).write_text(text, encoding="utf-8")
    return read_documents(folder / name)


def test_an_rss_entry_is_its_own_content(tmp_path: Path) -> None:
    sugar, tea = read(tmp_path, RSS)
    assert sugar.text == "Gula aren disadap di Banten.\nHarganya & naik."
    assert (sugar.title, sugar.outlet, sugar.published) == ("Gula Aren", "Kabar Kopi", "17 Mei 2022")
    assert (sugar.url, tea.url) == ("https://kopi.example/gula", None)
    assert tea.text == "Teh tumbuh di Jawa."


def test_a_block_is_a_line_whatever_the_lines_of_its_source(tmp_path: Path) -> None:
    content = "<div>Harganya<p>naik\n &amp;amp; turun.</p></div>".replace("<", "&lt;")
    feed = f"<feed><entry><content>{content}</content></entry></feed>"
    (entry,) = read(tmp_path, feed, "umpan.atom")
    assert entry.text == "Harganya\nnaik & turun."


def test_the_cells_of_a_table_stay_apart(tmp_path: Path) -> None:
    table = "&lt;table&gt;&lt;tr&gt;&lt;td&gt;2021&lt;/td&gt;&lt;td&gt;900 ton&lt;/td&gt;&lt;/tr&gt;&lt;/table&gt;"
    (cocoa,) = read(tmp_path, ATOM.replace("Kakao di Luwu.", f"Kakao di Luwu.{table}"), "umpan.atom")
    assert cocoa.text == "Kakao di Luwu.\n2021 | 900 ton"


def test_an_atom_entry_is_its_own_content(tmp_path: Path) -> None:
    (cocoa,) = read(tmp_path, ATOM, "umpan.atom")
    assert (cocoa.text, cocoa.title, cocoa.outlet) == ("Kakao di Luwu.", "Kakao", "Warta")
    assert (cocoa.url, cocoa.published) == ("https://w.example/kakao", "1 Juni 2022")


def test_a_caption_of_a_picture_is_no_title(tmp_path: Path) -> None:
    media = """<item xmlns:media="http://search.yahoo.com/mrss/"><media:content><media:title>Foto</media:title>
<media:description>Gudang gula.</media:description></media:content><media:link>https://foto.example</media:link>"""
    sugar, _ = read(tmp_path, RSS.replace("<item>", media, 1))
    assert (sugar.title, sugar.url) == ("Gula Aren", "https://kopi.example/gula")
    assert sugar.text == "Gula aren disadap di Banten.\nHarganya & naik."
    *_, tea = read(tmp_path, RSS.replace("<item><title>Teh", f"{media}<title>Teh"))
    assert tea.text == "Teh tumbuh di Jawa."


def test_the_day_may_be_that_of_dublin_core(tmp_path: Path) -> None:
    *_, tea = read(tmp_path, RSS.replace("<item><title>Teh", "<item><dc:date>2022-05-18</dc:date><title>Teh"))
    assert tea.published == "18 Mei 2022"


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_the_paragraphs_of_xhtml_stay_apart(tmp_path: Path, prefix: str) -> None:
    space = f'xmlns{":" * bool(prefix)}{prefix.strip(":")}="http://www.w3.org/1999/xhtml"'
    content = f"<{prefix}div {space}><p>Satu &amp;lt;.</p><p>Dua.<script>jahat()</script></p></{prefix}div>"
    content = content.replace("<p", f"<{prefix}p").replace("</p", f"</{prefix}p").replace("script", f"{prefix}script")
    feed = ATOM.replace('"html">&lt;p&gt;Kakao di Luwu.&lt;/p&gt;', f'"xhtml">{content}')
    (cocoa,) = read(tmp_path, feed, "umpan.atom")
    assert (cocoa.text, cocoa.title) == ("Satu &lt;.\nDua.", "Kakao")


@pytest.mark.parametrize("place", ["k.example/2022/kopi.txt", "2022/kopi.txt", "kopi.txt"])
def test_a_sitemap_names_files_beside_it(tmp_path: Path, place: str) -> None:
    (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / place).write_text("Kopi ditanam di Gayo.", encoding="utf-8")
    (coffee,) = read(tmp_path, SITEMAP.replace("/2022/kopi", "/2022/kopi.txt"))
    assert (coffee.id, coffee.text, coffee.url) == ("kopi", "Kopi ditanam di Gayo.", "https://k.example/2022/kopi.txt")
    assert (coffee.title, coffee.outlet, coffee.published) == ("Kopi Naik", "Kabar", "17 Mei 2022")


def test_a_file_that_a_sitemap_names_has_to_be_there(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"berkas untuk https://k\.example/2022/kopi tidak ada"):
        read(tmp_path, SITEMAP)


@pytest.mark.parametrize(
    "address", ["../rahasia.txt", "https://k.example/../rahasia.txt", "https://k.example/%2e%2e/rahasia.txt"]
)
def test_a_sitemap_reaches_nothing_outside_its_folder(tmp_path: Path, address: str) -> None:
    (tmp_path / "rahasia.txt").write_text("Rahasia.", encoding="utf-8")
    (tmp_path / "situs").mkdir()
    with pytest.raises(CorpusError, match="tidak ada di folder"):
        read(tmp_path / "situs", SITEMAP.replace("https://k.example/2022/kopi", address))


@pytest.mark.parametrize("address", ["https://k.example/a%00b", "http://[x/a", f"https://k.example/{'a' * 300}"])
def test_an_address_that_no_file_can_have_is_told(tmp_path: Path, address: str) -> None:
    with pytest.raises(CorpusError, match="tidak ada di folder"):
        read(tmp_path, SITEMAP.replace("https://k.example/2022/kopi", address))


@pytest.mark.parametrize("name", ["umpan.xml", "lain.rss"])
def test_a_sitemap_names_no_feed_and_not_itself(tmp_path: Path, name: str) -> None:
    (tmp_path / "lain.rss").write_text(RSS, encoding="utf-8")
    with pytest.raises(CorpusError, match=rf"{name} adalah umpan atau peta situs lagi"):
        read(tmp_path, SITEMAP.replace("2022/kopi", name))


def test_no_entity_of_a_feed_reads_a_file_or_grows(tmp_path: Path) -> None:
    (tmp_path / "rahasia.txt").write_text("Rahasia.", encoding="utf-8")
    evil = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{tmp_path}/rahasia.txt"><!ENTITY a "aaaaaaaaaa">]>'
    item = "<item><title>Satu</title><description>Isi &x;&a; ini.</description></item>"
    (document,) = read(tmp_path, f"{evil}<rss><channel><title>K</title>{item}</channel></rss>")
    assert "Rahasia" not in document.text


@pytest.mark.parametrize("text", ["", "  ", "bukan xml", "<html><body>a</body></html>", "<rss", "\0"])
def test_what_is_no_feed_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(CorpusError, match=r"umpan\.xml"):
        read(tmp_path, text)


def test_a_feed_without_entries_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="tidak ada isi"):
        read(tmp_path, "<rss><channel><title>K</title></channel></rss>")
