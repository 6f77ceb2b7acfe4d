"""Feedback: what readers say about answers, in one SQLite file, and nothing else about them: not even when."""

from __future__ import annotations

import logging
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Final, Literal

from tanya_csto.errors import SettingsError
from tanya_csto.messages import say
from tanya_csto.service.settings import Settings, default_feedback

Verdict = Literal["benar", "salah", "tidak-mendukung"]
MAX_COMMENT: Final = 500  # characters
MAX_ENTRIES: Final = 100_000  # so that no visitor fills the disk
MAX_RECEIPTS: Final = 1000  # of the latest entries: a reason comes soon or never

_log: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Feedback:
    """One verdict: on which answer of which version, and the sentence that a reader added (empty without one)."""

    question: str
    answer: str
    status: str
    version: str
    verdict: str
    comment: str = ""


@dataclass(frozen=True, slots=True)
class RefusedQuestion:
    """A question that was not answered, and how often it was asked; nobody knows by whom or when."""

    question: str
    times: int


FIELDS: Final = tuple(field.name for field in fields(Feedback))
_TABLES: Final = f"""
    PRAGMA journal_mode = WAL;
    CREATE TABLE IF NOT EXISTS feedback (id INTEGER PRIMARY KEY, {", ".join(FIELDS)});
    CREATE INDEX IF NOT EXISTS without_a_word ON feedback (id) WHERE comment = '';
    CREATE TABLE IF NOT EXISTS receipts (id INTEGER PRIMARY KEY, receipt TEXT);
    CREATE TABLE IF NOT EXISTS refused (id INTEGER PRIMARY KEY, question TEXT UNIQUE, times INTEGER NOT NULL);
"""
_INSERT: Final = f"INSERT INTO feedback ({', '.join(FIELDS)}) VALUES ({', '.join('?' * len(FIELDS))})"  # noqa: S608
_SELECT: Final = f"SELECT {', '.join(FIELDS)} FROM feedback ORDER BY id"  # noqa: S608
_GIVE_WAY: Final = "DELETE FROM feedback WHERE id = (SELECT min(id) FROM feedback WHERE comment = '' AND id < ?)"
_COMPLETE: Final = """
    UPDATE feedback SET verdict = ?, comment = ?
    WHERE comment = '' AND id = (SELECT id FROM receipts WHERE receipt = ?)
"""
_FORGET: Final = "DELETE FROM receipts WHERE id <= ?"
_COUNT_REFUSED: Final = """
    INSERT INTO refused (question, times)
    SELECT :question, 1 WHERE (SELECT coalesce(max(id), 0) FROM refused) < :most
    OR EXISTS (SELECT 1 FROM refused WHERE question = :question)
    ON CONFLICT (question) DO UPDATE SET times = times + 1
"""


class FeedbackStore:
    """The file at `path`, made where there is none; each entry is on the disk before `add` returns.

    Raises:
        OSError, sqlite3.Error: the file cannot be made, or is no such store.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._open() as connection:
            connection.executescript(_TABLES)

    def add(self, entry: Feedback, completes: str = "") -> str | None:
        """Keep `entry`, and return a receipt for it, or None where there was no room.

        Whoever has the receipt may give a reason later: `completes` is that of an entry without a comment, which then
        takes the verdict and the comment of `entry`. In a full store the oldest entry without a comment gives way. How
        many there are is known by the number of the newest: counting them would take longer with each.
        """
        with self._open() as connection:
            if completes and connection.execute(_COMPLETE, (entry.verdict, entry.comment, completes)).rowcount == 1:
                return completes
            number = connection.execute(_INSERT, astuple(entry)).lastrowid or 0
            kept = number <= MAX_ENTRIES or connection.execute(_GIVE_WAY, (number,)).rowcount == 1
            receipt = secrets.token_urlsafe(16)
            connection.execute("INSERT INTO receipts VALUES (?, ?)", (number, receipt))
            connection.execute(_FORGET, (number - MAX_RECEIPTS,))
            if not kept:
                connection.rollback()
        if number == MAX_ENTRIES:
            _log.warning("feedback is full", extra={"facts": {"entries": MAX_ENTRIES}})
        return receipt if kept else None

    def entries(self) -> list[Feedback]:
        """Return every entry, oldest first."""
        with self._open() as connection:
            return [Feedback(*row) for row in connection.execute(_SELECT)]

    def add_refused(self, question: str) -> None:
        """Keep a question that was not answered, or count it once more, as long as there is room."""
        with self._open() as connection:
            connection.execute(_COUNT_REFUSED, {"question": question, "most": MAX_ENTRIES})

    def refused(self) -> list[RefusedQuestion]:
        """Return the questions that were not answered, those asked most often first."""
        asked = "SELECT question, times FROM refused ORDER BY times DESC, id"
        with self._open() as connection:
            return [RefusedQuestion(*row) for row in connection.execute(asked)]

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """One connection for one piece of work, committed when it ends: threads and processes share nothing else."""
        connection = sqlite3.connect(self.path, timeout=5)
        try:
            connection.execute("PRAGMA synchronous = FULL")
            with connection:
                yield connection
        finally:
            connection.close()


def open_store(settings: Settings) -> FeedbackStore | None:
    """Return the store that the settings name, or None where feedback is off.

    Raises:
        SettingsError: the file cannot be used. Nobody named the one in the user's data folder: there, feedback is off.
    """
    if settings.feedback is None:
        return None
    try:
        return FeedbackStore(settings.feedback)
    except (OSError, sqlite3.Error) as error:
        if settings.feedback == default_feedback():
            _log.warning("feedback is off: its file cannot be used (%s)", error)
            return None
        raise SettingsError("setting-bad", name="TANYA_FEEDBACK", reason=say("setting-feedback")) from error
