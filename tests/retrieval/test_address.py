from __future__ import annotations

import sys

import pytest

from tanya_csto.errors import RankingError
from tanya_csto.retrieval.address import Address


@pytest.mark.parametrize(
    "text",
    [
        "qdrant+http://localhost:6333/tanya",
        "qdrant+https://qdrant.example/berita-2026",
        "qdrant+http://[::1]:6333/_uji",
    ],
)
def test_an_address_reads_as_it_is_written(text: str) -> None:
    assert str(Address.parse(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "http://localhost:6333/tanya",
        "qdrant+http://localhost:6333",
        "qdrant+http://localhost:6333/",
        "qdrant+http://localhost:65536/tanya",
        "qdrant+http://localhost:6333/tanya/lagi",
        "qdrant+http://localhost:6333/tanya?x",
        "qdrant+http://nama:sandi@localhost/tanya",
        "qdrant+ftp://localhost/tanya",
        "qdrant+http://localhost:6333/-tanya",
        "qdrant+http://localhost:6333/tanya\n",
    ],
)
def test_another_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="harus alamat seperti qdrant"):
        Address.parse(text)


def test_a_light_installation_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "qdrant_client", None)
    monkeypatch.delitem(sys.modules, "tanya_csto.retrieval.qdrant", raising=False)
    with pytest.raises(RankingError, match=r"pip install 'tanya-csto\[qdrant\]"):
        Address.parse("qdrant+http://localhost:6333/tanya").cluster()
