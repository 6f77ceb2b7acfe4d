"""The store: the classifiers beside the bank that they were trained from, under sums that are checked at load."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from tanya_csto.bank.classifier import NgramClassifier, VectorClassifier
from tanya_csto.errors import CorpusError

FILE: Final = "classifiers.npz"
SUMS: Final = "SHA256SUMS"  # of the bank's own files and of the classifiers, as sha256sum writes them


@dataclass(frozen=True, slots=True)
class BankModel:
    """What is trained from a bank: classifiers over n-grams, which differ in their seed, and one over vectors.

    There is none over vectors where it was trained without an encoder.
    """

    ngrams: tuple[NgramClassifier, ...]
    vectors: VectorClassifier | None

    def save(self, folder: Path) -> None:
        """Write the classifiers into the bank's `folder`, with the sums of all files there.

        Raises:
            CorpusError: the folder cannot be written.
        """
        named: dict[str, NgramClassifier | VectorClassifier] = {
            f"ngrams{number}": each for number, each in enumerate(self.ngrams)
        }
        if self.vectors:
            named["vectors"] = self.vectors
        arrays: dict[str, Any] = {
            f"{name}.{key}": array for name, each in named.items() for key, array in each.arrays().items()
        }
        try:
            np.savez_compressed(folder / FILE, **arrays)
            lines = [f"{_sum(folder / name)}  {name}\n" for name in _files(folder)]
            (folder / SUMS).write_text("".join(lines), encoding="ascii")
        except OSError as error:
            raise CorpusError("corpus-unwritable", path=folder) from error

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
            raise CorpusError("bank-untrained", path=folder / SUMS, folder=folder.parent) from error
        for name in {*_files(folder), *sums, FILE}:
            if not (folder / name).is_file() or _sum(folder / name) != sums.get(name):
                raise CorpusError("bank-untrained", path=folder / name, folder=folder.parent)
        with np.load(folder / FILE, allow_pickle=False) as arrays:
            numbers = range(sum(name.endswith(".idf") for name in arrays))
            ngrams = tuple(NgramClassifier.of(_of(f"ngrams{number}", arrays)) for number in numbers)
            vectors = _of("vectors", arrays)
            return cls(ngrams, VectorClassifier.of(vectors) if vectors else None)


def is_trained(folder: Path, *, vectors: bool) -> bool:
    """Tell whether the bank in `folder` has its classifiers, that over `vectors` among them where it is wanted."""
    try:
        model = BankModel.load(folder)
    except CorpusError:
        return False
    return not vectors or model.vectors is not None


def _of(name: str, arrays: np.lib.npyio.NpzFile) -> dict[str, NDArray[np.generic]]:
    return {key.removeprefix(f"{name}."): arrays[key] for key in arrays if key.startswith(f"{name}.")}


def _files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.suffix in (".jsonl", ".toml", ".npz"))


def _sum(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()
