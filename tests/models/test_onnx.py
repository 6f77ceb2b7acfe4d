"""ONNX: how the networks are run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tanya_csto.models import onnx
from tanya_csto.models.onnx import load_session

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
