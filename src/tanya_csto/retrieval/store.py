"""The store: what is worked out of a corpus beforehand, in folders that are written whole and checked when read."""

from __future__ import annotations

import json
import logging
import os
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from tanya_csto.corpus.articles import Corpus
from tanya_csto.errors import SettingsError
from tanya_csto.messages import say
from tanya_csto.models.sums import changed_file, write_sums

INDEX: Final = "index"  # the kind of what `tabulate` works out
FORMAT: Final = 1  # of a folder; one of another is not read
_MANIFEST: Final = "manifest.json"
_PACKAGES: Final = ("text", "corpus", "language", "question", "retrieval")  # what decides what an index holds

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Tables:
    """What is worked out beforehand: arrays by name, and words, as JSON holds them."""

    arrays: Mapping[str, NDArray[Any]]
    words: Mapping[str, Any] = field(default_factory=dict)

    def write(self, folder: Path, name: str) -> None:
        """Write the tables to `folder`; `name` says what they are made from.

        Raises:
            OSError: the folder cannot be written; the one that was there stays as it was.
        """
        folder.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder.parent) as unfinished:
            new, old = Path(unfinished, "new"), Path(unfinished, "old")
            new.mkdir()
            for key, array in self.arrays.items():
                np.save(new / f"{key}.npy", array)
            manifest = {"format": FORMAT, "name": name, "words": self.words}
            (new / _MANIFEST).write_text(json.dumps(manifest), "ascii")
            write_sums(new, sorted(path.name for path in new.iterdir()))
            if folder.exists():
                folder.rename(old)
            new.rename(folder)

    @classmethod
    def read(cls, folder: Path, name: str) -> Tables | None:
        """Return the tables of `folder` that are made from what `name` says, the arrays mapped into memory, read-only.

        None are returned where the folder has none, or others, or a file is not as it was written, which is logged.
        """
        if not folder.exists():
            return None
        try:
            paths = list(folder.glob("*.npy"))
            if changed := changed_file(folder, [_MANIFEST, *(path.name for path in paths)]):
                raise ValueError(f"{changed.name} is not as it was written")
            manifest = json.loads((folder / _MANIFEST).read_bytes())
            if (manifest["format"], manifest["name"]) != (FORMAT, name):
                return None
            return cls({path.stem: np.asarray(np.load(path, mmap_mode="r")) for path in paths}, manifest["words"])
        except (OSError, ValueError, LookupError, TypeError, EOFError, RecursionError) as error:
            _log.warning("index unusable", extra={"facts": {"path": str(folder), "reason": repr(error)}})
            return None


def keep(corpus: Corpus, kind: str, tables: Tables) -> Path:
    """Keep the tables of one kind for a corpus, and return the folder that has them from now on.

    Raises:
        SettingsError: the folder cannot be written.
    """
    folder = folder_of(corpus, kind)
    if folder is None:
        raise SettingsError("index-unwritable", path="~/.cache", reason=say("cache-missing"))
    try:
        tables.write(folder, folder.name)
    except OSError as error:
        raise SettingsError("index-unwritable", path=folder, reason=error.strerror) from error
    return folder


def kept(corpus: Corpus, kind: str) -> Tables | None:
    """Return the tables of one kind that are kept for a corpus; None where there are none, or they are damaged."""
    cache = cache_folder()
    if cache is None or not cache.is_dir():  # nobody keeps anything: the name need not be worked out
        return None
    name = _name(corpus, kind)
    return Tables.read(cache / name, name)


def is_kept(corpus: Corpus, kind: str) -> bool:
    """Tell whether tables of one kind are kept for a corpus; whether they are whole is found out when they are read."""
    folder = folder_of(corpus, kind)
    return folder is not None and (folder / _MANIFEST).is_file()


def folder_of(corpus: Corpus, kind: str) -> Path | None:
    """Return the folder that keeps, or would keep, the tables of one kind for a corpus."""
    cache = cache_folder()
    return cache / _name(corpus, kind) if cache else None


def cache_folder() -> Path | None:
    """Return where indexes are kept, in the user's own cache folder, or None where there is no such folder."""
    cache = os.environ.get("XDG_CACHE_HOME", "") or os.path.expanduser("~/.cache")
    return Path(cache) / "tanya-csto" if os.path.isabs(cache) else None


def _name(corpus: Corpus, kind: str) -> str:
    """Return the name of what is made of exactly these articles, analysed by exactly this program."""
    digest = blake2b(_analyser(), digest_size=16)
    for article in corpus.articles:
        boilerplate = [(span.start, span.end) for span in article.boilerplate]
        digest.update(json.dumps([article.id, article.outlet, article.title, article.text, boilerplate]).encode())
    return f"{digest.hexdigest()}.{kind}"


@cache
def _analyser() -> bytes:
    """Return a digest of the code and word lists that make an index, and of what else decides what it holds."""
    from importlib.metadata import version  # only who keeps an index waits for it

    digest = blake2b(f"{version('PySastrawi')} {unicodedata.unidata_version}".encode(), digest_size=16)
    source = Path(__file__).parents[1]
    for package in _PACKAGES:
        for path in sorted((source / package).rglob("*")):
            if path.suffix in (".py", ".toml", ".txt"):
                digest.update(path.read_bytes())
    return digest.digest()
