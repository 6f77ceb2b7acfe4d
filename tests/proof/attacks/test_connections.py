"""One host that holds connections, idle ones or with replies that it does not read: it takes them from itself only."""

import contextlib
import socket
import time
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from tests.service.live import Service, serving

CHAT = urlencode([("riwayat", "Apa itu CSTO?")] * 10 + [("q", "Apa itu CSTO?")])
PAGE = f"GET /?{CHAT} HTTP/1.1\r\nHost: a\r\n\r\n"
HELD = 600


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("connections")
    with serving(folder, read_timeout="1", request_timeout="1", max_questions="6", max_connections="400") as running:
        yield running


@contextlib.contextmanager
def connections(service: Service, host: str, count: int) -> Iterator[list[socket.socket]]:
    with contextlib.ExitStack() as stack:
        held = []
        for _ in range(count):
            with contextlib.suppress(OSError):
                connection = stack.enter_context(socket.socket())
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)  # what it does not read soon waits
                connection.bind((host, 0))
                connection.connect(("127.0.0.1", service.port))
                held.append(connection)
        yield held


def test_idle_connections_of_one_host_shut_nobody_out(service: Service) -> None:
    with connections(service, "127.0.0.2", HELD):
        assert [service.get("/readyz")[0] for _ in range(5)] == [200] * 5


def test_whoever_does_not_read_takes_no_place_and_is_cut_off(service: Service) -> None:
    with connections(service, "127.0.0.2", 3) as held:
        for connection in held:
            connection.settimeout(0.2)
            with contextlib.suppress(OSError):
                connection.sendall(PAGE.encode() * 500)
        start = time.monotonic()
        while time.monotonic() - start < 2:  # beyond the time of a request
            assert service.get("/articles")[0] == 200
        deadline = time.monotonic() + 240
        for connection in held:
            assert is_cut_off(connection, deadline)


def is_cut_off(connection: socket.socket, deadline: float) -> bool:
    """Tell whether the other side ends a connection that nobody reads: sending is refused."""
    while time.monotonic() < deadline:
        try:
            connection.send(b"\r\n")
        except TimeoutError:
            continue
        except OSError:
            return True
        time.sleep(0.1)
    return False
