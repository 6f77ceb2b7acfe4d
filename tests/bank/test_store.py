"""The store: classifiers come back as they were saved, and never beside files that they do not belong to."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tanya_csto.bank.classifier import NgramClassifier
from tanya_csto.bank.store import FILE, is_trained, load, save
from tanya_csto.corpus.articles import Corpus
from tanya_csto.errors import CorpusError
from tanya_csto.models.sums import SUMS

FILES = ("bank.toml", "a.jsonl", "b.jsonl")


def classifiers() -> list[NgramClassifier]:
    random = np.random.default_rng(0)

    def floats(*shape: int) -> np.ndarray:
        return random.standard_normal(shape).astype(np.float32)

    layers = floats(4), floats(4, 3), floats(3)
    weights = random.integers(-127, 128, (20, 4)).astype(np.int8)
    return [NgramClassifier(*layers, weights, np.float32(scale), floats(20)) for scale in (0.25, 0.5)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a bank of three files that is trained."""
    for name in FILES:
        (tmp_path / name).write_text(f"isi {name}\n")
    (tmp_path / "README.md").write_text("bukan bagian bank\n")
    save(classifiers(), tmp_path)
    return tmp_path


def test_what_is_saved_is_loaded(folder: Path) -> None:
    saved, loaded = classifiers(), load(folder)
    for ours, theirs in zip(saved, loaded, strict=True):
        assert vars(ours).keys() == vars(theirs).keys()
        for name, array in vars(ours).items():
            found = vars(theirs)[name]
            assert found.dtype == array.dtype
            np.testing.assert_array_equal(found, array)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="tiada tidak dapat ditulis"):
        save(classifiers(), tmp_path / "tiada")


def test_a_bank_is_trained_until_it_changes(folder: Path) -> None:
    assert is_trained(folder)
    (folder / "a.jsonl").write_text("lain\n")
    assert not is_trained(folder)


def test_the_sums_are_those_of_sha256sum(folder: Path) -> None:
    assert [line.split()[1] for line in (folder / SUMS).read_text().splitlines()] == sorted([*FILES, FILE])
    if shutil.which("sha256sum"):
        subprocess.run(["sha256sum", "--check", "--strict", SUMS], cwd=folder, check=True, capture_output=True)


def test_saving_again_writes_the_same_sums(folder: Path) -> None:
    sums = (folder / SUMS).read_bytes()
    save(classifiers(), folder)
    assert (folder / SUMS).read_bytes() == sums


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


BREAKS: dict[str, tuple[Callable[[Path], object], str]] = {
    "a changed line": (lambda folder: (folder / "a.jsonl").write_text("lain\n"), "a.jsonl"),
    "a changed index": (lambda folder: flip(folder / "bank.toml"), "bank.toml"),
    "a new file": (lambda folder: (folder / "c.jsonl").write_text("baru\n"), "c.jsonl"),
    "a file less": (lambda folder: (folder / "b.jsonl").unlink(), "b.jsonl"),
    "changed classifiers": (lambda folder: flip(folder / FILE), FILE),
    "no classifiers": (lambda folder: (folder / FILE).unlink(), FILE),
    "no sums": (lambda folder: (folder / SUMS).unlink(), SUMS),
    "empty sums": (lambda folder: (folder / SUMS).write_text(""), ""),
    "sums that are none": (lambda folder: (folder / SUMS).write_text("satu dua tiga\n"), SUMS),
    "sums in other letters": (lambda folder: (folder / SUMS).write_bytes(b"\xff\xfe"), SUMS),
}


@pytest.mark.parametrize("name", BREAKS)
def test_what_does_not_belong_together_is_refused(folder: Path, name: str) -> None:
    spoil, file = BREAKS[name]
    spoil(folder)
    with pytest.raises(CorpusError) as caught:
        load(folder)
    assert caught.value.code == "bank-untrained"
    assert str(folder / file) in str(caught.value)
    assert f"Jalankan tanya-csto index --corpus {folder.parent}." in str(caught.value)


def test_training_again_makes_a_changed_bank_good(folder: Path) -> None:
    (folder / "a.jsonl").write_text("lain\n")
    save(classifiers(), folder)
    load(folder)


def test_other_files_may_change(folder: Path) -> None:
    (folder / "README.md").write_text("lain\n")
    load(folder)


def test_the_shipped_bank_is_trained(corpus: Corpus) -> None:
    assert corpus.bank is not None
    assert corpus.bank.folder is not None
    load(corpus.bank.folder)
