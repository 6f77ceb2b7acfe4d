"""Records: what people wrote as TOML or JSON, field by field; what is wrong is told in Indonesian by a ValueError.

A reader takes the value of a field and the field's name, and returns what the value stands for.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any, Final

from tanya_csto.messages import say

Reader = Callable[[object, str], Any]
Readers = Mapping[str, Reader]  # by the names of their fields

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


def record_of(value: object, required: Readers, optional: Readers = MappingProxyType({})) -> dict[str, Any]:
    """Return what the fields of a record stand for; it has all required ones, and no other but the optional ones."""
    if not isinstance(value, dict):
        raise ValueError(say("record-bad", value=value, names=", ".join(required)))
    known = {**required, **optional}
    for name in value:
        if name not in known:
            if near := get_close_matches(name, known, n=1):
                raise ValueError(say("field-like", name=name, near=near[0]))
            raise ValueError(say("field-unknown", name=name, known=", ".join(known)))
    for name in required:
        if name not in value:
            raise ValueError(say("field-missing", name=name))
    return {name: known[name](field, name) for name, field in value.items()}


def as_it_is(value: object, _: str) -> object:
    """Return the value itself, whatever it is."""
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
    if not line.isprintable():
        raise ValueError(say("text-unseen", name=name))
    return line


def list_of(read: Reader, least: int = 1) -> Reader:
    """Return the reader of a list of `least` values or more, each of which `read` reads."""

    def read_list(value: object, name: str) -> tuple[Any, ...]:
        if not isinstance(value, list) or len(value) < least:
            raise ValueError(say("list-short" if least else "list-bad", name=name, least=least))
        return tuple(read(item, name) for item in value)

    return read_list
