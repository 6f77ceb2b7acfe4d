"""The sentence encoder as shipped: e5-small untouched but for the pruned vocabulary, exported as int8 ONNX.

    python -m training.encode            # writes src/tanya_csto/reader/encoder.int8.onnx

It shares `tokenizer.json` with the reader, so train the reader first.
"""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.encoder import load_encoder
from training.export import OPSET, write_sums
from training.model import ReaderNet
from training.vocabulary import SPECIALS

FOLDER = Path(__file__).parents[1] / "src" / "tanya_csto" / "reader"


class SentenceNet(nn.Module):
    """Token ids and mask in; the mean of the hidden states, of unit length, out."""

    def __init__(self, net: ReaderNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Return one vector a row."""
        states = self.net.encode(ids, torch.zeros_like(ids), mask)
        weights = mask[..., None].to(states.dtype)
        mean = (states * weights).sum(dim=1) / weights.sum(dim=1)
        return mean / mean.norm(dim=1, keepdim=True)


def main() -> None:
    """Export the encoder."""
    encoder = load_encoder()
    vocabulary = json.loads((FOLDER / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    rows = {piece: row for row, piece in enumerate(encoder.pieces)}
    keep = [*encoder.specials, *(rows[piece] for piece, _ in vocabulary[len(SPECIALS) :])]
    ids = torch.randint(4, 1000, (2, 24))
    axes = {"ids": {0: "rows", 1: "length"}, "mask": {0: "rows", 1: "length"}, "vectors": {0: "rows"}}
    with TemporaryDirectory() as work:
        full = Path(work) / "encoder.fp32.onnx"
        torch.onnx.export(
            SentenceNet(ReaderNet(encoder, keep)).eval(),
            (ids, torch.ones_like(ids)),
            str(full),
            input_names=["ids", "mask"],
            output_names=["vectors"],
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )
        quantize_dynamic(full, FOLDER / "encoder.int8.onnx", weight_type=QuantType.QInt8, per_channel=True)
    write_sums(FOLDER)


if __name__ == "__main__":
    main()
