"""Records: what people wrote as TOML or JSON, field by field; what is wrong is told in Indonesian by a ValueError."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from typing import Any, Final

from tanya_csto.messages import say

MAX_QUESTION: Final = 500  # characters: nobody can ask a longer one


def lines_of(text: str, source: object) -> Iterator[tuple[str, str]]:
    """Yield each line that is not empty behind its place, which names `source` and its number."""
    lines = enumerate(text.split("\n"), start=1)
    return ((say("place-line", source=source, line=number), line) for number, line in lines if line.strip())


def json_of(line: str) -> object:
    """Return what a line of JSON holds."""
    try:
        return json.loads(line, object_pairs_hook=_object)
    except (ValueError, RecursionError) as error:
        raise ValueError(say("json-bad")) from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError("a name stands twice")
    return dict(pairs)


def record_of(value: object, required: Sequence[str], optional: Iterable[str] = ()) -> dict[str, Any]:
    """Return a record that has all required fields, and no other but the optional ones."""
    if not isinstance(value, dict):
        raise ValueError(say("record-bad", value=value, names=", ".join(required)))
    known = (*required, *optional)
    unknown = next((name for name in value if name not in known), None)
    if unknown is not None:
        if near := get_close_matches(unknown, known, n=1):
            raise ValueError(say("field-like", name=unknown, near=near[0]))
        raise ValueError(say("field-unknown", name=unknown, known=", ".join(known)))
    if missing := [name for name in required if name not in value]:
        raise ValueError(say("field-missing", name=missing[0]))
    return value


def text_of(value: object, name: str) -> str:
    """Return the text that the field of this name holds."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError(say("text-bad", name=name))
    return value


def one_line(text: str | None) -> str | None:
    r"""Return what a file states about itself on one line, without what cannot be seen; None where nothing is left.

    >>> one_line(" Lima hal\n tentang\u200b CSTO ")
    'Lima hal tentang CSTO'
    """
    seen = "".join(letter for letter in " ".join((text or "").split()) if letter.isprintable())
    return " ".join(seen.split()) or None


def line_of(value: object, name: str) -> str:
    """Return the text that the field of this name holds, on one line and without what cannot be seen."""
    return text_of(one_line(text_of(value, name)), name)


def visible_of(value: object, name: str) -> str:
    """Return the text that the field of this name holds, on one line; what cannot be seen may not be in it."""
    line = " ".join(text_of(value, name).split())
    if line != one_line(line):
        raise ValueError(say("text-unseen", name=name))
    return line


def items_of(value: object, name: str, least: int = 1) -> list[Any]:
    """Return the list that the field of this name holds."""
    if not isinstance(value, list) or len(value) < least:
        raise ValueError(say("list-short" if least else "list-bad", name=name, least=least))
    return value


def texts_of(value: object, name: str, least: int = 1) -> tuple[str, ...]:
    """Return the texts that the list of this name holds."""
    return tuple(text_of(item, name) for item in items_of(value, name, least))
