"""Watching: whether the folder of a corpus has changed."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Final

from tanya_csto.corpus.bank import FOLDER
from tanya_csto.corpus.files import shipped

LOOK_PAUSE: Final = 1.0  # seconds between two looks at the folder
MAX_LOOKS: Final = 5  # at a folder that changes without end, until it is read as it is

State = frozenset[tuple[str, int, int]]  # name, time of the last change and size of each file


def watch(folder: Path | None, changed: Callable[[], object]) -> None:
    """Call `changed` from a thread of its own after each change in the corpus `folder`, the built-in one where None."""
    place = shipped("corpus") if folder is None else folder
    read = state_of(place)  # before anything is read from it

    def look() -> None:
        told = seen = read
        looks = 0  # since it is no more what was told
        while True:
            time.sleep(LOOK_PAUSE)
            before, seen = seen, state_of(place)
            looks = 0 if seen == told else looks + 1
            if looks and (seen == before or looks > MAX_LOOKS):
                told, looks = seen, 0
                changed()

    Thread(target=look, name="watch", daemon=True).start()


def state_of(folder: Path) -> State:
    """Return what tells the files of a corpus and its question bank from what they were or will be."""
    found: set[tuple[str, int, int]] = set()
    for file in (*folder.glob("[!.]*"), *(folder / FOLDER).glob("[!.]*")):
        with suppress(OSError):  # it went away meanwhile: the next look tells
            known = file.stat()
            found.add((str(file), known.st_mtime_ns, known.st_size))
    return frozenset(found)
