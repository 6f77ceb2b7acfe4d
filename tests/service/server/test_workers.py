"""The pool of workers: what an operator is told when it cannot start."""

import logging
import socket
from types import SimpleNamespace

from tanya_csto.corpus.articles import load_corpus
from tanya_csto.service.middleware.metrics import SHARED
from tanya_csto.service.server import workers
from tanya_csto.service.settings import Settings


def test_workers_that_are_not_ready_in_time_end_the_start_with_a_line(tmp_path, monkeypatch, caplog):
    monkeypatch.setenv(SHARED, "")
    monkeypatch.setattr(workers.WorkerPool, "_hire", lambda _: SimpleNamespace(is_ready=lambda seconds: seconds < 1))
    with socket.socket() as listener, caplog.at_level(logging.ERROR, "tanya_csto"):
        pool = workers.WorkerPool(Settings(workers=2), listener, tmp_path, load_corpus())
        assert not pool.start()
    assert [(record.message, record.facts["hint"]) for record in caplog.records] == [
        ("start failed", "tanya-csto index")
    ]
