"""Clients that are slow, many or no HTTP at all, over real connections."""

from __future__ import annotations

import contextlib
import json
import socket
import time
from collections.abc import Iterator

import pytest

from tests.service.live import Service, serving, until

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with serving(
        tmp_path_factory.mktemp("protocol"), read_timeout="0.6", keep_alive="1", max_connections="8"
    ) as running:
        yield running


def until_closed(connection: socket.socket) -> tuple[bytes, float]:
    """Return what still comes, and how long it takes until the other side closes."""
    start, got = time.monotonic(), b""
    try:
        while part := connection.recv(65536):
            got += part
    except ConnectionResetError:
        pass
    return got, time.monotonic() - start


def parts(reply: bytes) -> tuple[int, dict[str, str], bytes]:
    head, _, body = reply.partition(b"\r\n\r\n")
    status, *lines = head.decode().split("\r\n")
    return int(status.split()[1]), dict(line.lower().split(": ", 1) for line in lines), body


def test_a_connection_that_says_nothing_is_closed(service: Service) -> None:
    with service.connect() as connection:
        got, seconds = until_closed(connection)
    assert got == b""
    assert 0.4 < seconds < 3


def test_a_head_that_drips_is_closed(service: Service) -> None:
    with service.connect() as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n")
        start = time.monotonic()
        try:
            while time.monotonic() - start < 5:
                connection.sendall(b"X-A: b\r\n")
                time.sleep(0.1)
        except (BrokenPipeError, ConnectionResetError):
            pass
    assert time.monotonic() - start < 3


def test_a_second_head_that_drips_is_closed_too(service: Service) -> None:
    with service.connect() as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
        assert b"200 OK" in connection.recv(65536)
        connection.sendall(b"GET / HT")
        _, seconds = until_closed(connection)
    assert seconds < 3


def test_a_body_that_drips_gets_a_408(service: Service) -> None:
    with service.connect() as connection:
        connection.sendall(
            b"POST /ask HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n"
        )
        got, seconds = until_closed(connection)
    status, headers, body = parts(got)
    assert (status, headers["connection"], json.loads(body)["code"]) == (408, "close", "body-too-slow")
    assert seconds < 3


def test_a_body_without_end_gets_a_413_and_is_not_read_on(service: Service) -> None:
    with service.connect() as connection:
        connection.sendall(
            b"POST /ask HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        sent = 0
        try:
            while sent < 50_000_000:
                connection.sendall(b"10000\r\n" + b" " * 65536 + b"\r\n")
                sent += 65536
        except (BrokenPipeError, ConnectionResetError):
            pass
    assert sent < 20_000_000
    assert service.get("/healthz")[0] == 200


@pytest.mark.parametrize(
    ("size", "status", "code"), [(1000, 422, "question-too-long"), (50_000, 400, "request-malformed")]
)
def test_a_body_comes_in_crumbs_only_where_it_is_short(service: Service, size: int, status: int, code: str) -> None:
    body = json.dumps({"question": "a" * (size - 16)}).encode()
    with service.connect() as connection:
        head = "POST /ask HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nConnection: close\r\n"
        connection.sendall(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode())
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(b"".join(b"1\r\n%c\r\n" % byte for byte in body) + b"0\r\n\r\n")
        got, _ = until_closed(connection)
    assert (parts(got)[0], json.loads(parts(got)[2])["code"]) == (status, code)


@pytest.mark.parametrize(("fields", "status"), [(90, 422), (200, 400)])
@pytest.mark.parametrize(
    "before",
    [
        b"POST /ask HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 2\r\n",
        b"POST /ask HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
        b"2\r\n{}\r\n0\r\n",
    ],
    ids=["head", "trailer"],
)
def test_the_fields_of_a_request_are_counted_before_they_are_read(
    service: Service, before: bytes, fields: int, status: int
) -> None:
    with service.connect() as connection:
        connection.sendall(before + b"a:b\r\n" * fields + b"\r\n" + b"{}" * (b"-Length" in before))
        got, _ = until_closed(connection)
    assert parts(got)[0] == status


@pytest.mark.parametrize("version", ["1.0", "1.1"])
@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("http://a.example/ask?q=apa%20itu", 200),
        ("HTTPS://[::1]:8000/artikel/suara", 200),
        ("http://a.example?q=apa", 200),
        ("http://a.example/tidak-ada", 404),
        ("ftp://a.example/ask?q=apa", 404),
    ],
)
def test_a_target_may_name_the_site(service: Service, target: str, status: int, version: str) -> None:
    with service.connect() as connection:
        connection.sendall(f"GET {target} HTTP/{version}\r\nHost: b.example\r\nConnection: close\r\n\r\n".encode())
        got, _ = until_closed(connection)
    assert parts(got)[0] == status


