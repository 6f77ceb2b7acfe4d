"""Sums: files are used only as they were saved, since a model with a bit turned loads, and answers wrongly."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import file_digest
from pathlib import Path
from typing import Final

SUMS: Final = "SHA256SUMS"  # as sha256sum writes it


def write_sums(folder: Path, names: Iterable[str]) -> None:
    """Write down the sums of the files of these names in `folder`."""
    lines = (f"{_sum(folder / name)}  {name}\n" for name in names)
    (folder / SUMS).write_text("".join(lines), encoding="ascii")


def changed_file(folder: Path, names: Iterable[str] = ()) -> Path | None:
    """Return a file in `folder`, of these names or with a sum, that is not as its sum says; None where all are."""
    try:
        lines = (folder / SUMS).read_text("ascii").splitlines()
        sums = {name: digest for digest, name in map(str.split, lines)}
    except (OSError, ValueError):
        return folder / SUMS
    files = (folder / name for name in sorted({*names, *sums}))
    return next((file for file in files if not file.is_file() or _sum(file) != sums.get(file.name)), None)


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
