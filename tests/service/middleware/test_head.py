from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.service.live import serving

OWN = "x-request-id"  # of each request its own


@pytest.mark.parametrize(
    "path",
    [
        *("/ask?q=kapan", "/ask?q=", "/articles", "/articles/suara", "/articles/x", "/healthz", "/openapi.json"),
        *("/", "/?q=kapan", "/artikel", "/artikel/suara", "/percakapan.md?q=kapan", "/docs", "/static/app.css", "/x"),
    ],
)
def test_head_is_get_without_the_body(client: TestClient, path: str) -> None:
    get, head = client.get(path), client.head(path)
    assert (head.status_code, head.content) == (get.status_code, b"")
    assert int(head.headers["content-length"]) > 0
    assert {**head.headers, OWN: ""} == {**get.headers, OWN: ""}


def test_the_log_says_head(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "tanya_csto")
    client.head("/articles")
    logged = [record.__dict__["facts"] for record in caplog.records]
    assert [(facts["method"], facts["route"]) for facts in logged] == [("HEAD", "/articles")]


@pytest.mark.slow
def test_a_connection_goes_on_after_a_head(tmp_path: Path) -> None:
    with serving(tmp_path) as service, service.connect() as connection:
        for path in (b"/articles", b"/x"):
            connection.sendall(b"HEAD " + path + b" HTTP/1.1\r\nHost: a\r\n\r\n")
            reply = connection.recv(65536)
            assert reply.endswith(b"\r\n\r\n")
            assert reply.count(b"\r\n\r\n") == 1
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        assert connection.recv(65536).startswith(b"HTTP/1.1 200 ")