def test_the_host_field_rules_where_the_target_names_another_site(service: Service) -> None:
    with service.connect() as connection:
        target = "http://a.example/percakapan.md?q=apa+itu+CSTO"
        connection.sendall(f"GET {target} HTTP/1.1\r\nHost: b.example\r\nConnection: close\r\n\r\n".encode())
        got, _ = until_closed(connection)
    assert b"http://b.example/" in got
    assert b"a.example" not in got


def test_a_slow_but_timely_client_is_served(service: Service) -> None:
    with service.connect() as connection:
        for piece in (b"GET /healthz HT", b"TP/1.1\r\nHo", b"st: a\r\n\r\n"):
            connection.sendall(piece)
            time.sleep(0.1)
        assert parts(connection.recv(65536))[0] == 200


@pytest.mark.parametrize(
    "request_", [b"rahasia7\r\n\r\n", b"GET /\x00rahasia7 HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1\r\nX" + b"y" * 90_000]
)
def test_what_is_no_http_gets_a_problem_in_indonesian(service: Service, request_: bytes) -> None:
    with service.connect() as connection:
        connection.sendall(request_)
        got, _ = until_closed(connection)
    status, headers, body = parts(got)
    assert (status, headers["content-type"], headers["connection"]) == (400, "application/problem+json", "close")
    assert (headers["x-content-type-options"], headers["cache-control"]) == ("nosniff", "no-store")
    assert json.loads(body)["code"] == "request-malformed"
    assert b"rahasia7" not in got


def test_a_request_smuggled_into_another_is_no_request(service: Service) -> None:
    """Two lengths: a proxy might see one request where we see two."""
    with service.connect() as connection:
        connection.sendall(
            b"POST /ask HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
            b"0\r\n\r\nGET /articles HTTP/1.1\r\nHost: a\r\n\r\n"
        )
        got, _ = until_closed(connection)
    assert got.count(b"HTTP/1.1") == 1
    assert parts(got)[0] == 400


def test_the_longest_conversation_fits_into_an_address(service: Service) -> None:
    query = "&".join(["riwayat=" + "%F0%9F%98%80" * 500] * 10 + ["q=" + "%F0%9F%98%80" * 500])
    assert service.get(f"/?{query}")[0] == 200


def test_those_beyond_the_most_are_turned_away_and_the_rest_is_served(service: Service) -> None:
    hosts = [f"127.0.0.{n}" for n in range(2, 10)]
    held = [socket.create_connection(("127.0.0.1", service.port), 10, (host, 0)) for host in hosts]
    try:
        for connection in held:
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
            assert parts(connection.recv(65536))[0] == 200
        status, body, headers = service.get("/readyz")
        assert (status, json.loads(body)["code"], headers["retry-after"]) == (503, "busy", "1")
        assert "content-security-policy" in headers
        assert headers["cache-control"] == "no-store"
        status, body, headers = service.get("/", Accept="text/html")
        assert (status, headers["retry-after"]) == (503, "1")
        assert headers["content-type"].startswith("text/html")
        assert b"<h1" in body
    finally:
        for connection in held:
            connection.close()
    until(lambda: service.get("/readyz")[0] == 200)


def test_a_forwarded_address_is_not_believed_by_the_server_below(service: Service) -> None:
    assert service.get("/metrics", **{"X-Forwarded-For": "127.0.0.1"})[0] == 404
    assert service.get("/metrics")[0] == 200
