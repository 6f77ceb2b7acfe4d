from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import httpx2
import pytest
from fastapi.testclient import TestClient

from tanya_csto.service.app import create_app
from tanya_csto.service.middleware.security import HEADERS
from tanya_csto.service.settings import Settings
from tests.service.conftest import FakeTanya

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


PATHS = (
    *("/", "/?q=kapan", "/?q=", "/artikel/suara", "/artikel/x", "/x"),
    *("/percakapan.md?q=kapan", "/percakapan.md", "/umpan-balik?q=kapan", "/umpan-balik", "/favicon.ico"),
    *("/ask", "/ask?q=kapan", "/articles", "/articles/suara", "/healthz", "/readyz", "/openapi.json"),
    *("/static/app.css", "/static/app.js", "/static/favicon.svg", "/static/x"),
)


@pytest.mark.parametrize("method", ["GET", "POST", "HEAD"])
def test_every_response_has_every_header(client: TestClient, method: str) -> None:
    with client:
        for path in PATHS:
            headers = client.request(method, path).headers
            assert headers["content-security-policy"] == POLICY, path
            assert headers["x-content-type-options"] == "nosniff", path
            assert headers["referrer-policy"] == "no-referrer", path


def test_a_failure_has_every_header_too(client: TestClient, tanya: FakeTanya, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tanya, "ask", None)
    reply = client.get("/ask?q=kapan")
    assert reply.status_code == 500
    assert {name: reply.headers[name] for name in HEADERS} == HEADERS


def test_only_a_site_that_the_settings_name_may_show_the_pages_in_its_own(tanya: FakeTanya) -> None:
    settings = Settings(rate=0, frame_ancestors=("https://a.example", "https://b.example"))
    app = create_app(tanya, settings=settings)  # type: ignore[arg-type]
    policy = TestClient(app).get("/").headers["content-security-policy"]
    assert policy == POLICY.replace("frame-ancestors 'none'", "frame-ancestors https://a.example https://b.example")


@pytest.mark.parametrize("path", ["/", "/?q=kapan", "/?q=beda", "/?q=x", "/artikel/suara?kutip=10-20", "/x"])
def test_no_page_needs_what_the_policy_forbids(page: Callable[..., httpx2.Response], path: str) -> None:
    source = page(path).text
    for forbidden in (
        "<style",
        "style=",
        "javascript:",
        "<script>",
        'src="http',
        'href="http',
        "onclick",
        "onsubmit",
    ):
        assert forbidden not in source


def test_the_table_of_promises_names_tests_that_there_are() -> None:
    tests = Path(__file__).parents[2]
    rows = re.findall(
        r"^\| [^|]+ \| [^|]+ \| (`.+`) \|$", (tests.parent / "SECURITY.md").read_text("utf-8"), re.MULTILINE
    )
    assert len(rows) > 12
    named = {name for row in rows for name in re.findall(r"`([^`]+)`", row)}
    assert not [name for name in named if not (tests / f"{name}.py").is_file()]
