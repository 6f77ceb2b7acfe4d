"""docs/architecture.md: its picture is drawn from the imports, and a question takes the way that it describes."""

from __future__ import annotations

import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import pytest
from fastapi.testclient import TestClient

from tanya_csto import Tanya
from tanya_csto.corpus.articles import Corpus
from tanya_csto.service.app import create_app
from tests.update_architecture import PAGE, SOURCE, arrows, with_packages

STEP = re.compile(r"^\| `([\w/]+\.py)` \| `([\w.]+)` \|", re.MULTILINE)


@contextmanager
def calls_recorded() -> Iterator[list[tuple[str, str]]]:
    """Collect the file and the name of each function of the package that is called, in whatever thread."""
    calls: dict[tuple[str, str], None] = {}

    def record(frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        if event == "call" and code.co_filename.startswith(str(SOURCE)):
            calls.setdefault((code.co_filename.removeprefix(f"{SOURCE}/"), code.co_qualname))

    found: list[tuple[str, str]] = []
    before = sys.getprofile()
    threading.setprofile(record)
    sys.setprofile(record)
    try:
        yield found
    finally:
        sys.setprofile(before)
        threading.setprofile(before)
        found.extend(calls)


@pytest.mark.slow
def test_the_picture_is_drawn_from_the_imports() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert "```mermaid\n" in text
    assert text == with_packages(text), "run python -m tests.update_architecture"


def test_an_arrow_that_follows_from_others_is_left_out() -> None:
    drawn = arrows()
    assert drawn["finder"] >= {"answer"}
    assert not drawn["finder"] & {"text", "corpus", "question", "retrieval"}


def test_a_question_takes_the_way_that_is_described(corpus: Corpus) -> None:
    steps = STEP.findall(PAGE.read_text(encoding="utf-8"))
    assert len(steps) > 10
    tanya = Tanya(corpus)
    with calls_recorded() as calls, TestClient(create_app(tanya)) as client:
        reply = client.post("/ask", json={"question": "Siapa Sekretaris Jenderal CSTO?"}).json()
    assert reply["short_answer"] == "Imangali Tasmagambetov"
    assert [step for step in steps if step not in calls] == []
    assert sorted(steps, key=calls.index) == steps
