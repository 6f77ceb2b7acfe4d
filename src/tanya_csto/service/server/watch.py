"""Watching a corpus: whoever wants to know is told when something in its folder has changed, and is at rest again."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Final

from tanya_csto.corpus.articles import default_corpus
from tanya_csto.corpus.bank import FOLDER

PAUSE: Final = 1.0  # seconds between two looks at the folder

State = frozenset[tuple[str, int, int]]  # name, time of the last change and size of each file


def watch(folder: Path | None, changed: Callable[[], object]) -> None:
    """Call `changed` from a thread of its own after each change in the corpus `folder`, the built-in one where None."""
    folder = default_corpus() if folder is None else folder
    Thread(target=_watch, args=(folder, state_of(folder), changed), name="watch", daemon=True).start()


def state_of(folder: Path) -> State:
    """Return what tells the files of a corpus and its question bank from what they were or will be."""
    found: set[tuple[str, int, int]] = set()
    for place in (folder, folder / FOLDER):
        try:
            with os.scandir(place) as files:
                for file in files:
                    if not file.name.startswith("."):
                        known = file.stat()
                        found.add((file.path, known.st_mtime_ns, known.st_size))
        except OSError:  # it is not there, or a file went away meanwhile: the next look tells
            continue
    return frozenset(found)


def _watch(folder: Path, told: State, changed: Callable[[], object]) -> None:
    seen = told
    while True:
        time.sleep(PAUSE)
        before, seen = seen, state_of(folder)
        if seen == before and seen != told:
            told = seen
            changed()
