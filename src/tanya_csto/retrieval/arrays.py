"""Arrays in one file: written whole or not at all, checked when opened, mapped into memory instead of read."""

from __future__ import annotations

import json
import mmap
import os
from collections.abc import Mapping
from hashlib import blake2b
from math import prod
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Arrays = Mapping[str, NDArray[Any]]

_MAGIC: Final = b"tanya-csto arrays 1\n"
_LENGTH: Final = 8  # bytes, of the length of the description
_START: Final = len(_MAGIC) + _LENGTH
_DIGEST: Final = 16  # bytes, at the end, of all that stands before
_ALIGNED: Final = 64  # bytes, to which each array is padded


class DamagedError(ValueError):
    """A file does not hold the arrays that were written to it."""


def write_arrays(path: Path, arrays: Arrays) -> None:
    """Write the arrays to `path`; whoever opens it meanwhile finds the old file or the new one, never a part.

    Raises:
        OSError: the file cannot be written.
    """
    head: dict[str, tuple[str, tuple[int, ...], int]] = {}
    place = 0
    for name, array in arrays.items():
        head[name] = (array.dtype.str, array.shape, place)
        place += -(-array.nbytes // _ALIGNED) * _ALIGNED
    described = json.dumps(head).encode()
    described += b" " * (-(_START + len(described)) % _ALIGNED)
    parts: list[bytes | memoryview] = [_MAGIC, len(described).to_bytes(_LENGTH, "little"), described]
    for array in arrays.values():
        parts += [np.ascontiguousarray(array).reshape(-1).view(np.uint8).data, bytes(-array.nbytes % _ALIGNED)]
    digest = blake2b(digest_size=_DIGEST)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        with unfinished.open("wb") as file:
            for part in parts:
                digest.update(part)
                file.write(part)
            file.write(digest.digest())
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def open_arrays(path: Path) -> dict[str, NDArray[Any]]:
    """Return the arrays of a file, read-only and shared with every process that opens it.

    Raises:
        OSError: the file cannot be read.
        DamagedError: it was not written by `write_arrays`, or not all of it is as it was.
    """
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_size < _START + _DIGEST:
            raise DamagedError(path)
        mapped = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    if mapped[: len(_MAGIC)].tobytes() != _MAGIC:
        raise DamagedError(path)
    if mapped[-_DIGEST:].tobytes() != blake2b(mapped[:-_DIGEST], digest_size=_DIGEST).digest():
        raise DamagedError(path)
    data = _START + int.from_bytes(mapped[len(_MAGIC) : _START], "little")
    head = json.loads(mapped[_START:data].tobytes())
    return {
        name: np.frombuffer(mapped, kind, prod(shape), data + place).reshape(shape)
        for name, (kind, shape, place) in head.items()
    }
