"""The commands where a cluster ranks the passages."""

from pathlib import Path

import pytest
from qdrant_client import QdrantClient

from tanya_csto import cli
from tests.retrieval.wire import Wire

# in memory they have none
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore:Payload indexes have no effect")]


def test_index_loads_a_cluster_that_then_answers(
    own: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TANYA_CORPUS", str(own))
    with Wire(QdrantClient(":memory:")) as wire:
        address = f"qdrant+{wire.url}/uji"
        assert cli.main(["index", "--to", address]) == 0
        assert capsys.readouterr().out == f"1 bagian korpus siap di {address}\n"
        monkeypatch.setenv("TANYA_INDEX", address)
        assert cli.main(["ask", "Di mana kopi toraja ditanam?"]) == 0
        assert "Sulawesi Selatan" in capsys.readouterr().out
        assert ("POST", "/points/query") in [(method, path[-13:]) for method, path in wire.seen]


def test_a_cluster_with_another_corpus_is_one_line(
    own: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Wire(QdrantClient(":memory:")) as wire:
        monkeypatch.setenv("TANYA_INDEX", f"qdrant+{wire.url}/uji")
        assert cli.main(["ask", "Apa itu kopi?", "--corpus", str(own)]) == 2
    assert capsys.readouterr().err.startswith(f"qdrant+{wire.url}/uji tidak memuat korpus ini")
