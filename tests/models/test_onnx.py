"""ONNX: how the networks are run."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from tanya_csto.models import onnx
from tanya_csto.models.onnx import LateNetwork, load_session

MODEL = Path(onnx.__file__).parent / "encoder.int8.onnx"


def test_a_network_runs_on_two_threads_of_the_processor() -> None:
    loaded = load_session(MODEL)
    options = loaded.get_session_options()
    assert loaded.get_providers() == ["CPUExecutionProvider"]
    assert (options.intra_op_num_threads, options.inter_op_num_threads) == (2, 1)


@pytest.mark.slow
def test_a_network_leaves_no_mark_of_the_machine_and_no_report_behind(tmp_path: Path) -> None:
    code = f"from tanya_csto.models.onnx import *; load_session(Path({str(MODEL)!r}))"
    environment = {"HOME": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}  # nothing that says: a test
    subprocess.run([sys.executable, "-c", code], env=environment, cwd=tmp_path, check=True)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_network_is_refused(tmp_path: Path) -> None:
    (tmp_path / "rusak.onnx").write_bytes(b"rusak")
    with pytest.raises(Exception, match=r"rusak\.onnx"):
        load_session(tmp_path / "rusak.onnx")


def test_a_network_is_loaded_once_and_only_when_it_is_run(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[Path] = []
    monkeypatch.setattr(onnx, "load_session", lambda model: loaded.append(model) or load_session(model))  # type: ignore[func-returns-value]
    network = LateNetwork(MODEL.with_name("comparer.int8.onnx"))
    assert loaded == []
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda _: network.run(ids=np.array([[0, 5, 2]])), range(2))
    assert first == second
    assert len(loaded) == 1
