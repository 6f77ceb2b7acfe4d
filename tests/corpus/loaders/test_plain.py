"""Text files: whatever system wrote them, their text is the same."""

from __future__ import annotations

import pytest

from tanya_csto.corpus.documents import File
from tanya_csto.corpus.loaders.plain import load, plain_text
from tanya_csto.errors import CorpusError


def test_the_marks_of_another_system_are_no_text() -> None:
    assert plain_text(File(b"\xef\xbb\xbfsatu\r\ndua\rtiga\n\r\n", "a")) == "satu\ndua\ntiga\n\n"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Jembatan Batang Kurai runtuh pagi tadi\n\nTujuh orang tewas.", "Jembatan Batang Kurai runtuh pagi tadi"),
        ("Jembatan Batang Kurai Runtuh\nTujuh orang tewas.", "Jembatan Batang Kurai Runtuh"),
        ("Presiden Rusia mengatakan bahwa organisasi itu akan\nterus berdiri di sana.", None),
        ("Jembatan itu runtuh.\n\nTujuh orang tewas.", None),
        ("Jembatan Batang Kurai Runtuh\n", None),
        ("***\n\nTujuh orang tewas.", None),
        ("\n\n", None),
    ],
)
def test_a_first_line_that_reads_as_a_headline_is_the_title(text: str, title: str | None) -> None:
    (document,) = load(File(text.encode(), "a"))
    assert (document.text, document.title) == (text, title)


def test_utf16_is_not_taken_for_utf8() -> None:
    with pytest.raises(CorpusError, match="a, baris 2: bukan teks UTF-8"):
        plain_text(File(b"satu\n" + "dua".encode("utf-16-le"), "a"))
