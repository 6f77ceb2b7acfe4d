"""The store: kept tables give what new ones would, and those that do not fit are never used."""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

import tanya_csto
from tanya_csto import Tanya
from tanya_csto.corpus.articles import Corpus, load_corpus
from tanya_csto.errors import SettingsError
from tanya_csto.models.sums import write_sums
from tanya_csto.question.parser import parse_question
from tanya_csto.retrieval.index import Index
from tanya_csto.retrieval.retriever import Retriever
from tanya_csto.retrieval.store import INDEX, Tables, folder_of, is_kept, keep, kept
from tanya_csto.retrieval.tables import tabulate
from tests.conftest import EXAMPLES, corpus_of

SOME = Tables(
    {
        "numbers": np.arange(12, dtype=np.int32).reshape(4, 3),
        "halves": np.array([0.5, -1.25], np.float16),
        "none": np.empty((0, 3), np.float64),
    },
    {"words": {"Türkiye": 2, "\ud800": 1}},
)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "tanya-csto"


@pytest.fixture
def few() -> Corpus:
    return corpus_of("CSTO didirikan pada 1992. Rusia memimpin CSTO.", "Kopi.")


@pytest.fixture
def folder(few: Corpus) -> Path:
    return keep(few, INDEX, tabulate(few.articles))


def assert_same(found: Tables | None, expected: Tables) -> None:
    assert found is not None
    assert found.words == expected.words
    assert found.arrays.keys() == expected.arrays.keys()
    for name, array in expected.arrays.items():
        assert (found.arrays[name].dtype, found.arrays[name].shape) == (array.dtype, array.shape)
        np.testing.assert_array_equal(found.arrays[name], array)


def test_what_is_read_is_what_was_written(tmp_path: Path) -> None:
    SOME.write(tmp_path / "some", "nama")
    assert_same(Tables.read(tmp_path / "some", "nama"), SOME)


def test_the_arrays_cannot_be_changed(tmp_path: Path) -> None:
    SOME.write(tmp_path / "some", "nama")
    tables = Tables.read(tmp_path / "some", "nama")
    assert tables is not None
    with pytest.raises(ValueError, match="read-only"):
        tables.arrays["numbers"][0] = 1


def test_tables_made_from_something_else_are_not_taken(tmp_path: Path) -> None:
    SOME.write(tmp_path / "some", "nama")
    assert Tables.read(tmp_path / "some", "lain") is None


def test_open_tables_may_be_replaced(tmp_path: Path) -> None:
    SOME.write(tmp_path / "some", "nama")
    old = Tables.read(tmp_path / "some", "nama")
    other = Tables({"numbers": np.zeros(5)})
    other.write(tmp_path / "some", "nama")
    assert_same(old, SOME)
    assert_same(Tables.read(tmp_path / "some", "nama"), other)
    assert [path.name for path in tmp_path.iterdir()] == ["some"]


def test_what_cannot_be_written_leaves_the_old_tables_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError("disk full")

    SOME.write(tmp_path / "some", "nama")
    monkeypatch.setattr(np, "save", full)
    with pytest.raises(OSError, match="disk full"):
        Tables({"other": np.zeros(3)}).write(tmp_path / "some", "nama")
    assert_same(Tables.read(tmp_path / "some", "nama"), SOME)
    assert [path.name for path in tmp_path.iterdir()] == ["some"]


