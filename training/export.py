"""A trained network as an ONNX file with int8 weights."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from tanya_csto.models.sums import write_sums

Axes = dict[str, dict[int, str]]


def export(net: nn.Module, inputs: Mapping[str, Tensor], outputs: list[str], axes: Axes, file: Path) -> None:
    """Write `net` to `file`, its weights quantised dynamically, per channel; `axes` names what may be of any length."""
    with TemporaryDirectory() as work:
        full = Path(work) / "fp32.onnx"
        torch.onnx.export(
            net.cpu().float().eval(),
            tuple(inputs.values()),
            str(full),
            input_names=list(inputs),
            output_names=outputs,
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(full, file, weight_type=QuantType.QInt8, per_channel=True)


def seal(folder: Path) -> None:
    """Write the sums by which the files in `folder` are known to be whole when they are loaded."""
    names = ("encoder.int8.onnx", "model.int8.onnx", "reader.toml", "tokenizer.json")
    write_sums(folder, [name for name in names if (folder / name).exists()])
