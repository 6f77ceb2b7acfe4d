"""The store: every entry is kept as it was given, through threads, restarts and broken files."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from tanya_csto.service import feedback_store
from tanya_csto.service.feedback_store import FIELDS, Feedback, FeedbackStore, RefusedQuestion
from tanya_csto.service.settings import default_feedback

ENTRY = Feedback("Kapan?", "Menurut Suara.com: 1992.", "answered", "0.1.0", "salah", "Mestinya 2002.")


@pytest.fixture
def store(tmp_path: Path) -> FeedbackStore:
    return FeedbackStore(tmp_path / "baru" / "umpan-balik.sqlite3")


def test_an_entry_is_kept_and_read_by_the_next_process(store: FeedbackStore) -> None:
    assert store.add(ENTRY)
    assert store.add(replace(ENTRY, comment=""))
    assert FeedbackStore(store.path).entries() == [ENTRY, replace(ENTRY, comment="")]


def test_a_reason_takes_the_place_of_the_verdict_whose_receipt_it_brings(store: FeedbackStore) -> None:
    bare = replace(ENTRY, comment="", verdict="benar")
    mine, other = store.add(bare), store.add(bare)
    assert mine
    assert mine != other
    assert store.add(ENTRY, mine) == mine
    assert store.entries() == [ENTRY, bare]
    store.add(ENTRY, mine)  # a reason that is there is nobody's to change
    assert store.entries() == [ENTRY, bare, ENTRY]


@pytest.mark.parametrize("receipt", ["1", "x", "%", "' OR ''='"])
def test_without_its_receipt_a_verdict_stays_as_it_is(store: FeedbackStore, receipt: str) -> None:
    bare = replace(ENTRY, comment="", verdict="benar")
    store.add(bare)
    store.add(ENTRY, receipt)
    assert store.entries() == [bare, ENTRY]


def test_only_the_latest_receipts_are_kept(store: FeedbackStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feedback_store, "MAX_RECEIPTS", 2)
    bare = replace(ENTRY, comment="")
    first, _, last = [store.add(bare) for _ in range(3)]
    assert first
    assert last
    store.add(ENTRY, first)
    store.add(ENTRY, last)
    assert store.entries() == [bare, bare, ENTRY, ENTRY]


def test_nothing_else_is_kept(store: FeedbackStore) -> None:
    with sqlite3.connect(store.path) as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(feedback)")]
    connection.close()
    assert columns == ["id", *FIELDS] == ["id", "question", "answer", "status", "version", "verdict", "comment"]


def test_the_journal_is_written_ahead(store: FeedbackStore) -> None:
    with sqlite3.connect(store.path) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_threads_lose_nothing(store: FeedbackStore) -> None:
    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(lambda n: store.add(replace(ENTRY, comment=str(n))), range(40)))
    assert sorted(int(entry.comment) for entry in store.entries()) == list(range(40))


def test_in_a_full_store_the_oldest_without_a_word_gives_way(
    store: FeedbackStore, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(feedback_store, "MAX_ENTRIES", 3)
    told = [replace(ENTRY, question=str(n), comment="" if n in (1, 3) else "kata") for n in range(7)]
    assert [store.add(entry) is not None for entry in told] == [True] * 5 + [False] * 2
    assert [entry.question for entry in store.entries()] == ["0", "2", "4"]
    assert [record.message for record in caplog.records] == ["feedback is full"]


def test_a_newest_without_a_word_gives_way_to_all_that_have_one(
    store: FeedbackStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feedback_store, "MAX_ENTRIES", 1)
    assert store.add(ENTRY)
    assert not store.add(replace(ENTRY, comment=""))
    assert store.entries() == [ENTRY]


def test_a_file_that_is_no_store_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "catatan.txt"
    file.write_text("bukan basis data, hanya catatan panjang\n" * 50, encoding="utf-8")
    with pytest.raises(sqlite3.Error):
        FeedbackStore(file)
    assert file.read_text(encoding="utf-8").startswith("bukan")


def test_the_default_place_is_the_users_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_feedback() == tmp_path / "tanya-csto" / "umpan-balik.sqlite3"
    monkeypatch.setenv("XDG_DATA_HOME", "")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert default_feedback() == tmp_path / ".local" / "share" / "tanya-csto" / "umpan-balik.sqlite3"


def test_refused_questions_are_counted_and_nothing_else_is_kept(store: FeedbackStore) -> None:
    for question in ("Siapa?", "Kapan?", "Kapan?"):
        store.add_refused(question)
    assert store.refused() == [RefusedQuestion("Kapan?", 2), RefusedQuestion("Siapa?", 1)]
    with sqlite3.connect(store.path) as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(refused)")]
    connection.close()
    assert columns == ["id", "question", "times"]


def test_a_full_store_counts_only_the_questions_that_it_holds(
    store: FeedbackStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feedback_store, "MAX_ENTRIES", 1)
    for question in ("Siapa?", "Kapan?", "Siapa?"):
        store.add_refused(question)
    assert store.refused() == [RefusedQuestion("Siapa?", 2)]
