"""Web pages and PDF files to add: made here, so that every letter of them is known."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

PAGE = """\
<!doctype html><html lang="id"><head><meta charset="utf-8"><title>Lima hal tentang kopi | Kabar Pagi</title>
<link rel="canonical" href="https://www.kabar.example/kopi">
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "Lima hal tentang kopi", "datePublished": "2022-05-17T08:00:00+07:00",
"publisher": {"@type": "Organization", "name": "Kabar Pagi"}}</script></head>
<body><nav><a href="/">Beranda</a> <a href="/gaya">Gaya</a></nav>
<article><h1>Lima hal tentang kopi</h1>
<p>Kopi gayo tumbuh di dataran tinggi Gayo, “tanah kopi” di Aceh &amp; sekitarnya.</p>
<h2>Sejarah Singkat</h2>
<p>Kopi ditanam di sana sejak tahun 1908, pada masa penjajahan Belanda.</p>
<p>Baca juga: Teh dari Jawa Barat</p></article>
<footer>Hak cipta 2026 Kabar Pagi</footer></body></html>
"""


def pdf(*pages: Sequence[str], title: str | None = None, password: str | None = None) -> bytes:
    """Return a PDF file with these lines on its pages."""
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
        }
    )
    fonts = DictionaryObject({NameObject("/F1"): font})
    for lines in pages:
        page = writer.add_blank_page(width=595, height=842)
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        shown = " T* ".join(f"({line}) Tj" for line in lines)
        content = DecodedStreamObject()
        content.set_data(f"BT /F1 11 Tf 14 TL 60 780 Td {shown} ET".encode("cp1252"))
        page[NameObject("/Contents")] = writer._add_object(content)
    if title is not None:
        writer.add_metadata({"/Title": title})
    if password is not None:
        writer.encrypt(password, algorithm="RC4-128")
    file = BytesIO()
    writer.write(file)
    return file.getvalue()
