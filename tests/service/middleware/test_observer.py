"""What the service tells its operator: logs and metrics."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable
from ipaddress import ip_network
from typing import Any, NoReturn

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tanya_csto.corpus.articles import Corpus
from tanya_csto.engine import Tanya
from tanya_csto.service.app import create_app, use
from tanya_csto.service.server.logs import JsonLines
from tanya_csto.service.settings import Settings
from tests.service.conftest import FakeTanya

SECRET = "rahasia7"  # noqa: S105

Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Lines:
    """Return the lines of the log so far, as they are written."""
    caplog.set_level(logging.DEBUG, "tanya_csto")
    return lambda: [json.loads(JsonLines().format(record)) for record in caplog.records if record.name[:5] == "tanya"]


def client_of(tanya: Tanya | FakeTanya, address: str = "127.0.0.1", **settings: Any) -> TestClient:
    app = create_app(tanya, settings=Settings(**{"rate": 0.0, **settings}))  # type: ignore[arg-type]
    return TestClient(app, raise_server_exceptions=False, client=(address, 1))


def test_a_request_is_one_line_with_the_number_that_the_visitor_sees(tanya: FakeTanya, lines: Lines) -> None:
    client = client_of(tanya)
    replies = [client.get("/ask?q=kapan"), client.get("/ask?q=kapan"), client.get("/ask?q=apa"), client.get("/x")]
    got = lines()
    assert [line["request_id"] for line in got] == [reply.headers["x-request-id"] for reply in replies]
    assert len({line["request_id"] for line in got}) == 4
    for line in got:
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", line.pop("time"))
        assert 0 < line.pop("ms") < 5000
        del line["request_id"]
    common = {"level": "info", "event": "request", "method": "GET"}
    assert got == [
        {**common, "route": "/ask", "status": 200, "answer": "answered", "cached": False},
        {**common, "route": "/ask", "status": 200, "answer": "answered", "cached": True},
        {**common, "route": "/ask", "status": 200, "answer": "not_found", "cached": False},
        {**common, "route": "-", "status": 404, "problem": "not-found"},
    ]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", f"/ask?q={SECRET}"),
        ("GET", f"/?q={SECRET}&riwayat={SECRET}"),
        ("GET", f"/questions?q={SECRET}"),
        ("GET", f"/{SECRET}"),
        ("GET", f"/artikel/{SECRET}"),
        ("GET", f"/ask?q={SECRET}%00"),
        (SECRET.upper(), "/"),
    ],
)
def test_no_question_and_no_path_reaches_the_log(tanya: FakeTanya, lines: Lines, method: str, path: str) -> None:
    client_of(tanya).request(method, path, headers={"X-Request-ID": SECRET, "User-Agent": SECRET, "Referer": SECRET})
    (line,) = lines()
    assert SECRET not in json.dumps(line).lower()


def test_a_setting_writes_the_question_and_nobody_can_break_the_line(
    tanya: FakeTanya, lines: Lines, caplog: pytest.LogCaptureFixture
) -> None:
    question = 'Apa "itu" \u202e\u2028\x85 😀?'
    client_of(tanya, log_questions=True).post("/ask", json={"question": question})
    assert lines()[0]["question"] == question
    written = JsonLines().format(caplog.records[0])
    assert written.isascii()
    assert written.isprintable()


def test_the_machines_that_ask_all_day_are_quiet(tanya: FakeTanya, caplog: pytest.LogCaptureFixture) -> None:
    client = client_of(tanya)
    caplog.set_level(logging.INFO, "tanya_csto")
    for path in ("/healthz", "/readyz", "/metrics"):
        client.get(path)
    assert not caplog.records


def test_a_planted_failure_is_in_the_log_under_the_number_on_the_page(
    tanya: FakeTanya, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> NoReturn:
        raise RuntimeError(SECRET)

    monkeypatch.setattr(tanya, "ask", fail)
    client = client_of(tanya)
    page = client.get("/?q=a", headers={"Accept": "text/html"})
    assert page.status_code == 500
    assert SECRET not in page.text
    assert "Traceback" not in page.text
    number = page.headers["x-request-id"]
    assert f"<code>{number}</code>" in page.text
    failure, request = lines()
    assert (failure["event"], failure["level"], failure["request_id"]) == ("failure", "error", number)
    assert f"RuntimeError: {SECRET}" in failure["error"]
    assert (request["status"], request["problem"], request["request_id"]) == (500, "internal", number)
    reply = client.get("/ask?q=a")
    assert reply.json()["instance"].endswith(reply.headers["x-request-id"])


def samples(client: TestClient) -> dict[str, float]:
    text = client.get("/metrics").text
    rows = re.findall(r"^(tanya_csto\w*(?:\{[^}]*\})?) ([\d.e+-]+)$", text, re.MULTILINE)
    return {name: float(value) for name, value in rows}


def test_the_counters_count(tanya: FakeTanya) -> None:
    client = client_of(tanya, max_body=1024)
    for path in ("/ask?q=kapan", "/ask?q=kapan", "/ask?q=beda", "/ask?q=apa", "/ask?q=", "/x", "/?q=halo"):
        client.get(path)
    client.get("/questions?q=kapan")
    client.post("/ask", content=b" " * 2000)
    got = samples(client)
    expected = {
        'tanya_csto_answers_total{status="answered"}': 2,
        'tanya_csto_answers_total{status="conflicting"}': 1,
        'tanya_csto_answers_total{status="not_found"}': 1,
        'tanya_csto_answers_total{status="smalltalk"}': 1,
        'tanya_csto_cache_total{result="hit"}': 1,
        'tanya_csto_cache_total{result="miss"}': 4,
        'tanya_csto_problems_total{code="question-empty"}': 1,
        'tanya_csto_problems_total{code="not-found"}': 1,
        'tanya_csto_problems_total{code="body-too-large"}': 1,
        'tanya_csto_requests_total{route="/ask",status="200"}': 4,
        'tanya_csto_requests_total{route="-",status="404"}': 1,
        'tanya_csto_requests_total{route="/questions",status="200"}': 1,
        'tanya_csto_stage_seconds_count{stage="total"}': 9,
        'tanya_csto_stage_seconds_count{stage="cache"}': 1,
        'tanya_csto_stage_seconds_count{stage="answer"}': 4,
    }
    assert {name: got.get(name) for name in expected} == expected


def stages(client: TestClient) -> dict[str, float]:
    return {
        name: samples(client).get(f'tanya_csto_stage_seconds_count{{stage="{name}"}}', 0)
        for name in ("understand", "search", "choose")
    }


def test_the_stages_of_the_engine_count_and_a_kept_answer_has_none(corpus: Corpus) -> None:
    client = client_of(Tanya(corpus))
    for times in (1, 1):  # the second answer is kept
        client.get("/ask?q=Kapan+CSTO+didirikan?")
        assert stages(client) == {"understand": times, "search": times, "choose": times}
    client.get("/ask?q=What+is+the+CSTO?")  # English is told by its words alone
    assert stages(client) == {"understand": 2, "search": 1, "choose": 1}


def test_visitors_cannot_make_new_series(tanya: FakeTanya) -> None:
    client = client_of(tanya)
    client.get("/ask?q=kapan")
    client.get("/x")
    client.get("/artikel/x")
    before = set(samples(client))
    for n in range(20):
        client.get(f"/x{n}")
        client.get(f"/artikel/x{n}")
        client.request(f"AMBIL{n}", "/ask")
    assert len(set(samples(client)) - before) <= 8  # one more status, and the route of /metrics itself


def test_the_versions_follow_the_corpus(tanya: FakeTanya) -> None:
    client = client_of(tanya)
    (before,) = [name for name in samples(client) if name.startswith("tanya_csto_info")]
    assert re.search(r'index="[0-9a-f]{12}".*version="[^"]+"', before)
    other = FakeTanya()
    other.corpus = type(other.corpus)(other.corpus.articles[:-1])
    assert isinstance(client.app, FastAPI)
    use(client.app, other)  # type: ignore[arg-type]
    (after,) = [name for name in samples(client) if name.startswith("tanya_csto_info")]
    assert after != before


@pytest.mark.parametrize(
    ("address", "headers", "settings", "status"),
    [
        ("127.0.0.1", {}, {}, 200),
        ("::1", {}, {}, 200),
        ("192.0.2.1", {}, {}, 404),
        ("testclient", {}, {}, 404),
        ("192.0.2.1", {"X-Forwarded-For": "127.0.0.1"}, {}, 404),
        ("127.0.0.1", {"X-Forwarded-For": "198.51.100.1"}, {}, 404),  # a proxy on this machine that nobody told us of
        ("127.0.0.1", {"X-Forwarded-For": "198.51.100.1"}, {"trusted_proxies": (ip_network("127.0.0.1"),)}, 404),
        ("192.0.2.1", {}, {"metrics_clients": (ip_network("192.0.2.0/24"),)}, 200),
    ],
)
def test_the_metrics_are_for_those_that_the_settings_name(
    tanya: FakeTanya, address: str, headers: dict[str, str], settings: dict[str, Any], status: int
) -> None:
    assert client_of(tanya, address, **settings).get("/metrics", headers=headers).status_code == status
