"""The terminal: text of articles and readers, which could steer it, shown as text."""

from __future__ import annotations

import re
from typing import Final

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\r(?!\n)")


def printable(text: str) -> str:
    """Return `text` with a replacement character for each control character that is no line break and no tab."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def printable_json(text: str) -> str:
    """Return JSON that says the same, with each such character escaped."""
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
