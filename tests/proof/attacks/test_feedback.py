"""A store that somebody tries to fill: it stays quick, takes what has a word, and nobody fills it fast."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tanya_csto.service.app import create_app
from tanya_csto.service.feedback_store import FIELDS, MAX_ENTRIES, Feedback, FeedbackStore
from tanya_csto.service.settings import Settings
from tests.service.conftest import FakeTanya

ENTRY = Feedback("Kapan?", "Tidak ditemukan.", "not_found", "0.2.0", "salah")


@pytest.fixture
def store(tmp_path: Path) -> FeedbackStore:
    return FeedbackStore(tmp_path / "umpan-balik.sqlite3")


def fill(store: FeedbackStore, comment: str) -> None:
    rows = [(*("x" * 40 for _ in FIELDS[:-1]), comment)] * (MAX_ENTRIES - 1)
    with closing(sqlite3.connect(store.path)) as connection, connection:
        connection.executemany("INSERT INTO feedback VALUES (NULL, ?, ?, ?, ?, ?, ?)", rows)


@pytest.mark.parametrize("comment", ["", "kata"])
def test_a_full_store_is_as_quick_as_an_empty_one_and_takes_a_word(
    store: FeedbackStore, comment: str, caplog: pytest.LogCaptureFixture
) -> None:
    fill(store, comment)
    entries = [Feedback("Kapan?", "x", "answered", "0.2.0", "salah", str(n)) for n in range(10)]
    start = time.thread_time()
    kept = [store.add(entry) is not None for entry in entries]
    assert (time.thread_time() - start) / 10 < 0.02
    assert kept == [True] * 10 if not comment else [True] + [False] * 9
    assert len(caplog.records) == 1


def test_one_client_fills_it_slowly(tanya: FakeTanya, store: FeedbackStore) -> None:
    client = TestClient(create_app(tanya, store, settings=Settings(rate=20)))  # type: ignore[arg-type]
    got = [client.post("/umpan-balik", json={"question": "kapan", "verdict": "salah"}) for _ in range(15)]
    assert [reply.status_code for reply in got] == [201] * 10 + [429] * 5
    assert int(got[-1].headers["retry-after"]) > 10
    assert client.get("/ask?q=kapan").status_code == 200
