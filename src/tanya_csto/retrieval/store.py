"""The store: the tables of a corpus kept in the user's cache folder, under a name that only they can have."""

from __future__ import annotations

import json
import logging
import os
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import blake2b
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from tanya_csto.corpus.articles import Corpus
from tanya_csto.errors import SettingsError
from tanya_csto.retrieval.arrays import Arrays, DamagedError, open_arrays, write_arrays
from tanya_csto.retrieval.bm25 import Statistics
from tanya_csto.retrieval.postings import Postings
from tanya_csto.retrieval.tables import Tables
from tanya_csto.retrieval.wordlist import Counts, WordList

INDEX: Final = "index"
_PACKAGES: Final = ("text", "corpus", "language", "retrieval")  # what decides what stands in the tables

_log = logging.getLogger(__name__)


def cache_folder() -> Path | None:
    """Return where indexes are kept, in the user's own cache folder, or None where there is no such folder."""
    cache = os.environ.get("XDG_CACHE_HOME", "") or os.path.expanduser("~/.cache")
    return Path(cache) / "tanya-csto" if os.path.isabs(cache) else None


def name_of(corpus: Corpus) -> str:
    """Return the name of the tables of exactly these articles, analysed by exactly this program."""
    digest = blake2b(_analyser(), digest_size=16)
    for article in corpus.articles:
        boilerplate = [(mark.span.start, mark.span.end) for mark in article.boilerplate]
        digest.update(json.dumps([article.id, article.outlet, article.text, boilerplate]).encode())
    return digest.hexdigest()


@cache
def _analyser() -> bytes:
    """Return a digest of the code and word lists that make the tables, and of what else decides what they hold."""
    from importlib.metadata import version  # only who keeps an index waits for it

    parts = [version("PySastrawi").encode(), unicodedata.unidata_version.encode(), sys.byteorder.encode()]
    for package in _PACKAGES:
        parts += _contents(resources.files(f"tanya_csto.{package}"))
    digest = blake2b(digest_size=16)
    for part in parts:
        digest.update(len(part).to_bytes(8, "little") + part)
    return digest.digest()


def _contents(folder: Traversable) -> Iterator[bytes]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir() and not entry.name.startswith("_"):
            yield from _contents(entry)
        elif entry.name.endswith((".py", ".toml", ".txt")):
            yield entry.read_bytes()


def tables_of(corpus: Corpus) -> Tables:
    """Return the tables of a corpus: those that are kept, or, where there are none or they are damaged, new ones.

    Raises:
        ValueError: there is no word in the corpus.
    """
    arrays = kept_arrays(corpus, INDEX)
    return Tables.of(corpus.articles) if arrays is None else _tables(arrays)


def kept_arrays(corpus: Corpus, kind: str) -> dict[str, NDArray[Any]] | None:
    """Return the arrays of one kind that are kept for a corpus; None where there are none, or they are damaged."""
    folder = cache_folder()
    if folder is None or not folder.is_dir():  # nobody keeps anything: the name need not be worked out
        return None
    path = folder / _file_name(corpus, kind)
    try:
        return open_arrays(path)
    except FileNotFoundError:
        return None
    except (OSError, DamagedError) as error:
        _log.warning("index unusable", extra={"facts": {"path": str(path), "reason": repr(error)}})
        return None


def is_kept(corpus: Corpus, kind: str) -> bool:
    """Tell whether arrays of one kind are kept for a corpus; whether they are whole is found out when they are read."""
    path = path_of(corpus, kind)
    return path is not None and path.is_file()


def keep(arrays: Arrays, corpus: Corpus, kind: str) -> Path:
    """Write arrays of one kind for a corpus, and return the file that keeps them from now on.

    Raises:
        SettingsError: the file cannot be written.
    """
    path = path_of(corpus, kind)
    if path is None:
        raise SettingsError("index-unwritable", path="~/.cache", reason="folder cache tidak ada")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_arrays(path, arrays)
    except OSError as error:
        raise SettingsError("index-unwritable", path=path, reason=error.strerror) from error
    return path


def path_of(corpus: Corpus, kind: str) -> Path | None:
    """Return the file that keeps, or would keep, the arrays of one kind for a corpus."""
    folder = cache_folder()
    return folder / _file_name(corpus, kind) if folder else None


def _file_name(corpus: Corpus, kind: str) -> str:
    return f"{name_of(corpus)}.{kind}"


def arrays_of(tables: Tables) -> dict[str, NDArray[Any]]:
    """Return all that the tables hold as arrays."""
    stems, words, surnames = map(WordList.of, (tables.postings.terms, tables.vocabulary, tables.surnames))
    outlets = json.dumps([[name, list(numbers)] for name, numbers in tables.outlets.items()])
    means = [each.mean_length for each in (tables.sentence_stems, tables.passage_stems)]
    return {
        "sentences": tables.sentences,
        "passages": tables.passages,
        "articles": tables.articles,
        "outlets": np.frombuffer(outlets.encode(), np.uint8),
        "surnames": surnames.letters,
        "surnames.ends": surnames.ends,
        "means": np.array(means),
        "words": words.letters,
        "words.ends": words.ends,
        "words.counts": _column(tables.vocabulary, words),
        "stems": stems.letters,
        "stems.ends": stems.ends,
        "stems.sentences": _column(tables.sentence_stems.frequency, stems),
        "postings.starts": tables.postings.starts,
        "postings.documents": tables.postings.documents,
        "postings.weights": tables.postings.weights,
    }


def _column(counts: Mapping[str, int], words: WordList) -> NDArray[np.int64]:
    return np.array([counts[word] for word in words], np.int64)


def _tables(arrays: Mapping[str, NDArray[Any]]) -> Tables:
    words = WordList(arrays["words"], arrays["words.ends"])
    stems = WordList(arrays["stems"], arrays["stems.ends"])
    sentences, passages = len(arrays["sentences"]), len(arrays["passages"]) - 1
    starts = arrays["postings.starts"]
    of_stems, of_passages = arrays["means"].tolist()
    return Tables(
        arrays["sentences"],
        arrays["passages"],
        arrays["articles"],
        dict(zip(words, arrays["words.counts"].tolist(), strict=True)),
        frozenset(WordList(arrays["surnames"], arrays["surnames.ends"])),
        {tuple(name): numbers for name, numbers in json.loads(arrays["outlets"].tobytes())},
        Statistics(sentences, of_stems, Counts(stems, arrays["stems.sentences"])),
        Statistics(passages, of_passages, Counts(stems, np.diff(starts))),
        Postings(stems, starts, arrays["postings.documents"], arrays["postings.weights"], passages),
    )
