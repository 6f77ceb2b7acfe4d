"""The real engine, built once, and a tiny corpus that a test can write as it likes."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import settings

from tanya_csto.corpus.articles import Article, Corpus, load_corpus
from tanya_csto.engine import Tanya
from tanya_csto.models.networks import Networks, load_networks
from tanya_csto.retrieval.index import Index, IndexedSentence
from tanya_csto.text.boilerplate import find_boilerplate

settings.register_profile("tests", deadline=None, database=None, derandomize=True, max_examples=50)
settings.load_profile("tests")

CORPUS = load_corpus()
EXAMPLES = CORPUS.suggestions[:6]  # those on the first view
ARTICLE_IDS = ("cnbc-indonesia", "wahananews", "suara", "bangkapos", "perspektif")

SLOW_FOLDERS = {"browser", "proof", "training"}
SLOW_FILE = re.compile(r"^pytestmark = .*\bslow\b", re.MULTILINE)

CorpusWriter = Callable[[str, Mapping[str, str | bytes]], Path]


@pytest.fixture(autouse=True, scope="session")
def _no_feedback_at_home() -> Iterator[None]:
    """Keep no feedback in the data folder of the person who runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TANYA_FEEDBACK", "")
        yield


@pytest.fixture(autouse=True, scope="session")
def _by_words_alone() -> Iterator[None]:
    """Start the many servers of the tests without the networks, which take seconds to load."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TANYA_MODE", "light")
        yield


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return CORPUS


@pytest.fixture(scope="session")
def index(corpus: Corpus) -> Index:
    return Index(corpus)


@pytest.fixture(scope="session")
def tanya(corpus: Corpus) -> Tanya:
    return Tanya(corpus)


@pytest.fixture(scope="session")
def networks() -> Networks:
    return load_networks()


@pytest.fixture
def write_corpus(tmp_path: Path) -> CorpusWriter:
    """Return a function that writes a corpus folder: its index.toml and its files by name."""

    def write(index: str, files: Mapping[str, str | bytes]) -> Path:
        for name, content in {"index.toml": index, **files}.items():
            (tmp_path / name).write_bytes(content.encode() if isinstance(content, str) else content)
        return tmp_path

    return write


def article(text: str, article_id: str = "satu", outlet: str = "Kabar") -> Article:
    """Return an article made of `text`, boilerplate marked as the loader marks it."""
    return Article(article_id, outlet, text, boilerplate=find_boilerplate(text))


def corpus_of(*texts: str, outlets: tuple[str, ...] = ("Kabar", "Warta", "Berita")) -> Corpus:
    """Return a corpus of short articles, each of another outlet."""
    return Corpus(tuple(article(text, outlet.lower(), outlet) for text, outlet in zip(texts, outlets, strict=False)))


def indexed_sentences(index: Index) -> list[IndexedSentence]:
    """Return all sentences of an index, in order."""
    return [index.indexed_sentence(number) for number in range(index.size)]


def all_are_slow(path: Path) -> bool:
    """Tell whether every test in a folder or a file is slow."""
    if path.suffix == ".py":
        return SLOW_FILE.search(path.read_text(encoding="utf-8")) is not None
    return path.name in SLOW_FOLDERS


def pytest_configure() -> None:
    """Let the services of the tests be interrupted, as they are not where a shell runs the tests in its background."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Share all tests between two processes, and run a part of them in this one."""
    return 2 if config.args == config.getini("testpaths") else 0


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Do not even load what is slow as a whole where nothing slow is wanted: it brings the largest libraries."""
    return ("not slow" in config.option.markexpr and all_are_slow(collection_path)) or None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the tests in a browser last: what drives it leaves an event loop running in this thread."""
    items.sort(key=lambda item: "browser" in item.path.parts)
    for item in items:
        if SLOW_FOLDERS.intersection(item.path.parts):
            item.add_marker("slow")
