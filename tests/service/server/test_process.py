"""The life of the service, as the process that an operator starts, tells and stops."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pytest

from tanya_csto.corpus.articles import load_corpus
from tanya_csto.corpus.files import shipped
from tanya_csto.service.server.process import application
from tanya_csto.service.settings import Settings
from tests.service.live import Service, serving, until

pytestmark = pytest.mark.slow

QUESTION = "Siapa Sekretaris Jenderal CSTO?"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "korpus"
    shutil.copytree(shipped("corpus"), folder, ignore=shutil.ignore_patterns("questions"))
    return folder


def break_it(corpus: Path) -> None:
    (corpus / "index.toml").write_text("rusak [", encoding="utf-8")


def change(corpus: Path, name: str) -> None:
    """Put another name in the place of the secretary general's."""
    for file in corpus.glob("*.txt"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("Imangali Tasmagambetov", name), encoding="utf-8")


def quoted(reply: tuple[int, bytes, dict[str, str]]) -> str:
    """Return which of the two names the first quote holds."""
    assert reply[0] == 200, reply
    quote = json.loads(reply[1])["citations"][0]["quote"]
    return next(name for name in ("Imangali Tasmagambetov", "Imangali Nazarbayev") if name in quote)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_hangup_brings_the_new_corpus_and_a_broken_one_leaves_the_old(
    tmp_path: Path, corpus: Path, workers: str
) -> None:
    with serving(tmp_path, corpus=str(corpus), workers=workers) as service:
        count = int(workers)
        assert {quoted(service.ask(QUESTION)) for _ in range(4)} == {"Imangali Tasmagambetov"}
        change(corpus, "Imangali Nazarbayev")
        service.hang_up()
        service.wait_for("reloaded", count)
        assert {quoted(service.ask(QUESTION)) for _ in range(6)} == {"Imangali Nazarbayev"}
        break_it(corpus)
        service.hang_up()
        (refused,) = service.wait_for("reload refused")
        assert "index.toml, baris 1" in str(refused["reason"])
        assert {quoted(service.ask(QUESTION)) for _ in range(6)} == {"Imangali Nazarbayev"}
        assert service.get("/readyz")[0] == 200
        assert len(service.lines("reloaded")) == count


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_storm_of_hangups_drops_no_request(tmp_path: Path, corpus: Path, workers: str) -> None:
    with serving(tmp_path, corpus=str(corpus), workers=workers, cache="0") as service:
        expected = service.ask(QUESTION)[:2]
        stop = threading.Event()

        def storm() -> None:
            while not stop.wait(0.002):
                service.hang_up()

        stormy = threading.Thread(target=storm)
        stormy.start()
        try:
            with ThreadPoolExecutor(4) as pool:
                got = list(pool.map(lambda _: service.ask(QUESTION)[:2], range(80)))
        finally:
            stop.set()
            stormy.join()
        assert got == [expected] * 80
        assert service.process.poll() is None


def begin_to_ask(connection: socket.socket, length: int) -> None:
    """Send the head of a question, and wait until the service reads on."""
    head = f"POST /ask HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n"
    connection.sendall(f"{head}Expect: 100-continue\r\n\r\n".encode())
    assert connection.recv(65536).startswith(b"HTTP/1.1 100 ")


def refuses(service: Service) -> bool:
    try:
        service.connect().close()
    except ConnectionRefusedError:
        return True
    return False


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_stop_finishes_what_is_running(tmp_path: Path, corpus: Path, number: int, code: int, workers: str) -> None:
    with (
        serving(tmp_path, corpus=str(corpus), workers=workers, shutdown_timeout="30") as service,
        service.connect() as connection,
    ):
        body = b'{"question": "Apa itu CSTO?"}'
        begin_to_ask(connection, len(body))
        connection.sendall(body[:5])
        service.process.send_signal(number)
        until(lambda: refuses(service))
        connection.sendall(body[5:])
        reply = b""
        while part := connection.recv(65536):
            reply += part
        assert reply.startswith(b"HTTP/1.1 200 OK")
        assert b'"status":"answered"' in reply
        assert service.process.wait(timeout=60) == code
        assert not [line for line in service.lines() if line["level"] == "error"]


