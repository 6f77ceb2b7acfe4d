"""The networks as the service gets them: none in the light mode, and none, with a warning, where they are broken."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

import pytest

from tanya_csto.models import networks
from tanya_csto.models.networks import load_networks, networks_for
from tanya_csto.models.sums import SUMS

FOLDER = Path(networks.__file__).parent


def test_the_light_mode_has_none() -> None:
    assert networks_for("light") is None


@pytest.mark.slow
def test_the_full_mode_reads_and_compares() -> None:
    found = networks_for("full")
    assert found is not None
    assert found.reader.read("Kapan CSTO didirikan?", "CSTO didirikan pada 1992.").span_score > 0
    assert found.encoder.embed_question("Apa itu CSTO?").shape == (384,)


@pytest.mark.parametrize(
    "broken", ["model.int8.onnx", "encoder.int8.onnx", "comparer.int8.onnx", "reader.toml", "tokenizer.model"]
)
@pytest.mark.parametrize("how", ["missing", "corrupt", "altered"])
def test_a_broken_file_means_the_light_mode_and_a_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, broken: str, how: str
) -> None:
    for file in FOLDER.glob("*.*"):
        if file.suffix in (".onnx", ".model", ".toml") and file.name != broken:
            (tmp_path / file.name).symlink_to(file)
    (tmp_path / SUMS).symlink_to(FOLDER / SUMS)
    if how == "corrupt":
        (tmp_path / broken).write_bytes(b"rusak")
    elif how == "altered":
        content = bytearray((FOLDER / broken).read_bytes())
        content[len(content) // 2] ^= 1
        (tmp_path / broken).write_bytes(content)
    with caplog.at_level(logging.WARNING):
        assert networks_for("full", tmp_path) is None
    assert [record.message for record in caplog.records] == ["networks unavailable"]
    with pytest.raises(Exception):  # noqa: B017, PT011  whatever the libraries raise
        load_networks(tmp_path)


def test_auto_is_the_full_mode_where_its_packages_are_installed() -> None:
    assert networks_for("auto") is not None


def test_auto_is_the_light_mode_without_a_word_where_they_are_not(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    assert networks_for("auto") is None
    assert not caplog.records


@pytest.mark.slow
def test_the_light_mode_needs_neither_onnxruntime_nor_sentencepiece() -> None:
    without = "import sys; sys.modules['onnxruntime'] = sys.modules['sentencepiece'] = None; "
    asking = "import tanya_csto, tanya_csto.cli; print(tanya_csto.Tanya().ask('Apa itu CSTO?').status)"
    result = subprocess.run([sys.executable, "-c", without + asking], capture_output=True, text=True, check=False)
    assert result.stdout == "answered\n", result.stderr
