"""How far a long piece of work is, on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

_T = TypeVar("_T")


def watched(items: Sequence[_T]) -> Iterable[_T]:
    """Return the items, and show on a terminal how far the work on them is where it takes longer than a second."""
    try:
        from tqdm import tqdm
    except ImportError:
        return items
    bar: Iterable[_T] = tqdm(items, disable=None, delay=1, leave=False)
    return bar
