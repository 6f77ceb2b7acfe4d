"""Word lists of Bahasa Indonesia, read once. Data only; what they mean is told on top of each file."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def lexicon(name: str) -> dict[str, Any]:
    """Return the content of `<name>.toml`; callers must not change it.

    Raises:
        FileNotFoundError: there is no such list.
    """
    return tomllib.loads(read_list(f"{name}.toml"))


@cache
def synonym_groups(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the groups of `<name>.txt`, each the folded phrases on a line; TOML of this size takes too long to read.

    Raises:
        FileNotFoundError: there is no such list.
    """
    lines = read_list(f"{name}.txt").splitlines()
    return tuple(tuple(line.split(", ")) for line in lines if not line.startswith("#"))


def read_list(name: str) -> str:
    """Return the text of a file of this folder."""
    return (resources.files(__name__) / name).read_text(encoding="utf-8")
