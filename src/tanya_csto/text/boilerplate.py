"""Boilerplate: the parts of a news page that are not the article. Marked as spans, never cut out."""

from __future__ import annotations

import re
import tomllib
from importlib import resources
from typing import Final

from tanya_csto.text.spans import Span, merged

_PATTERNS: Final = tomllib.loads((resources.files(__package__) / "boilerplate.toml").read_text("utf-8"))
RULES: Final = {name: re.compile(pattern, re.MULTILINE) for name, pattern in _PATTERNS.items()}


def find_boilerplate(text: str) -> tuple[Span, ...]:
    """Return the boilerplate of `text` in order, white space trimmed.

    >>> [span.of("Isi. [bay]") for span in find_boilerplate("Isi. [bay]")]
    ['[bay]']
    """
    found = (Span(*match.span()) for rule in RULES.values() for match in rule.finditer(text))
    return merged(span.stripped(text) for span in found)
