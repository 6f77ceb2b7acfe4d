"""One client that sends all it may: it pays for what it lets compute, and others do not wait for it."""

import asyncio
import json
import threading
import time
from pathlib import Path

import httpx2
import pytest
from fastapi.testclient import TestClient

from tanya_csto.service.app import create_app
from tanya_csto.service.middleware.limits import MAX_OF_CLIENT
from tanya_csto.service.settings import Settings
from tests.service.conftest import FakeTanya
from tests.service.live import ROOT, Service, serving
from tests.service.middleware.test_limits import Slow

CHAT = "/?" + "".join(f"riwayat=kapan+{n}&" for n in range(10)) + "q=kapan"


def test_a_page_costs_a_token_for_each_question_that_it_lets_compute(tanya: FakeTanya) -> None:
    client = TestClient(create_app(tanya, settings=Settings(rate=0.001, burst=13)))  # type: ignore[arg-type]
    got = [client.get(path).status_code for path in (CHAT, "/ask?q=kapan", "/articles", "/articles")]
    assert got == [200, 200, 200, 429]
    assert len(tanya.asked) == 12


def test_what_is_kept_costs_one_token_however_much_it_is(tanya: FakeTanya) -> None:
    client = TestClient(create_app(tanya, settings=Settings(rate=0.001, burst=14)))  # type: ignore[arg-type]
    assert [client.get(CHAT).status_code for _ in range(5)] == [200, 200, 200, 200, 429]


def test_a_client_is_worked_for_four_times_at_once_at_most_and_others_do_not_wait(
    tanya: FakeTanya, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Slow(tanya, monkeypatch)
    app = create_app(tanya, settings=Settings(rate=0.0, cache=0, max_questions=6))  # type: ignore[arg-type]

    def client(address: str) -> httpx2.AsyncClient:
        transport = httpx2.ASGITransport(app, client=(address, 1))
        return httpx2.AsyncClient(transport=transport, base_url="http://test", timeout=30)

    async def run() -> list[int]:
        async with client("192.0.2.1") as greedy, client("192.0.2.2") as other:
            many = [asyncio.create_task(greedy.get(f"/ask?q=kapan+{n}")) for n in range(12)]
            for _ in range(4):
                assert await asyncio.to_thread(slow.entered.acquire, timeout=10)
            one = asyncio.create_task(other.get("/ask?q=beda"))
            assert await asyncio.to_thread(slow.entered.acquire, timeout=10)
            assert not slow.entered.acquire(timeout=0.2)
            slow.go.set()
            return [reply.status_code for reply in await asyncio.gather(one, *many)]

    assert asyncio.run(run()) == [200] * 13


LINES = (ROOT / "tests/questions/dev.jsonl").read_text(encoding="utf-8").splitlines()
QUESTIONS = [json.loads(line)["question"] for line in LINES]


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["light", "full"])
def test_a_victim_waits_less_than_a_second_while_another_sends_all_it_may(tmp_path: Path, mode: str) -> None:
    with serving(tmp_path, mode=mode, rate="20", burst="60", cache="0") as service:
        if json.loads(service.get("/readyz")[1])["mode"] != mode:
            pytest.skip("the networks are not installed")
        alone = at_95(service)
        address, stop = f"http://127.0.0.1:{service.port}", threading.Event()

        def attack(number: int) -> None:
            transport = httpx2.HTTPTransport(local_address="127.0.0.2")
            with httpx2.Client(transport=transport, base_url=address, timeout=60) as client:
                while not stop.is_set():
                    asked = [QUESTIONS[(number + n) % len(QUESTIONS)] for n in range(11)]
                    client.get("/", params=[*(("riwayat", each) for each in asked[1:]), ("q", asked[0])])
                    number += 11

        threads = [threading.Thread(target=attack, args=(17 * number,)) for number in range(16)]
        for thread in threads:
            thread.start()
        try:
            waited = at_95(service)
        finally:
            stop.set()
            for thread in threads:
                thread.join()
    assert waited < max(1, (MAX_OF_CLIENT + 1) * alone)  # a slow machine shares what it has


def at_95(service: Service) -> float:
    """Return the time that 19 of 20 questions take at most."""
    times = []
    for question in QUESTIONS[:20]:
        start = time.monotonic()
        assert service.ask(question)[0] == 200
        times.append(time.monotonic() - start)
    return sorted(times)[int(0.95 * len(times))]
