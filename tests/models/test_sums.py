"""Sums: what is not as it was saved is found."""

from pathlib import Path

import pytest

from tanya_csto.models.sums import SUMS, changed_file, write_sums


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.bin", "b.bin"):
        (tmp_path / name).write_text(name)
    write_sums(tmp_path, ["a.bin", "b.bin"])
    return tmp_path


def test_what_is_as_it_was_saved_is_fine(folder: Path) -> None:
    (folder / "other").write_text("anything")
    assert changed_file(folder) is None
    assert changed_file(folder, ["a.bin"]) is None


def test_what_is_not_is_named(folder: Path) -> None:
    assert changed_file(folder, ["c.bin"]) == folder / "c.bin"
    (folder / "b.bin").write_text("B.bin")
    assert changed_file(folder) == folder / "b.bin"
    (folder / "a.bin").unlink()
    assert changed_file(folder) == folder / "a.bin"


@pytest.mark.parametrize("sums", [b"\xff", b"one two three\n", None])
def test_sums_that_are_none_are_named(folder: Path, sums: bytes | None) -> None:
    (folder / SUMS).unlink()
    if sums:
        (folder / SUMS).write_bytes(sums)
    assert changed_file(folder) == folder / SUMS
