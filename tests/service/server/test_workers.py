"""The pool of workers: what an operator is told when it cannot start."""

from __future__ import annotations

import logging
import socket
from pathlib import Path
from types import SimpleNamespace

import pytest
from uvicorn.supervisors import Multiprocess

from tanya_csto.service.middleware.metrics import SHARED
from tanya_csto.service.server.workers import WorkerPool
from tanya_csto.service.settings import Settings


def test_workers_that_are_not_ready_in_time_end_the_start_with_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    late = SimpleNamespace(wait_until_ready=lambda _seconds: False)
    monkeypatch.setenv(SHARED, "")
    monkeypatch.setattr("uvicorn.supervisors.multiprocess.signal.signal", lambda *_: None)
    monkeypatch.setattr(Multiprocess, "init_processes", lambda pool: pool.processes.append(late))
    announced: list[str] = []
    with socket.socket() as listener, caplog.at_level(logging.ERROR, "tanya_csto"):
        pool = WorkerPool(Settings(workers=2), listener, tmp_path, announced.append)
        pool.init_processes()
    assert (pool.exit_code, pool.should_exit.is_set(), announced) == (1, True, [])
    assert [(record.message, record.__dict__["facts"]["hint"]) for record in caplog.records] == [
        ("start failed", "tanya-csto index")
    ]
