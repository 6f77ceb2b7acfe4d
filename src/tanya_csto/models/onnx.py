"""ONNX: one network loaded into onnxruntime, and the tokenizer, as both of ours are run."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import onnxruntime
from tokenizers import Tokenizer


def load_session(model: Path, threads: int) -> onnxruntime.InferenceSession:
    """Return the network in the file `model`, which uses `threads` threads of the processor."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


@cache
def load_tokenizer(folder: Path) -> Tokenizer:
    """Return the tokenizer in `folder`, which all networks there share."""
    return Tokenizer.from_file(str(folder / "tokenizer.json"))
