from __future__ import annotations

from ipaddress import ip_address, ip_network

import pytest
from starlette.types import Scope

from tanya_csto.service.middleware.client import client_address, client_key, forwarded, site_address, within

PROXIES = (ip_network("10.0.0.0/8"), ip_network("::1"))


def scope(peer: str | None, *forwarded_for: bytes) -> Scope:
    return {"client": (peer, 1) if peer else None, "headers": [(b"x-forwarded-for", each) for each in forwarded_for]}


@pytest.mark.parametrize(
    ("peer", "headers", "expected"),
    [
        ("192.0.2.1", [], "192.0.2.1"),
        ("192.0.2.1", [b"198.51.100.7"], "192.0.2.1"),  # not a proxy of ours: its header is a claim
        ("10.0.0.1", [b"198.51.100.7"], "198.51.100.7"),
        ("10.0.0.1", [b"203.0.113.9, 198.51.100.7"], "198.51.100.7"),  # what stands left is the client's own
        ("10.0.0.1", [b"203.0.113.9, 198.51.100.7, 10.0.0.2"], "198.51.100.7"),
        ("10.0.0.1", [b"203.0.113.9", b"198.51.100.7"], "198.51.100.7"),
        ("10.0.0.1", [b"10.9.9.9"], "10.9.9.9"),
        ("10.0.0.1", [b""], "10.0.0.1"),
        ("10.0.0.1", [b"198.51.100.7:80"], "198.51.100.7"),
        ("10.0.0.1", [b"[2001:db8::1]:80"], "2001:db8::1"),
        ("::1", [b"[2001:db8::1]"], "2001:db8::1"),
        ("::ffff:10.0.0.1", [b"198.51.100.7"], "198.51.100.7"),
    ],
)
def test_only_a_known_proxy_is_believed(peer: str, headers: list[bytes], expected: str) -> None:
    assert client_address(scope(peer, *headers), PROXIES) == ip_address(expected)


@pytest.mark.parametrize("header", [b"<script>", b"198.51.100.7, rubbish\xff", b"198.51.100.7:"])
def test_a_hop_that_is_no_address_leads_to_nobody(header: bytes) -> None:
    assert client_address(scope("10.0.0.1", header), PROXIES) is None


@pytest.mark.parametrize("peer", [None, "testclient", ""])
def test_a_connection_without_an_address_has_none(peer: str | None) -> None:
    assert client_address(scope(peer, b"198.51.100.7"), PROXIES) is None


def test_nobody_without_an_address_is_within_a_network() -> None:
    assert within(ip_address("10.1.2.3"), PROXIES)
    assert not within(ip_address("2001:db8::1"), PROXIES)
    assert not within(None, (ip_network("0.0.0.0/0"), ip_network("::/0")))


def test_a_forwarded_request_is_told_apart() -> None:
    assert forwarded(scope("10.0.0.1", b"x"))
    assert not forwarded(scope("10.0.0.1"))


def test_a_whole_ipv6_network_of_a_household_is_one_client() -> None:
    keys = [client_key(scope(peer), PROXIES) for peer in ("2001:db8::1", "2001:db8::2", "2001:db8:0:1::1", "192.0.2.1")]
    assert keys[0] == keys[1]
    assert len(set(keys)) == 3


@pytest.mark.parametrize(
    ("peer", "headers", "expected"),
    [
        ("192.0.2.1", [(b"host", b"tanya.example:8000")], "http://tanya.example:8000"),
        ("192.0.2.1", [(b"host", b"[2001:db8::1]:8000")], "http://[2001:db8::1]:8000"),
        ("10.0.0.1", [(b"host", b"tanya.example"), (b"x-forwarded-proto", b"https")], "https://tanya.example"),
        ("192.0.2.1", [(b"host", b"tanya.example"), (b"x-forwarded-proto", b"https")], "http://tanya.example"),
        ("192.0.2.1", [(b"host", b"<b>/?x=\xff")], ""),
        ("192.0.2.1", [], ""),
    ],
)
def test_the_site_has_the_address_that_the_client_wrote_and_its_proxy_says(
    peer: str, headers: list[tuple[bytes, bytes]], expected: str
) -> None:
    assert site_address({"scheme": "http", "client": (peer, 1), "headers": headers}, PROXIES) == expected
