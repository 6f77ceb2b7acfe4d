"""The page on which the benchmarks land."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"


def land(part: str, body: str) -> None:
    """Write the tables of one benchmark into the page."""
    text = PAGE.read_text(encoding="utf-8")
    pattern = rf"(<!-- {part} -->\n).*?(\n<!-- end -->)"
    PAGE.write_text(re.sub(pattern, lambda match: f"{match[1]}\n{body}\n{match[2]}", text, flags=re.DOTALL), "utf-8")


def publish(part: str, lines: Sequence[str], *, page: bool) -> None:
    """Print the table of one benchmark, and write it into the `page`, too."""
    table = "\n".join(lines)
    print(table)
    if page:
        land(part, table)


def at(values: Sequence[float], share: float) -> float:
    """Return the value below which `share` of them lie."""
    return sorted(values)[int(len(values) * share)]
