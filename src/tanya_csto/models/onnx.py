"""ONNX: one network loaded into onnxruntime, as all of ours are run."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import onnxruntime

THREADS: Final = 2  # of each network: whoever asks waits for it, and two are done in two thirds of the time


def load_session(model: Path) -> onnxruntime.InferenceSession:
    """Return the network in the file `model`, which uses the processor only while it calculates."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
