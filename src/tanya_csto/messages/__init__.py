"""Messages: every sentence that the program says of itself, in one catalogue; all else it says is quoted."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any, Final


def _read(file: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath(file).read_text("utf-8"))


MESSAGES: Final[dict[str, str]] = {
    name: text
    for file in ("errors.toml", "reasons.toml", "answers.toml", "terminal.toml", "page.toml")
    for name, text in _read(file).items()
}
PROBLEMS: Final[dict[str, dict[str, Any]]] = _read("problems.toml")  # by code: status, title, detail


def say(name: str, /, **values: object) -> str:
    """Return the message of that name with `values` put in.

    >>> say("source-count", count=5)
    '5 sumber'
    """
    return MESSAGES[name].format(**values)


def capitalised(text: str) -> str:
    """Return a text as a sentence begins: with a capital, and all else as it stands."""
    return text[:1].upper() + text[1:]
