"""Files of a corpus: read as text, and written so that whatever stops the program, the old or the new is there."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import resources
from pathlib import Path

from tanya_csto.errors import CorpusError


def decoded(data: bytes, source: object) -> str:
    """Return the UTF-8 text that `data` holds.

    Raises:
        CorpusError: it is something else; the message names `source` and the line.
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CorpusError("not-utf8", path=source, line=data.count(b"\n", 0, error.start) + 1) from error


def check_regular(path: Path, source: object) -> None:
    """Raise a `CorpusError` that names `source` where a path is there but is a folder, a pipe or a device."""
    if path.exists() and not path.is_file():
        raise CorpusError("document-no-file", source=source)


def read_inside(folder: Path, path: Path) -> str:
    """Return the UTF-8 text of a file of the corpus in `folder`.

    Raises:
        CorpusError: it is no regular file, cannot be read, is not UTF-8, or is a link to a file outside the folder.
    """
    with reading(path):
        if not path.resolve().is_relative_to(folder.resolve()):
            raise CorpusError("file-outside", path=path)
        check_regular(path, path)
        data = path.read_bytes()
    return decoded(data, path)


@contextmanager
def reading(source: object) -> Iterator[None]:
    """Tell by a `CorpusError` that a file or a folder cannot be read, or even looked for."""
    try:
        yield
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle, in Python 3.11 and 3.12
        raise CorpusError("document-unreadable", source=source) from error


def shipped(name: str) -> Path:
    """Return a folder that comes with the program: inside the installed package, or the checkout's own."""
    packaged = Path(str(resources.files("tanya_csto"))) / f"_{name}"
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[3] / name


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Tell by a `CorpusError` that the folder cannot be written."""
    try:
        yield
    except OSError as error:
        raise CorpusError("corpus-unwritable", path=folder) from error


@contextmanager
def locked(folder: Path, *, wait: bool = True) -> Iterator[None]:
    """Keep other processes from changing the folder, once none does; without `wait` BlockingIOError tells of one."""
    if sys.platform == "win32":  # folders cannot be locked there
        yield
        return
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


def write_file(path: Path, content: bytes) -> None:
    """Write a file that outlives a loss of power."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def replace_file(path: Path, content: bytes) -> None:
    """Put `content` in the place of what a file holds, in one step, behind all that was written in its folder."""
    fresh = path.with_name(f".{path.name}.tmp")
    try:
        write_file(fresh, content)
        if path.is_file():
            shutil.copymode(path, fresh)
        _sync(path.parent)
        os.replace(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)
    with suppress(OSError):
        _sync(path.parent)


def _sync(folder: Path) -> None:
    if sys.platform == "win32":  # folders cannot be opened there
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
