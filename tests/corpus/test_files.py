"""Files: a change is there wholly or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tanya_csto.corpus.files import locked, replace_file, writing
from tanya_csto.errors import CorpusError


def test_a_file_is_made_and_replaced_and_keeps_its_mode(tmp_path: Path) -> None:
    file = tmp_path / "index.toml"
    replace_file(file, b"satu")
    file.chmod(0o640)
    replace_file(file, b"dua")
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"dua", 0o640)
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("step", ["os.fsync", "os.replace"])
def test_a_change_that_fails_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    file = tmp_path / "index.toml"
    file.write_bytes(b"satu")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(step, full)
    with pytest.raises(CorpusError, match="tidak dapat ditulis"), writing(tmp_path):
        replace_file(file, b"dua")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"index.toml": b"satu"}


def test_a_folder_that_is_locked_is_told_to_who_does_not_wait(tmp_path: Path) -> None:
    with locked(tmp_path), pytest.raises(BlockingIOError), locked(tmp_path, wait=False):
        pytest.fail("locked twice")
    with locked(tmp_path, wait=False):
        pass