def test_a_kept_index_answers_like_a_new_one(corpus: Corpus, tanya: Tanya, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(corpus, INDEX, tabulate(corpus.articles))
    monkeypatch.setattr("tanya_csto.retrieval.index.tabulate", lambda *_: pytest.fail("analysed anew"))
    again = Tanya(corpus)
    for question in EXAMPLES:
        assert again.ask(question) == tanya.ask(question)


words = st.lists(st.sampled_from(["CSTO", "rusia", "Moskow", "didirikan", "1992", "perang", "\n", "."]), min_size=1)


@examples(max_examples=25)
@given(st.lists(words.map(" ".join), min_size=1, max_size=3), words.map(" ".join))
def test_any_kept_index_finds_what_a_new_one_does(texts: list[str], asked: str) -> None:
    corpus = corpus_of("Kopi.", *texts)
    new = Index(corpus)
    keep(corpus, INDEX, tabulate(corpus.articles))
    again = Index(corpus)
    assert (again.vocabulary, again.outlets) == (new.vocabulary, new.outlets)
    found, expected = (Retriever(index).retrieve(parse_question(asked)) for index in (again, new))
    assert [(each.indexed.sentence, each.score, each.matches) for each in found] == [
        (each.indexed.sentence, each.score, each.matches) for each in expected
    ]


def test_other_articles_have_another_index(corpus: Corpus) -> None:
    keep(corpus, INDEX, tabulate(corpus.articles))
    first, *others = corpus.articles
    changed = [
        Corpus((replace(first, text=first.text + " "), *others)),
        Corpus((replace(first, id="lain"), *others)),
        Corpus((replace(first, outlet="Lain"), *others)),
        Corpus((replace(first, title="Lain"), *others)),
        Corpus((replace(first, boilerplate=()), *others)),
        Corpus((*others, first)),
        Corpus(tuple(others)),
    ]
    assert len({folder_of(each, INDEX) for each in (corpus, *changed)}) == len(changed) + 1
    assert not any(is_kept(other, INDEX) or kept(other, INDEX) for other in changed)


@pytest.mark.slow
def test_another_program_has_another_index(tmp_path: Path) -> None:
    source = tmp_path / "src" / "tanya_csto"
    shutil.copytree(Path(tanya_csto.__file__).parent, source, ignore=shutil.ignore_patterns("*.onnx", "__pycache__"))
    shutil.copytree(Path(__file__).parents[2] / "corpus", tmp_path / "corpus")

    def folder() -> str:
        tell = (
            "from tanya_csto.corpus.articles import load_corpus; from tanya_csto.retrieval.store import folder_of; "
            "print(folder_of(load_corpus(), 'index'))"
        )
        command = [sys.executable, "-c", tell]
        environment = os.environ | {"PYTHONPATH": str(source.parent)}
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()

    found = [folder()]
    for changed in ("language/lexicon/stop.toml", "retrieval/tables.py"):
        with (source / changed).open("a") as file:
            file.write("\n")
        found.append(folder())
    assert found[0] == str(folder_of(load_corpus(), INDEX))
    assert len(set(found)) == 3


def test_a_kept_index_is_searched_without_finding_a_stem_anew(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(corpus, INDEX, tabulate(corpus.articles))
    question = parse_question("Kapan CSTO didirikan dan di mana?")
    expected = Retriever(Index(corpus)).retrieve(question)
    monkeypatch.setattr("tanya_csto.language.terms.stem", None)
    found = Retriever(Index(corpus)).retrieve(question)
    assert [(each.indexed.sentence, each.indexed.terms, each.matches) for each in found] == [
        (each.indexed.sentence, each.indexed.terms, each.matches) for each in expected
    ]


@pytest.mark.parametrize("change", [b"", b"bukan indeks\n", None])
def test_a_damaged_index_is_made_anew_with_a_warning(
    few: Corpus, folder: Path, change: bytes | None, caplog: pytest.LogCaptureFixture
) -> None:
    expected = Index(few).weights.top({"csto": 1.0}, 9)
    for path in sorted(folder.iterdir()):
        data = bytearray(path.read_bytes())
        caplog.clear()
        with caplog.at_level(logging.WARNING):
            if change is None:
                data[len(data) // 2] ^= 0x80
            path.write_bytes(data if change is None else change)
            assert Index(few).weights.top({"csto": 1.0}, 9) == expected
        assert [record.message for record in caplog.records] == ["index unusable"], path
        keep(few, INDEX, tabulate(few.articles))


@pytest.mark.parametrize(
    ("name", "content"),
    [("manifest.json", text) for text in ("[]", "{}", '{"sums": []}', "null", "[" * 100_000)] + [("data.npy", "")],
)
def test_a_damaged_index_with_sums_that_fit_is_made_anew_with_a_warning(
    few: Corpus, folder: Path, name: str, content: str, caplog: pytest.LogCaptureFixture
) -> None:
    (folder / name).write_text(content)
    write_sums(folder, [path.name for path in folder.iterdir() if path.suffix])
    with caplog.at_level(logging.WARNING):
        assert Index(few).weights.top({"csto": 1.0}, 9)
    assert [record.message for record in caplog.records] == ["index unusable"]


@pytest.mark.parametrize("lost", ["manifest.json", "SHA256SUMS", "data.npy"])
def test_an_index_that_lost_a_file_is_made_anew(few: Corpus, folder: Path, lost: str) -> None:
    (folder / lost).unlink()
    assert kept(few, INDEX) is None
    assert Index(few).weights.top({"csto": 1.0}, 9)


def test_an_index_of_another_format_is_not_taken(few: Corpus, folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_bytes())
    (folder / "manifest.json").write_text(json.dumps(manifest | {"format": manifest["format"] + 1}))
    write_sums(folder, [path.name for path in folder.iterdir() if path.suffix])
    assert kept(few, INDEX) is None


def test_the_file_of_an_older_version_is_no_index_and_gives_way_to_one(few: Corpus) -> None:
    folder = folder_of(few, INDEX)
    assert folder is not None
    folder.parent.mkdir()
    folder.write_bytes(b"tanya-csto arrays 1\n")
    assert not is_kept(few, INDEX)
    assert kept(few, INDEX) is None
    keep(few, INDEX, tabulate(few.articles))
    assert is_kept(few, INDEX)
    assert kept(few, INDEX)


def test_an_index_that_cannot_be_kept_says_so(few: Corpus, cache: Path) -> None:
    cache.write_text("bukan folder")
    with pytest.raises(SettingsError, match=r"Indeks tidak dapat disimpan di .*Periksa folder itu"):
        keep(few, INDEX, SOME)


def test_without_a_cache_folder_nothing_is_kept(few: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "bukan/mutlak")
    assert folder_of(few, INDEX) is None
    assert Index(few).size > 0
    with pytest.raises(SettingsError, match="folder cache tidak ada"):
        keep(few, INDEX, SOME)


def test_an_index_of_one_word_can_be_kept() -> None:
    corpus = corpus_of("Rusia")
    keep(corpus, INDEX, tabulate(corpus.articles))
    assert Index(corpus).sentence(0).text == "Rusia"
