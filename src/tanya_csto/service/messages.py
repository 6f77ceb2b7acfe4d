"""Messages: the catalogue in `messages.toml`, and what is said with it.

The templates take strings by name; the script is handed those that start with `script-` through the form.
"""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any, Final

from tanya_csto.answer.answer import Part
from tanya_csto.corpus.articles import Corpus

_CATALOGUE: Final = tomllib.loads((resources.files(__package__) / "messages.toml").read_text(encoding="utf-8"))
MESSAGES: Final[dict[str, str]] = _CATALOGUE["strings"]
PROBLEMS: Final[dict[str, dict[str, Any]]] = _CATALOGUE["problems"]  # by code: status, title, detail


def say(name: str, /, **values: object) -> str:
    """Return the string of that name with `values` put in.

    >>> say("source-count", count=5)
    '5 sumber'
    """
    return MESSAGES[name].format(**values)


def site_name(corpus: Corpus | None) -> str:
    """Return what the site is called: by its corpus, or after what its articles are about."""
    if corpus and corpus.name:
        return corpus.name
    return say("name", about=corpus.about) if corpus and corpus.about else say("name-alone")


def part_answer(part: Part) -> str:
    """Return what one part of an answer says, in the article's words where they answer and nothing disputes them."""
    if part.status == "conflicting":
        return say("part-conflicting")
    if part.status == "not_found":
        return say("part-not-found")
    return part.short_answer or ""


def script_messages() -> dict[str, str]:
    """Return what the script says, by the names of the form's data attributes."""
    return {name.removeprefix("script-"): text for name, text in MESSAGES.items() if name.startswith("script-")}
