"""A trained network as an ONNX file with int8 weights."""

import math
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
import torch
from onnx.external_data_helper import set_external_data
from onnx.numpy_helper import to_array
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from tanya_csto.models import comparer, tokenizer
from tanya_csto.models.sums import write_sums

Axes = dict[str, dict[int, str]]
COMPARER, ENCODER, READER = comparer.FILE, "encoder.int8.onnx", "model.int8.onnx"


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


def weights_of(file: Path) -> dict[str, Tensor]:
    """Return the weights of a network that `export` wrote, by their names in the network."""
    graph = onnx.load(str(file)).graph
    arrays = {tensor.name: to_array(tensor) for tensor in graph.initializer}
    taken_by = {name: node for node in graph.node for name in node.input}

    def dequantised(name: str) -> Tensor:
        values, zero, scale = (arrays[f"{name}{part}"] for part in ("_quantized", "_zero_point", "_scale"))
        return torch.from_numpy((values.astype(np.float32) - zero) * scale)

    weights = {name: torch.from_numpy(arrays[name].copy()) for name in arrays if name.endswith((".weight", ".bias"))}
    for name in arrays:
        if name.endswith(".weight_quantized"):
            weights[name.removesuffix("_quantized")] = dequantised(name.removesuffix("_quantized"))
    for product in (node for node in graph.node if node.op_type == "MatMulInteger"):
        cast = taken_by[product.output[0]]
        scaled = taken_by[cast.output[0]]
        added = taken_by[scaled.output[0]]
        bias = next(name for name in added.input if name in arrays)
        weights[bias.replace(".bias", ".weight")] = dequantised(product.input[1].removesuffix("_quantized")).T
    return weights


def share_words(folder: Path, name: str) -> None:
    """Let a network take the vectors of words, which no training changes, from where they stand in the reader's file.

    Raises:
        ValueError: the reader has others.
    """
    model = onnx.load(str(folder / name), load_external_data=False)
    words = max(model.graph.initializer, key=lambda tensor: math.prod(tensor.dims))
    initializers = onnx.load(str(folder / READER)).graph.initializer
    known = next(tensor.raw_data for tensor in initializers if tensor.dims == words.dims)
    if words.raw_data not in (b"", known):
        raise ValueError("the reader was trained from other vectors of words")
    words.raw_data = known
    set_external_data(words, READER, offset=(folder / READER).read_bytes().find(known), length=len(known))
    words.ClearField("raw_data")
    (folder / name).write_bytes(model.SerializeToString())


def seal(folder: Path) -> None:
    """Write the sums by which the files in `folder` are known to be whole when they are loaded."""
    names = (COMPARER, ENCODER, READER, "reader.toml", tokenizer.FILE)
    write_sums(folder, [name for name in names if (folder / name).exists()])
