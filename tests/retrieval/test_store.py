"""The store: a kept index gives what a new one would, and one that does not fit is never used."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tanya_csto import Tanya
from tanya_csto.corpus.articles import Corpus
from tanya_csto.errors import SettingsError
from tanya_csto.retrieval import store
from tanya_csto.retrieval.index import Index
from tanya_csto.retrieval.store import INDEX, arrays_of, keep, kept_arrays, name_of, path_of, tables_of
from tanya_csto.retrieval.tables import Tables
from tests.conftest import EXAMPLES, corpus_of


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "tanya-csto"


@pytest.fixture
def path(corpus: Corpus) -> Path:
    return keep(arrays_of(Tables.of(corpus.articles)), corpus, INDEX)


@pytest.fixture
def forbidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def analyse(*_: object) -> Tables:
        pytest.fail("analysed anew")

    monkeypatch.setattr(Tables, "of", analyse)


@pytest.mark.usefixtures("path", "forbidden")
def test_a_kept_index_answers_like_a_new_one(corpus: Corpus, tanya: Tanya) -> None:
    kept = Tanya(corpus)
    for question in EXAMPLES:
        assert kept.ask(question) == tanya.ask(question)


@pytest.mark.usefixtures("path")
def test_a_kept_index_holds_what_a_new_one_does(corpus: Corpus) -> None:
    kept, new = tables_of(corpus), Tables.of(corpus.articles)
    for name in ("vocabulary", "surnames", "outlets"):
        assert getattr(kept, name) == getattr(new, name)
    for name in ("sentence_stems", "passage_stems"):
        ours, theirs = getattr(kept, name), getattr(new, name)
        assert (ours.size, ours.mean_length, dict(ours.frequency)) == (
            theirs.size,
            theirs.mean_length,
            dict(theirs.frequency),
        )
    query = {stem: new.passage_stems.idf(stem) for stem in ("rusia", "csto", "asing")}
    assert kept.postings.top(query, 9) == new.postings.top(query, 9)


@pytest.mark.usefixtures("path")
def test_other_articles_have_another_index(corpus: Corpus) -> None:
    first, *others = corpus.articles
    changed = [
        Corpus((replace(first, text=first.text + " "), *others)),
        Corpus((replace(first, id="lain"), *others)),
        Corpus((replace(first, outlet="Lain"), *others)),
        Corpus((replace(first, boilerplate=()), *others)),
        Corpus((*others, first)),
        Corpus(tuple(others)),
    ]
    assert len({name_of(corpus), *map(name_of, changed)}) == len(changed) + 1
    assert all(kept_arrays(other, INDEX) is None for other in changed)


@pytest.mark.usefixtures("path")
def test_other_word_lists_have_another_index(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    contents = store._contents

    def changed(folder: store.Traversable) -> list[bytes]:
        return [data.replace(b"csto", b"otsc") for data in contents(folder)]

    monkeypatch.setattr(store, "_contents", changed)
    store._analyser.cache_clear()
    try:
        assert kept_arrays(corpus, INDEX) is None
    finally:
        store._analyser.cache_clear()


def test_the_name_covers_code_and_word_lists() -> None:
    packages = [
        list(store._contents(store.resources.files(f"tanya_csto.{package}"))) for package in ("language", "retrieval")
    ]
    assert any(b"[[country]]" in data for data in packages[0])
    assert any(b"class LuceneBM25" in data for data in packages[1])


def test_a_damaged_index_is_made_anew_with_a_warning(
    corpus: Corpus, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with caplog.at_level(logging.WARNING):
        found = tables_of(corpus)
    assert [record.message for record in caplog.records] == ["index unusable"]
    np.testing.assert_array_equal(found.postings.documents, Tables.of(corpus.articles).postings.documents)


def test_an_index_that_cannot_be_kept_says_so(corpus: Corpus, cache: Path) -> None:
    cache.write_text("bukan folder")
    with pytest.raises(SettingsError, match=r"Indeks tidak dapat disimpan di .*Periksa folder itu"):
        keep({}, corpus, INDEX)


def test_without_a_cache_folder_nothing_is_kept(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "bukan/mutlak")
    assert path_of(corpus, INDEX) is None
    assert len(Index(corpus).indexed_sentences) > 0
    with pytest.raises(SettingsError, match="folder cache tidak ada"):
        keep({}, corpus, INDEX)


def test_an_index_of_one_word_can_be_kept() -> None:
    corpus = corpus_of("Rusia")
    keep(arrays_of(Tables.of(corpus.articles)), corpus, INDEX)
    assert [indexed.sentence.text for indexed in Index(corpus).indexed_sentences] == ["Rusia"]
