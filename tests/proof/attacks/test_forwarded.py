"""A lie in X-Forwarded-For: it opens nothing, and gives nobody another's name."""

import time
from ipaddress import ip_network
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tanya_csto.service.app import create_app
from tanya_csto.service.middleware.client import client_address
from tanya_csto.service.settings import Settings
from tests.service.conftest import FakeTanya

LIES = (
    "127.0.0.1, 1.2.3.4:",
    "127.0.0.1, 1.2.3.4:x",
    "127.0.0.1, rubbish",
    "127.0.0.1, unknown",
    "127.0.0.1, [::1",
    "127.0.0.1, 1.2.3.4.5",
    "127.0.0.1, \xff",
    "127.0.0.1, 1.2.3.4:5",
    "127.0.0.1, [2001:db8::1]:443",
    "127.0.0.1, 1.2.3.4",
)


def client_of(
    tanya: FakeTanya, address: str, proxies: tuple[str, ...] = ("127.0.0.1", "10.0.0.0/8"), **settings: Any
) -> TestClient:
    chosen = Settings(**{"rate": 0.0, "trusted_proxies": tuple(map(ip_network, proxies)), **settings})
    return TestClient(create_app(tanya, settings=chosen), client=(address, 1))  # type: ignore[arg-type]


@pytest.mark.parametrize("lie", LIES)
@pytest.mark.parametrize("proxy", ["127.0.0.1", "10.0.0.1"])
def test_no_lie_opens_the_metrics(tanya: FakeTanya, lie: str, proxy: str) -> None:
    headers = [(b"X-Forwarded-For", lie.encode("latin-1"))]
    assert client_of(tanya, proxy).get("/metrics", headers=headers).status_code == 404


def test_a_proxy_that_is_not_named_opens_nothing_though_another_is(tanya: FakeTanya) -> None:
    client = client_of(tanya, "127.0.0.1", proxies=("10.0.0.1",))
    assert client.get("/metrics", headers={"X-Forwarded-For": "1.2.3.4"}).status_code == 404
    assert client.get("/metrics").status_code == 200


def test_a_port_is_no_part_of_who_somebody_is(tanya: FakeTanya) -> None:
    client = client_of(tanya, "10.0.0.1", rate=0.001, burst=1)
    hops = ("1.2.3.4", "1.2.3.4:5", "1.2.3.4:6", "[2001:db8::1]", "[2001:db8::1]:7", "2001:db8::1")
    got = [client.get("/articles", headers={"X-Forwarded-For": hop}).status_code for hop in hops]
    assert got == [200, 429, 429, 200, 429, 429]


@pytest.mark.parametrize("value", ["for=1.2.3.4", "for=127.0.0.1", ""])
def test_a_proxy_of_ours_that_names_its_client_in_another_way_opens_nothing(tanya: FakeTanya, value: str) -> None:
    client = client_of(tanya, "127.0.0.1")
    assert client.get("/metrics", headers={"Forwarded": value}).status_code == 404
    assert client.get("/metrics", headers={"Forwarded": value, "X-Forwarded-For": "127.0.0.1"}).status_code == 200
    assert client.get("/metrics").status_code == 200


def test_whoever_names_a_proxy_of_ours_ten_thousand_times_costs_nothing() -> None:
    proxies = tuple(map(ip_network, ("10.0.0.1", "::1")))
    scope = {
        "client": ("10.0.0.1", 1),
        "headers": [(b"x-forwarded-for", b"::1," * 20_000 + b"192.0.2.1" + b",::1" * 9)],
    }
    start = time.thread_time()
    assert str(client_address(scope, proxies)) == "192.0.2.1"
    scope["headers"] = [(b"x-forwarded-for", b"::1," * 20_000)]
    assert client_address(scope, proxies) in proxies[1]
    assert time.thread_time() - start < 0.05
