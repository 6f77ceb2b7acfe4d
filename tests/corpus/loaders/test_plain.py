"""Text files: whatever system wrote them, their text is the same."""

from __future__ import annotations

import pytest

from tanya_csto.corpus.documents import File
from tanya_csto.corpus.loaders.plain import plain_text
from tanya_csto.errors import CorpusError


def test_the_marks_of_another_system_are_no_text() -> None:
    assert plain_text(File(b"\xef\xbb\xbfsatu\r\ndua\rtiga\n\r\n", "a")) == "satu\ndua\ntiga\n\n"


def test_utf16_is_not_taken_for_utf8() -> None:
    with pytest.raises(CorpusError, match="a, baris 2: bukan teks UTF-8"):
        plain_text(File(b"satu\n" + "dua".encode("utf-16-le"), "a"))
