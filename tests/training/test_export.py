"""What is exported can be trained on: its weights come back, but for the rounding to eight bits."""

from __future__ import annotations

from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")

from training.export import export, weights_of  # noqa: E402
from training.model import ReaderNet  # noqa: E402

from tests.training.test_descent import TINY  # noqa: E402


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_weights_of_an_exported_network_come_back(tmp_path: Path) -> None:
    torch.manual_seed(0)
    net = ReaderNet(30, TINY).eval()
    for weights in net.parameters():  # no two alike, as equal ones are stored once
        torch.nn.init.normal_(weights)
    ids = torch.ones(1, 6, dtype=torch.int64)
    inputs = {"ids": ids, "segments": torch.zeros_like(ids), "mask": ids}
    axes = {name: {1: "length"} for name in inputs}
    export(net, inputs, ["start", "end", "answerable"], axes, tmp_path / "net.onnx")
    found, known = weights_of(tmp_path / "net.onnx"), net.state_dict()
    assert found.keys() == known.keys()
    for name, weights in known.items():
        torch.testing.assert_close(found[name], weights, atol=0.02, rtol=0.05)
