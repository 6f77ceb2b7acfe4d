"""Caching, compression, CORS and content negotiation: the headers that clients and proxies act on."""

from __future__ import annotations

import gzip

import pytest
from fastapi.testclient import TestClient

from tanya_csto.service.app import create_app
from tanya_csto.service.settings import Settings
from tests.service.conftest import FakeTanya
from tests.service.test_problems import check

PUBLIC = (
    "/articles",
    "/articles/suara",
    "/artikel",
    "/artikel/suara",
    "/static/app.css",
    "/static/app.js",
    "/openapi.json",
    "/docs",
)
ORIGIN = "https://lain.example"


@pytest.mark.parametrize("path", PUBLIC)
def test_what_anybody_may_keep_is_asked_about_with_its_tag(client: TestClient, path: str) -> None:
    first = client.get(path)
    assert (first.status_code, first.headers["cache-control"]) == (200, "public, no-cache")
    tag = first.headers["etag"]
    assert client.get(path).headers["etag"] == tag
    every = () if path.startswith("/static/") else ("*",)  # not every Starlette knows it
    for known in (tag, f'"x", {tag}', tag.removeprefix("W/"), *every):
        again = client.get(path, headers={"If-None-Match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert "content-security-policy" in again.headers
    assert client.get(path, headers={"If-None-Match": 'W/"x"'}).status_code == 200


def test_the_tag_is_of_the_text_however_it_travels(client: TestClient) -> None:
    plain, packed = (client.get("/articles/suara", headers={"Accept-Encoding": kind}) for kind in ("identity", "gzip"))
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert plain.headers["etag"] == packed.headers["etag"]
    assert plain.content == packed.content
    assert int(packed.headers["content-length"]) < len(plain.content) / 1.5
    assert "Accept-Encoding" in packed.headers["vary"]


def test_the_tag_changes_with_the_article(tanya: FakeTanya, client: TestClient) -> None:
    before = client.get("/articles").headers["etag"]
    tanya.corpus = type(tanya.corpus)(tanya.corpus.articles[:-1])
    assert client.get("/articles").headers["etag"] != before


@pytest.mark.parametrize(
    "path",
    ["/ask?q=kapan", "/questions?q=kapan", "/?q=kapan", "/", "/artikel/suara?q=kapan", "/artikel/suara?%71=kapan"],
)
def test_an_answer_is_kept_by_nobody_between(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["cache-control"] == "private, no-cache"
    assert "etag" not in headers


@pytest.mark.parametrize("path", ["/ask?q=", "/x", "/articles/x", "/static/x", "/artikel/x"])
def test_a_problem_is_kept_by_nobody(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["cache-control"] == "no-store"
    assert "etag" not in headers


def test_packed_bytes_are_the_same_every_time(client: TestClient) -> None:
    with client.stream("GET", "/articles/suara", headers={"Accept-Encoding": "gzip"}) as reply:
        first = b"".join(reply.iter_raw())
    with client.stream("GET", "/articles/suara", headers={"Accept-Encoding": "gzip"}) as reply:
        assert b"".join(reply.iter_raw()) == first
    assert gzip.decompress(first) == client.get("/articles/suara").content


PREFLIGHT = {
    "Origin": ORIGIN,
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "content-type",
}


def test_no_other_site_may_read_unless_a_setting_names_it(client: TestClient) -> None:
    for reply in (client.get("/ask?q=kapan", headers={"Origin": ORIGIN}), client.options("/ask", headers=PREFLIGHT)):
        assert not [name for name in reply.headers if name.startswith("access-control")]
    check(reply, 405, "method-not-allowed")


def test_a_named_site_may_read_and_no_other(tanya: FakeTanya) -> None:
    app = create_app(tanya, settings=Settings(rate=0.0, cors_origins=(ORIGIN,)))  # type: ignore[arg-type]
    client = TestClient(app)
    for path in ("/ask?q=kapan", "/ask?q=", "/x"):
        headers = client.get(path, headers={"Origin": ORIGIN}).headers
        assert headers["access-control-allow-origin"] == ORIGIN
        assert "Origin" in headers["vary"]
        assert "access-control-allow-credentials" not in headers
    preflight = client.options("/ask", headers=PREFLIGHT)
    assert (preflight.status_code, preflight.headers["access-control-allow-methods"]) == (200, "GET, POST")
    assert "Content-Type" in preflight.headers["access-control-allow-headers"].split(", ")
    for other in ("https://jahat.example", "null", f"{ORIGIN}.jahat.example", ""):
        assert "access-control-allow-origin" not in client.get("/ask?q=kapan", headers={"Origin": other}).headers


@pytest.mark.parametrize(
    "refused",
    [
        {"Origin": "https://jahat.example"},
        {"Access-Control-Request-Method": "DELETE"},
        {"Access-Control-Request-Headers": "x-rahasia7"},
    ],
)
def test_a_site_that_may_not_ask_is_told_so_as_a_problem(tanya: FakeTanya, refused: dict[str, str]) -> None:
    app = create_app(tanya, settings=Settings(rate=0.0, cors_origins=(ORIGIN,)))  # type: ignore[arg-type]
    client = TestClient(app)
    reply = client.options("/ask", headers=PREFLIGHT | refused)
    check(reply, 403, "site-refused")
    assert "content-security-policy" in reply.headers
    assert not [name for name in reply.headers if name.startswith("access-control")]


@pytest.mark.parametrize(
    "accept", ["text/csv", "application/xml, image/*", "application/json;q=0", "*/*; q=0.00", "rahasia7"]
)
@pytest.mark.parametrize("path", ["/ask?q=kapan", "/questions", "/articles", "/articles/suara"])
def test_the_api_speaks_json_only_and_says_so(client: TestClient, path: str, accept: str) -> None:
    check(client.get(path, headers={"Accept": accept}), 406, "not-acceptable")


@pytest.mark.parametrize("path", ["/?q=kapan", "/artikel/suara", "/docs"])
def test_a_page_is_html_only_and_says_so(client: TestClient, path: str) -> None:
    check(client.get(path, headers={"Accept": "application/json"}), 406, "not-acceptable")


@pytest.mark.parametrize(
    "accept", ["*/*", "application/*", "application/json", "text/html, */*;q=0.1", "APPLICATION/JSON; q=0.5", ""]
)
def test_whoever_takes_json_gets_it(client: TestClient, accept: str) -> None:
    assert client.get("/ask?q=kapan", headers={"Accept": accept}).status_code == 200


@pytest.mark.parametrize("kind", ["application/json", "application/json; charset=utf-8", "Application/Vnd.x+JSON"])
def test_whatever_is_called_json_is_read(client: TestClient, kind: str) -> None:
    assert client.post("/ask", content=b'{"question": "kapan"}', headers={"Content-Type": kind}).status_code == 200


def test_a_body_without_a_kind_is_not_guessed_at(client: TestClient) -> None:
    check(client.post("/ask", content=b'{"question": "rahasia7"}'), 415, "media-type-unsupported")
    check(client.post("/ask"), 422, "body-missing")


@pytest.mark.parametrize(
    "asked", ["x", "bytes=", "bytes=9-1", "bytes=99999999-", "lines=1-2", "bytes=0-3", "bytes=0-1,3-4"]
)
@pytest.mark.parametrize("path", ["/static/app.css", "/favicon.ico"])
def test_a_file_comes_whole_whatever_range_is_asked_for(client: TestClient, path: str, asked: str) -> None:
    reply, whole = client.get(path, headers={"Range": asked}), client.get(path)
    assert (reply.status_code, reply.content) == (200, whole.content)
    assert "accept-ranges" not in reply.headers


@pytest.mark.parametrize("name", ["../app.py", "%2e%2e/app.py", "..%2f..%2fpyproject.toml", "/etc/passwd", "."])
def test_a_static_file_is_looked_up_by_name_only(client: TestClient, name: str) -> None:
    reply = client.get(f"/static/{name}")
    assert (reply.status_code, reply.json()["code"]) == (404, "not-found")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("app.css", "text/css; charset=utf-8"),
        ("app.js", "text/javascript; charset=utf-8"),
        ("favicon.svg", "image/svg+xml"),
    ],
)
def test_a_static_file_has_its_kind(client: TestClient, name: str, kind: str) -> None:
    assert client.get(f"/static/{name}").headers["content-type"] == kind
