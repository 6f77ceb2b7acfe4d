"""JSON Lines: each line is an article, and a bad one is told by its number."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tanya_csto.corpus.documents import Document
from tanya_csto.corpus.loaders import read_documents
from tanya_csto.errors import CorpusError


def write(folder: Path, data: str) -> Path:
    path = folder / "banyak.jsonl"
    path.write_text(data, encoding="utf-8", newline="")
    return path


def test_each_line_is_an_article(tmp_path: Path) -> None:
    first = {"text": "Satu.\nDua.", "outlet": "Kabar", "title": None}
    second = {
        "text": "Tiga\u2028empat.",
        "outlet": "W",
        "title": "T",
        "published": "Mei",
        "url": "https://w",
        "id": "t",
    }
    lines = [json.dumps(first), "", json.dumps(second, ensure_ascii=False)]
    path = write(tmp_path, "\ufeff" + "\r\n".join(lines))
    assert read_documents(path) == (
        Document(f"{path}, baris 1", "Satu.\nDua.", outlet="Kabar"),
        Document(f"{path}, baris 3", **second),
    )


GOOD = '{"text": "Satu.", "outlet": "Kabar"}'

BAD_LINES = {
    "no JSON": ("{text: 1}", "bukan JSON yang sah"),
    "half of JSON": (GOOD[:-1], "bukan JSON yang sah"),
    "a name twice": ('{"text": "a", "text": "b", "outlet": "K"}', "bukan JSON yang sah"),
    "very deep": ("[" * 100_000, "bukan JSON yang sah"),
    "a list": ("[]", "[] harus berupa objek dengan text, outlet"),
    "an unknown name": (
        '{"text": "a", "outlet": "K", "judul": "b"}',
        "judul tidak dikenal; yang ada: text, outlet, id, title, published, url",
    ),
    "no text": ('{"outlet": "K"}', "text tidak ada"),
    "a blank text": ('{"text": " ", "outlet": "K"}', "text harus berisi teks"),
    "no outlet": ('{"text": "a"}', "outlet tidak ada"),
    "no outlet but null": ('{"text": "a", "outlet": null}', "outlet harus berisi teks"),
    "a number": ('{"text": "a", "outlet": "K", "published": 2022}', "published harus berisi teks"),
    "half a character": ('{"text": "a\\ud800", "outlet": "K"}', "text memuat karakter yang tidak sah"),
    "NUL": ('{"text": "a\\u0000", "outlet": "K"}', "text memuat karakter yang tidak sah"),
}


@pytest.mark.parametrize("name", BAD_LINES)
def test_a_bad_line_is_told(tmp_path: Path, name: str) -> None:
    line, reason = BAD_LINES[name]
    path = write(tmp_path, f"{GOOD}\n\n{line}\n{GOOD}\n")
    with pytest.raises(CorpusError) as caught:
        read_documents(path)
    assert str(caught.value) == f"{path}, baris 3: {reason}. Perbaiki baris itu."


@pytest.mark.parametrize("data", ["", "\n \n"])
def test_a_file_without_lines_is_told(tmp_path: Path, data: str) -> None:
    with pytest.raises(CorpusError, match=r"banyak\.jsonl: tidak ada isi"):
        read_documents(write(tmp_path, data))
