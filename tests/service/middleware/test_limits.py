"""The limits, each reached in one process: nothing here waits for longer than a second."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable, Iterator, Sequence
from ipaddress import ip_network
from typing import Any

import httpx2
import pytest
from fastapi.testclient import TestClient
from starlette.types import ASGIApp, Message

from tanya_csto.answer.answer import Answer
from tanya_csto.engine import Tanya
from tanya_csto.service.app import create_app
from tanya_csto.service.settings import Settings
from tests.service.conftest import FakeTanya
from tests.service.test_problems import check

JSON = {"Content-Type": "application/json"}


def client_of(tanya: FakeTanya, address: str = "testclient", **settings: Any) -> TestClient:
    app = create_app(tanya, settings=Settings(**{"rate": 0.0, **settings}))  # type: ignore[arg-type]
    return TestClient(app, raise_server_exceptions=False, client=(address, 1))


def chunks(*parts: bytes) -> Iterator[bytes]:
    yield from parts


def test_a_burst_beyond_the_bucket_is_told_when_to_come_back(tanya: FakeTanya) -> None:
    client = client_of(tanya, rate=0.5, burst=3)
    assert [client.get("/ask?q=kapan").status_code for _ in range(3)] == [200] * 3
    reply = client.get("/ask?q=kapan")
    check(reply, 429, "too-many-requests")
    assert reply.headers["retry-after"] == "2"
    check(client.get("/articles"), 429, "too-many-requests")
    page = client.get("/", headers={"Accept": "text/html"})
    assert (page.status_code, page.headers["content-type"]) == (429, "text/html; charset=utf-8")
    assert "Terlalu banyak permintaan" in page.text
    assert "content-security-policy" in page.headers


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/static/app.css"])
def test_health_and_style_are_there_for_a_client_beyond_its_rate(tanya: FakeTanya, path: str) -> None:
    client = client_of(tanya, rate=0.001, burst=1)
    client.get("/articles")
    assert client.get("/articles").status_code == 429
    assert [client.get(path).status_code for _ in range(5)] == [200] * 5


def test_nobody_gets_a_new_bucket_by_a_header(tanya: FakeTanya) -> None:
    client = client_of(tanya, "192.0.2.1", rate=0.001, burst=2)
    got = [client.get("/articles", headers={"X-Forwarded-For": f"198.51.100.{n}"}).status_code for n in range(4)]
    assert got == [200, 200, 429, 429]


def test_behind_a_known_proxy_each_visitor_has_a_bucket(tanya: FakeTanya) -> None:
    client = client_of(tanya, "192.0.2.1", rate=0.001, burst=1, trusted_proxies=(ip_network("192.0.2.1"),))
    got = [client.get("/articles", headers={"X-Forwarded-For": f"198.51.100.{n}"}).status_code for n in (1, 2, 1, 2)]
    assert got == [200, 200, 429, 429]


def test_the_longest_question_and_history_fit_into_a_body(tanya: FakeTanya) -> None:
    client = client_of(tanya)
    longest = ",".join(['"' + "\\ud83d\\ude00" * 500 + '"'] * 10)
    body = f'{{"question": "kapan", "history": [{longest}]}}'
    assert client.post("/ask", content=body, headers=JSON).status_code == 200
    assert len(tanya.asked[0][1]) == 10


@pytest.mark.parametrize("size", [1025, 10_000_000])
def test_a_body_beyond_the_limit_is_refused_by_its_length(tanya: FakeTanya, size: int) -> None:
    reply = client_of(tanya, max_body=1024).post("/ask", content=b" " * size, headers=JSON)
    check(reply, 413, "body-too-large")
    assert reply.headers["connection"] == "close"


def test_a_body_beyond_the_limit_is_refused_while_it_arrives(tanya: FakeTanya) -> None:
    reply = client_of(tanya, max_body=1024).post("/ask", content=chunks(*[b" " * 512] * 4), headers=JSON)
    check(reply, 413, "body-too-large")
    assert not tanya.asked


def test_a_body_that_lies_about_its_length_is_counted(tanya: FakeTanya) -> None:
    """The middleware believes no header: it is called here as a server that checks nothing would."""
    app = create_app(tanya, settings=Settings(rate=0.0, max_body=1024))  # type: ignore[arg-type]
    sent = asyncio.run(ask(app, [b"x" * 2000], {"content-length": "5"}))
    assert sent[0]["status"] == 413


def test_a_body_in_pieces_is_one_body(tanya: FakeTanya) -> None:
    reply = client_of(tanya).post("/ask", content=chunks(b'{"quest', b'ion": "ka', b'pan"}'), headers=JSON)
    assert reply.json()["status"] == "answered"


async def ask(
    app: ASGIApp, parts: list[bytes], headers: dict[str, str], pause: float = 0.0, gone: bool = False
) -> list[Message]:
    """Post `parts` to /ask with `pause` seconds before each, and return what the application sends."""
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/ask",
        "raw_path": b"/ask",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": ("192.0.2.1", 1),
        "server": ("127.0.0.1", 80),
        "scheme": "http",
        "http_version": "1.1",
        "root_path": "",
    }
    waiting = list(parts)
    sent: list[Message] = []

    async def receive() -> Message:
        await asyncio.sleep(pause)
        if not waiting and gone:
            return {"type": "http.disconnect"}
        if not waiting:
            await asyncio.sleep(60)
        return {"type": "http.request", "body": waiting.pop(0), "more_body": bool(waiting) or gone}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    return sent


def test_a_body_that_drips_is_refused(tanya: FakeTanya) -> None:
    app = create_app(tanya, settings=Settings(rate=0.0, read_timeout=0.1))  # type: ignore[arg-type]
    sent = asyncio.run(ask(app, [b" "] * 50, {"transfer-encoding": "chunked"}, pause=0.03))
    assert sent[0]["status"] == 408
    assert (b"connection", b"close") in sent[0]["headers"]


def test_a_client_that_goes_away_gets_nothing_and_costs_nothing(tanya: FakeTanya) -> None:
    app = create_app(tanya, settings=Settings(rate=0.0))  # type: ignore[arg-type]
    assert asyncio.run(ask(app, [b'{"question":'], {"transfer-encoding": "chunked"}, gone=True)) == []
    assert not tanya.asked


class Slow:
    """Holds every question until it is let go."""

    def __init__(self, tanya: Tanya | FakeTanya, monkeypatch: pytest.MonkeyPatch) -> None:
        self.go, self.entered, self.asked = threading.Event(), threading.Semaphore(0), tanya.ask
        monkeypatch.setattr(tanya, "ask", self)

    def __call__(self, question: str, history: Sequence[str] = (), **options: Any) -> Answer:
        self.entered.release()
        assert self.go.wait(10)
        return self.asked(question, history, **options)


@pytest.fixture
def slow(tanya: FakeTanya, monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    held = Slow(tanya, monkeypatch)
    yield held
    held.go.set()


def both(app: ASGIApp, *work: Callable[[httpx2.AsyncClient], Awaitable[Any]]) -> list[Any]:
    """Run the coroutines that `work` makes of one client in one event loop."""

    async def run() -> list[Any]:
        transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
        async with httpx2.AsyncClient(transport=transport, base_url="http://test") as client:
            return await asyncio.gather(*(each(client) for each in work))

    return asyncio.run(run())


def test_a_full_house_says_when_to_come_back(tanya: FakeTanya, slow: Slow) -> None:
    app = create_app(tanya, settings=Settings(rate=0.0, cache=0, max_questions=2))  # type: ignore[arg-type]

    async def visitor(client: httpx2.AsyncClient) -> httpx2.Response:
        return await client.get("/ask?q=kapan")

    async def late(client: httpx2.AsyncClient) -> tuple[list[httpx2.Response], httpx2.Response]:
        for _ in range(2):
            await asyncio.to_thread(slow.entered.acquire, timeout=5)
        refused = [await client.get("/ask?q=kapan"), await client.get("/", headers={"Accept": "text/html"})]
        health = await client.get("/readyz")
        slow.go.set()
        return refused, health

    *served, (refused, health) = both(app, visitor, visitor, late)
    assert [reply.status_code for reply in served] == [200, 200]
    assert [reply.status_code for reply in refused] == [503, 503]
    assert [reply.headers["retry-after"] for reply in refused] == ["1", "1"]
    assert "Sedang penuh" in refused[1].text
    assert refused[0].json()["code"] == "busy"
    assert health.status_code == 200


def test_an_answer_beyond_its_time_is_not_waited_for_but_keeps_its_place(tanya: FakeTanya, slow: Slow) -> None:
    settings = Settings(rate=0.0, cache=0, max_questions=1, request_timeout=0.1)
    app = create_app(tanya, settings=settings)  # type: ignore[arg-type]

    async def visitor(client: httpx2.AsyncClient) -> tuple[httpx2.Response, ...]:
        first = await client.get("/ask?q=kapan")
        second = await client.get("/articles")
        slow.go.set()
        for _ in range(100):
            third = await client.get("/articles")
            if third.status_code == 200:
                break
            await asyncio.sleep(0.01)
        return first, second, third

    ((first, second, third),) = both(app, visitor)
    check(first, 503, "too-slow")
    assert first.headers["retry-after"] == "1"
    check(second, 503, "busy")  # the thread of the first is still at work
    assert third.status_code == 200


def test_nothing_is_sent_behind_the_reply_to_a_request_that_took_too_long(tanya: FakeTanya, slow: Slow) -> None:
    app = create_app(tanya, settings=Settings(rate=0.0, cache=0, request_timeout=0.1))  # type: ignore[arg-type]
    headers = {"content-type": "application/json", "transfer-encoding": "chunked"}

    async def run() -> list[Message]:
        sent = await ask(app, [b'{"question": "kapan"}'], headers)
        slow.go.set()
        await asyncio.gather(*(asyncio.all_tasks() - {asyncio.current_task()}))
        return sent

    start, body = asyncio.run(run())
    assert (start["status"], json.loads(body["body"])["code"]) == (503, "too-slow")
