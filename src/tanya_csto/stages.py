"""Stages: how long each part of an answer takes, for whoever wants to know."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import perf_counter
from typing import Final, Literal

Stage = Literal["understand", "search", "read", "choose"]
Seconds = dict[str, float]  # by stage

_WATCHED: Final[ContextVar[Seconds | None]] = ContextVar("tanya_csto.stages", default=None)


@contextmanager
def watched() -> Iterator[Seconds]:
    """Give the seconds of each stage that is gone through inside.

    >>> with watched() as seconds:
    ...     with stage("search"):
    ...         pass
    >>> list(seconds)
    ['search']
    """
    seconds: Seconds = {}
    token = _WATCHED.set(seconds)
    try:
        yield seconds
    finally:
        _WATCHED.reset(token)


@contextmanager
def stage(name: Stage) -> Iterator[None]:
    """Count the time inside as that of the stage `name`, where somebody watches."""
    start = perf_counter()
    try:
        yield
    finally:
        if (seconds := _WATCHED.get()) is not None:
            seconds[name] = seconds.get(name, 0.0) + perf_counter() - start
