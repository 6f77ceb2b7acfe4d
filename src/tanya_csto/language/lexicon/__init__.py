"""Word lists and patterns of Bahasa Indonesia, read once. Data only; what they mean is told on top of each file."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any, Final

_NAMED: Final = re.compile(r"\{(?P<name>[a-z_]+)(?:\.(?P<list>[a-z]+))?\}")


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


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return the pattern of this name in `patterns.toml`."""
    return re.compile(expanded(lexicon("patterns")[name]))


def expanded(text: str) -> str:
    r"""Return a pattern of `patterns.toml` with all that it names in braces put in.

    >>> expanded("{year}s")
    '(?:1[0-9]|20)\\d\\ds'
    """
    return _NAMED.sub(_named, text)


def _named(found: re.Match[str]) -> str:
    name, words = found["name"], found["list"]
    if words is None:
        return expanded(lexicon("patterns")[name])
    return "|".join(sorted(lexicon(name)[words], key=lambda word: (-len(word), word)))  # the longest that fits matches


def read_list(name: str) -> str:
    """Return the text of a file of this folder."""
    return (resources.files(__name__) / name).read_text(encoding="utf-8")
