"""The terminal: text of articles and readers, which could steer it, shown as text; and how far long work is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, TypeVar

_T = TypeVar("_T")

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\r(?!\n)")


def printable(text: str) -> str:
    """Return `text` with a replacement character for each control character that is no line break and no tab."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def printable_json(text: str) -> str:
    """Return JSON that says the same, with each such character escaped."""
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def watched(items: Sequence[_T]) -> Iterable[_T]:
    """Return the items, and show on a terminal how far the work on them is where it takes longer than a second."""
    try:
        from tqdm import tqdm
    except ImportError:
        return items
    bar: Iterable[_T] = tqdm(items, disable=None, delay=1, leave=False)
    return bar
