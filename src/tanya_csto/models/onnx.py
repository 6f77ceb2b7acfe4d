"""ONNX: one network loaded into onnxruntime, as all of ours are run."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any, Final

import onnxruntime
from numpy.typing import NDArray

THREADS: Final = 2  # of each network: whoever asks waits for it, and two are done in two thirds of the time


def load_session(model: Path) -> onnxruntime.InferenceSession:
    """Return the network in the file `model`, which uses the processor only while it calculates."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


class LateNetwork:
    """The network in the file `model`, loaded when it is first run: most questions are answered without it."""

    def __init__(self, model: Path) -> None:
        self._model = model
        self._lock = Lock()

    def run(self, **inputs: NDArray[Any]) -> list[Any]:
        """Return what the network makes of its inputs, which are given by name."""
        with self._lock:  # two passages are read at once, and it is loaded once
            session = self._session
        outputs: list[Any] = session.run(None, inputs)
        return outputs

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        return load_session(self._model)
