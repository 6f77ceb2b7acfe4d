"""Word lists of Bahasa Indonesia: TOML files, read once. Data only; what they mean is told on top of each file."""

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
    return tomllib.loads((resources.files(__name__) / f"{name}.toml").read_text(encoding="utf-8"))
