"""Arrays in one file: what is read is what was written, and a file that was touched is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tanya_csto.retrieval import arrays
from tanya_csto.retrieval.arrays import DamagedError, open_arrays, write_arrays

SOME: dict[str, NDArray[Any]] = {
    "numbers": np.arange(12, dtype=np.int32).reshape(4, 3),
    "halves": np.array([0.5, -1.25], np.float16),
    "none": np.empty((0, 3), np.float64),
    "letters": np.frombuffer("Türkiye".encode(), np.uint8),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    write_arrays(tmp_path / "some", SOME)
    return tmp_path / "some"


def test_what_is_read_is_what_was_written(path: Path) -> None:
    found = open_arrays(path)
    assert list(found) == list(SOME)
    for name, array in SOME.items():
        assert (found[name].dtype, found[name].shape) == (array.dtype, array.shape)
        np.testing.assert_array_equal(found[name], array)


def test_the_arrays_cannot_be_changed(path: Path) -> None:
    with pytest.raises(ValueError, match="read-only"):
        open_arrays(path)["numbers"][0] = 1


@given(place=st.integers(0, 100_000), bit=st.integers(0, 7))
def test_any_flipped_bit_is_noticed(tmp_path_factory: pytest.TempPathFactory, place: int, bit: int) -> None:
    path = tmp_path_factory.mktemp("flipped") / "some"
    write_arrays(path, SOME)
    data = bytearray(path.read_bytes())
    data[place % len(data)] ^= 1 << bit
    path.write_bytes(data)
    with pytest.raises(DamagedError):
        open_arrays(path)


@pytest.mark.parametrize("length", [0, 1, 30, 60, -1])
def test_a_part_of_a_file_is_refused(path: Path, length: int) -> None:
    path.write_bytes(path.read_bytes()[:length])
    with pytest.raises(DamagedError):
        open_arrays(path)


def test_another_file_is_refused(path: Path) -> None:
    path.write_text("bukan indeks\n" * 100)
    with pytest.raises(DamagedError):
        open_arrays(path)


def test_what_cannot_be_written_leaves_the_old_file_alone(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError("disk full")

    before = path.read_bytes()
    monkeypatch.setattr(arrays.os, "fsync", full)
    with pytest.raises(OSError, match="disk full"):
        write_arrays(path, {"other": np.zeros(3)})
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_an_open_file_may_be_replaced(path: Path) -> None:
    old = open_arrays(path)
    write_arrays(path, {"numbers": np.zeros(5)})
    np.testing.assert_array_equal(old["numbers"], SOME["numbers"])
    assert open_arrays(path)["numbers"].shape == (5,)
