"""The trained network as an ONNX file with int8 weights."""

from hashlib import sha256
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from tanya_csto.models.networks import SUMS
from training.model import ReaderNet

OPSET = 17


def export(net: ReaderNet, folder: Path, work: Path) -> Path:
    """Write `model.fp32.onnx` to `work`, and to `folder` `model.int8.onnx` (dynamic, per channel)."""
    net = net.cpu().float().eval()
    ids = torch.randint(4, 1000, (2, 24))
    inputs = (ids, torch.zeros_like(ids), torch.ones_like(ids))
    names = ["ids", "segments", "mask"]
    full, small = work / "model.fp32.onnx", folder / "model.int8.onnx"
    axes = {name: {0: "rows", 1: "length"} for name in [*names, "start", "end"]} | {"answerable": {0: "rows"}}
    torch.onnx.export(
        net,
        inputs,
        str(full),
        input_names=names,
        output_names=["start", "end", "answerable"],
        dynamic_axes=axes,
        opset_version=OPSET,
        dynamo=False,
    )
    quantize_dynamic(full, small, weight_type=QuantType.QInt8, per_channel=True)
    return small


def write_sums(folder: Path) -> None:
    """Write the sha256 sums by which the files of `folder` are known to be whole when they are loaded."""
    names = ("encoder.int8.onnx", "model.int8.onnx", "reader.toml", "tokenizer.json")
    files = [folder / name for name in names if (folder / name).exists()]
    lines = (f"{sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files)
    (folder / SUMS).write_text("".join(lines), encoding="ascii")