def test_a_stop_waits_no_longer_than_its_bound(tmp_path: Path, corpus: Path) -> None:
    with serving(tmp_path, corpus=str(corpus), shutdown_timeout="1") as service, service.connect() as connection:
        begin_to_ask(connection, 99)
        start = time.monotonic()
        assert service.stop() == 0
        assert time.monotonic() - start < 4
        head, _, body = connection.recv(65536).partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 503 ")
        assert json.loads(body)["code"] == "stopping"


def test_a_dead_worker_is_replaced_and_knows_the_newest_corpus(tmp_path: Path, corpus: Path) -> None:
    with serving(tmp_path, corpus=str(corpus), workers="2") as service:
        change(corpus, "Imangali Nazarbayev")
        service.hang_up()
        service.wait_for("reloaded", 2)
        before = service.workers()
        assert len(before) == 2
        os.kill(before[0], signal.SIGKILL)
        service.wait_for("worker died")
        until(lambda: len(service.workers()) == 2)
        os.kill(before[1], signal.SIGKILL)
        service.wait_for("worker died", 2)
        assert quoted(service.ask(QUESTION)) == "Imangali Nazarbayev"  # by a new one: both old ones are gone
        assert not set(before) & set(service.workers())


def test_workers_do_not_outlive_their_parent(tmp_path: Path, corpus: Path) -> None:
    with serving(tmp_path, corpus=str(corpus), workers="2") as service:
        workers = service.workers()
        service.process.kill()
        service.process.wait()
        until(lambda: not any(alive(each) for each in workers))


def alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    with open(f"/proc/{number}/stat", encoding="ascii") as stat:  # one that its new parent has not buried is dead, too
        return stat.read().rpartition(")")[2].split()[0] != "Z"


def test_workers_count_together_and_limit_together(tmp_path: Path, corpus: Path) -> None:
    with serving(tmp_path, corpus=str(corpus), workers="2", rate="0.001", burst="10") as service:
        got = [service.ask(QUESTION)[0] for _ in range(20)]
        assert (got.count(200), got.count(429)) == (10, 10)
        counted = [
            'tanya_csto_requests_total{route="/ask",status="200"} 10.0',
            'tanya_csto_problems_total{code="too-many-requests"} 10.0',
            "tanya_csto_info{",
        ]
        # a request is counted behind its reply, by a worker that the next one need not go to
        until(lambda: all(each in service.get("/metrics")[1].decode() for each in counted))


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"corpus": "hilang"}, "Folder korpus hilang tidak ditemukan. Periksa nama folder itu."),
        ({"host": "198.51.100.1"}, "Porta 0 di 198.51.100.1 tidak dapat dipakai"),
        ({"feedback": "/proc/catatan"}, "Setelan TANYA_FEEDBACK tidak sah"),
    ],
)
def test_workers_that_cannot_start_are_refused_in_one_line(
    tmp_path: Path, settings: dict[str, Any], message: str
) -> None:
    with pytest.raises(AssertionError) as refused, serving(tmp_path, workers="2", **settings):
        pass
    shown = str(refused.value)
    assert message in shown
    assert "Traceback" not in shown


def test_networks_that_do_not_load_are_in_the_log_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "onnxruntime.py").write_text("raise ImportError('tidak terpasang')", encoding="utf-8")
    with serving(tmp_path, mode="full") as service:
        (line,) = service.lines("networks unavailable")
        assert (line["level"], line["reason"]) == ("warning", "tidak terpasang")
        assert json.loads(service.get("/readyz")[1])["mode"] == "light"
        assert service.ask(QUESTION)[0] == 200


def test_a_network_that_compares_articles_without_a_bank_is_loaded_before_the_first_visitor(corpus: Path) -> None:
    app = application(Settings(corpus=corpus, mode="full"), load_corpus(corpus), SimpleQueue(), lambda: None)
    assert app.state.answers.tanya.networks.comparer.same_matter.cache_info().currsize > 0
