"""Markdown files: the text is what a reader of the page sees, its head states the rest."""

from __future__ import annotations

from pathlib import Path

from tanya_csto.corpus.documents import Document
from tanya_csto.corpus.loaders import read_documents

NOTE = """\
---
title: "Teh Jawa"
date: 2022-05-17
outlet: Warta
tags: [teh]
---
# Teh

Teh **tumbuh** di [Jawa Barat](https://x.example) dan
dipetik tiap pagi. ![Kebun](kebun.jpg)

- satu
- `dua`

| Tahun | Ton |
|-------|-----|
| 2021  | 900 |

    kode
"""


def read(folder: Path, text: str) -> Document:
    (folder / "teh.md").write_text(text, encoding="utf-8")
    (document,) = read_documents(folder / "teh.md")
    return document


def test_the_text_has_no_marks_and_a_paragraph_a_line(tmp_path: Path) -> None:
    lines = read(tmp_path, NOTE).text.split("\n")
    assert lines[0].strip() == "Teh tumbuh di Jawa Barat dan dipetik tiap pagi. Kebun"
    assert lines[1:] == ["satu", "dua", "Tahun | Ton", "2021 | 900", "kode"]


def test_the_head_states_title_outlet_and_day(tmp_path: Path) -> None:
    document = read(tmp_path, NOTE)
    assert (document.id, document.title, document.outlet) == ("teh", "Teh Jawa", "Warta")
    assert document.published == "17 Mei 2022"


def test_without_a_head_the_first_heading_is_the_title(tmp_path: Path) -> None:
    document = read(tmp_path, "# Teh *Jawa*\n\n## Kebun\n\nIsi. <b>tebal</b>\n")
    assert (document.title, document.text) == ("Teh Jawa", "Kebun\nIsi. <b>tebal</b>")
