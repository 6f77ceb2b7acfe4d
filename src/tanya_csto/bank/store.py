"""The store: the classifiers beside the bank that they were trained from, under sums that are checked at load."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import Final

import numpy as np

from tanya_csto.bank.classifier import NgramClassifier
from tanya_csto.errors import CorpusError
from tanya_csto.models.sums import changed_file, write_sums

FILE: Final = "classifiers.npz"


def save(classifiers: Iterable[NgramClassifier], folder: Path) -> None:
    """Write the classifiers of a bank, which differ in their seed, into its `folder`, with the sums of all files there.

    Raises:
        CorpusError: the folder cannot be written.
    """
    named = ((f"ngrams{number}", vars(each)) for number, each in enumerate(classifiers))
    arrays = {f"{name}.{key}": array for name, found in named for key, array in found.items()}
    try:
        np.savez_compressed(folder / FILE, **arrays)
        write_sums(folder, _files(folder))
    except OSError as error:
        raise CorpusError("corpus-unwritable", path=folder) from error


def load(folder: Path) -> tuple[NgramClassifier, ...]:
    """Load the classifiers that were trained from the bank in `folder`.

    Raises:
        CorpusError: there are none, or a file is not the one that they were trained from or saved as.
    """
    if changed := changed_file(folder, {*_files(folder), FILE}):
        raise CorpusError("bank-untrained", path=changed, folder=folder.parent)
    with np.load(folder / FILE, allow_pickle=False) as arrays:
        numbers = range(sum(name.endswith(".idf") for name in arrays))
        keys = [field.name for field in fields(NgramClassifier)]
        return tuple(NgramClassifier(*(arrays[f"ngrams{number}.{key}"] for key in keys)) for number in numbers)


def is_trained(folder: Path) -> bool:
    """Tell whether the bank in `folder` has its classifiers."""
    try:
        load(folder)
    except CorpusError:
        return False
    return True


def _files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.suffix in (".jsonl", ".toml", ".npz"))
