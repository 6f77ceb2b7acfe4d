"""The store: the classifiers beside the bank that they were trained from, under sums that are checked at load."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from tanya_csto.bank.classifier import NgramClassifier
from tanya_csto.errors import CorpusError
from tanya_csto.models.sums import changed_file, write_sums

FILE: Final = "classifiers.npz"


@dataclass(frozen=True, slots=True)
class BankModel:
    """What is trained from a bank: classifiers over n-grams, which differ in their seed."""

    ngrams: tuple[NgramClassifier, ...]

    def save(self, folder: Path) -> None:
        """Write the classifiers into the bank's `folder`, with the sums of all files there.

        Raises:
            CorpusError: the folder cannot be written.
        """
        named = {f"ngrams{number}": vars(each) for number, each in enumerate(self.ngrams)}
        arrays = {f"{name}.{key}": array for name, fields in named.items() for key, array in fields.items()}
        try:
            np.savez_compressed(folder / FILE, **arrays)
            write_sums(folder, _files(folder))
        except OSError as error:
            raise CorpusError("corpus-unwritable", path=folder) from error

    @classmethod
    def load(cls, folder: Path) -> BankModel:
        """Load the classifiers that were trained from the bank in `folder`.

        Raises:
            CorpusError: there are none, or a file is not the one that they were trained from or saved as.
        """
        if changed := changed_file(folder, {*_files(folder), FILE}):
            raise CorpusError("bank-untrained", path=changed, folder=folder.parent)
        with np.load(folder / FILE, allow_pickle=False) as arrays:
            numbers = range(sum(name.endswith(".idf") for name in arrays))
            return cls(tuple(NgramClassifier(**_of(f"ngrams{number}", arrays)) for number in numbers))


def is_trained(folder: Path) -> bool:
    """Tell whether the bank in `folder` has its classifiers."""
    try:
        BankModel.load(folder)
    except CorpusError:
        return False
    return True


def _of(name: str, arrays: np.lib.npyio.NpzFile) -> dict[str, Any]:
    return {key.removeprefix(f"{name}."): arrays[key] for key in arrays if key.startswith(f"{name}.")}


def _files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.suffix in (".jsonl", ".toml", ".npz"))
