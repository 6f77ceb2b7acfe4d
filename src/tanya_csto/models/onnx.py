"""ONNX: one network loaded into onnxruntime, as all of ours are run."""

from __future__ import annotations

from pathlib import Path

import onnxruntime


def load_session(model: Path, threads: int) -> onnxruntime.InferenceSession:
    """Return the network in the file `model`, which uses `threads` threads of the processor."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
