"""The store: the classifiers beside the bank that they were trained from, under sums that are checked at load."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tanya_csto.bank.classifier import NgramClassifier, VectorClassifier
from tanya_csto.errors import CorpusError

FILE: Final = "classifiers.npz"
SUMS: Final = "SHA256SUMS"  # of the bank's own files and of the classifiers, as sha256sum writes them


@dataclass(frozen=True, slots=True)
class BankModel:
    """What is trained from a bank: a classifier over n-grams, and one over the encoder's vectors."""

    ngrams: NgramClassifier
    vectors: VectorClassifier

    def save(self, folder: Path) -> None:
        """Write the classifiers into the bank's `folder`, with the sums of all files there."""
        arrays = {f"ngrams.{name}": array for name, array in self.ngrams.arrays().items()}
        arrays |= {f"vectors.{name}": array for name, array in self.vectors.arrays().items()}
        np.savez_compressed(folder / FILE, allow_pickle=False, **arrays)
        lines = [f"{_sum(folder / name)}  {name}\n" for name in _files(folder)]
        (folder / SUMS).write_text("".join(lines), encoding="ascii")

    @classmethod
    def load(cls, folder: Path) -> BankModel:
        """Load the classifiers that were trained from the bank in `folder`.

        Raises:
            CorpusError: there are none, or a file is not the one that they were trained from or saved as.
        """
        try:
            lines = (folder / SUMS).read_text("ascii").splitlines()
            sums = {name: digest for digest, name in map(str.split, lines)}
        except (OSError, ValueError) as error:
            raise CorpusError("bank-untrained", path=folder / SUMS) from error
        for name in {*_files(folder), FILE}:
            if not (folder / name).is_file() or _sum(folder / name) != sums.get(name):
                raise CorpusError("bank-untrained", path=folder / name)
        with np.load(folder / FILE, allow_pickle=False) as arrays:
            return cls(NgramClassifier.of(_of("ngrams", arrays)), VectorClassifier.of(_of("vectors", arrays)))


def _of(name: str, arrays: np.lib.npyio.NpzFile) -> dict[str, NDArray[np.generic]]:
    return {key.removeprefix(f"{name}."): arrays[key] for key in arrays if key.startswith(f"{name}.")}


def _files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.suffix in (".jsonl", ".toml", ".npz"))


def _sum(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()
