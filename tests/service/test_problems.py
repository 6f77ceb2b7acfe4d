from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from tanya_csto.errors import RankingError
from tanya_csto.messages import MESSAGES
from tanya_csto.service.problems import MEDIA_TYPE, problem
from tests.service.conftest import FakeTanya, GetPage
from tests.service.html import parse

SECRET = "rahasia7"  # noqa: S105 - in every bad input: no reply may repeat it


def check(reply: Response, status: int, code: str) -> dict[str, Any]:
    assert (reply.status_code, reply.headers["content-type"]) == (status, MEDIA_TYPE)
    assert reply.headers["cache-control"] == "no-store"
    body: dict[str, Any] = reply.json()
    assert list(body) == ["type", "title", "status", "detail", "code", "instance"]
    assert body["instance"] == f"urn:tanya:permintaan:{reply.headers['x-request-id']}"
    assert (body["type"], body["status"], body["code"]) == (f"urn:tanya:{code}", status, code)
    assert body["title"]
    assert body["detail"].endswith(".")
    assert SECRET not in reply.text
    assert "Traceback" not in reply.text
    return body


BODIES = [
    ('{"question": ""}', 422, "question-empty"),
    ('{"question": " \\n\\t\u00a0"}', 422, "question-empty"),
    ('{"question": "' + SECRET + "x" * 500 + '"}', 422, "question-too-long"),
    ('{"question": "rahasia7\\u0000"}', 422, "question-unreadable"),
    ('{"question": "rahasia7\\u001b[31m"}', 422, "question-unreadable"),
    ('{"question": "rahasia7\\ud800"}', 422, "question-unreadable"),
    ('{"question": "a", "history": ["rahasia7\\udfff"]}', 422, "question-unreadable"),
    (
        '{"question": "a", "history": ["b","b","b","b","b","b","b","b","b","b","b"]}',
        422,
        "history-too-long",
    ),
    ('{"question": 7}', 422, "question-not-text"),
    ('{"question": NaN}', 422, "question-not-text"),
    ('{"question": null}', 422, "question-not-text"),
    ('{"question": ["rahasia7"]}', 422, "question-not-text"),
    ('{"question": {"a": "rahasia7"}}', 422, "question-not-text"),
    ('{"question": true}', 422, "question-not-text"),
    ("{}", 422, "question-missing"),
    ('{"pertanyaan": "rahasia7"}', 422, "question-missing"),
    ('{"question": "a", "rahasia7": 1}', 422, "field-unknown"),
    ('{"question": "a", "\\ud800": 1}', 422, "question-unreadable"),
    ('{"question": "a", "history": "rahasia7"}', 422, "history-not-texts"),
    ('{"question": "a", "history": null}', 422, "history-not-texts"),
    ('{"question": "a", "history": [7]}', 422, "history-not-texts"),
    ('{"question": "a", "history": {"rahasia7": 1}}', 422, "history-not-texts"),
    ("", 422, "body-missing"),
    ("null", 422, "body-not-object"),
    ("7", 422, "body-not-object"),
    ('"rahasia7"', 422, "body-not-object"),
    ('["rahasia7"]', 422, "body-not-object"),
    ('{"question": "rahasia7"', 400, "body-not-json"),
    ("rahasia7", 400, "body-not-json"),
    ("[" * 100_000, 400, "body-not-json"),
    ('{"question": ' + "9" * 5_000 + "}", 400, "body-not-json"),
    (b'{"question": "rahasia7\xff\xfe"}', 400, "body-not-json"),
    *(
        ('{"question": "rahasia7"}'.encode(encoding), 400, "body-not-json")
        for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be")
    ),
]


@pytest.mark.parametrize(("body", "status", "code"), BODIES)
@pytest.mark.parametrize("service", ["client", "real"])
def test_a_bad_body_says_what_to_do(
    request: pytest.FixtureRequest, service: str, body: str | bytes, status: int, code: str
) -> None:
    client = request.getfixturevalue(service)
    reply = client.post("/ask", content=body, headers={"Content-Type": "application/json"})
    check(reply, status, code)


def test_utf_8_is_read_also_with_a_mark_in_front(client: TestClient) -> None:
    body = '{"question": "kapan é 😀"}'.encode("utf-8-sig")
    assert client.post("/ask", content=body, headers={"Content-Type": "application/json"}).status_code == 200


@pytest.mark.parametrize("path", ["/articles/", "/ask/", "/docs/", "/artikel/suara/"])
def test_a_slash_too_many_leads_nowhere_and_never_to_a_host_that_the_request_names(
    client: TestClient, path: str
) -> None:
    reply = client.get(path, headers={"Host": "rahasia7.example"}, follow_redirects=False)
    check(reply, 404, "not-found")
    assert "location" not in reply.headers


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_body_of_another_kind_is_told_the_right_one(client: TestClient, kind: str) -> None:
    reply = client.post("/ask", content='{"question": "rahasia7"}', headers={"Content-Type": kind})
    assert "application/json" in check(reply, 415, "media-type-unsupported")["detail"]


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/ask", 422, "question-missing"),
        ("/ask?question=rahasia7", 422, "question-missing"),
        ("/ask?q=", 422, "question-empty"),
        ("/ask?q=%20", 422, "question-empty"),
        ("/ask?q=rahasia7%00", 422, "question-unreadable"),
        ("/ask?q=rahasia7" + "x" * 500, 422, "question-too-long"),
        ("/questions?q=rahasia7%00", 422, "question-unreadable"),
        ("/questions?q=rahasia7" + "x" * 500, 422, "question-too-long"),
        ("/articles/rahasia7", 404, "article-unknown"),
        ("/articles/%3Cscript%3Erahasia7", 404, "article-unknown"),
        ("/articles/..%2F..%2Frahasia7", 404, "not-found"),
        ("/artikel/rahasia7", 404, "article-unknown"),
        ("/rahasia7", 404, "not-found"),
        ("/static/rahasia7.css", 404, "not-found"),
        ("/static/%00rahasia7", 404, "not-found"),
        ("/redoc", 404, "not-found"),
        ("/?q=", 422, "question-empty"),
    ],
)
def test_a_bad_address_says_what_to_do(client: TestClient, path: str, status: int, code: str) -> None:
    check(client.get(path), status, code)


def test_a_wrong_method_names_the_right_ones(client: TestClient) -> None:
    reply = client.delete("/articles")
    check(reply, 405, "method-not-allowed")
    assert reply.headers["allow"] == "GET, HEAD"
    assert client.delete("/ask").headers["allow"] == "GET, HEAD, POST"
    assert client.delete("/static/app.css").headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    ("path", "status", "title"),
    [
        ("/artikel/rahasia7", 404, "Artikel tidak ditemukan"),
        ("/rahasia7", 404, "Halaman tidak ditemukan"),
        ("/?q=", 422, "Pertanyaan kosong"),
        ("/?q=rahasia7%00", 422, "Pertanyaan tidak terbaca"),
        ("/?q=rahasia7" + "x" * 500, 422, "Pertanyaan terlalu panjang"),
        ("/?q=a" + "&riwayat=rahasia7" * 11, 422, "Riwayat terlalu panjang"),
    ],
)
def test_a_browser_gets_a_page_and_the_form_to_go_on(page: GetPage, path: str, status: int, title: str) -> None:
    reply = page(path)
    assert (reply.status_code, reply.headers["content-type"]) == (status, "text/html; charset=utf-8")
    root = parse(reply.text)
    assert root.one("html").attributes["lang"] == "id"
    assert root.one("h1").text == title
    assert root.one("form").attributes["action"] == "/#jawaban"
    assert SECRET not in reply.text


def test_a_browser_gets_json_from_the_api(page: GetPage) -> None:
    check(page("/ask"), 422, "question-missing")
    check(page("/articles/rahasia7"), 404, "article-unknown")
    check(page("/questions?q=rahasia7%00"), 422, "question-unreadable")


def test_the_script_gets_a_problem_as_a_part_of_the_page(page: GetPage) -> None:
    reply = page("/?bagian=jawaban&q=")
    assert reply.status_code == 422
    root = parse(reply.text)
    assert not root.all("html")
    assert root.one("section").text.strip().startswith("Pertanyaan masih kosong.")


def test_a_bug_shows_no_trace(
    client: TestClient, tanya: FakeTanya, page: GetPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setattr(tanya, "ask", fail)
    check(client.post("/ask", json={"question": "a"}), 500, "internal")
    reply = page("/?q=a")
    assert reply.status_code == 500
    assert parse(reply.text).one("h1").text == "Terjadi kesalahan"
    assert SECRET not in reply.text


def test_a_cluster_that_is_away_may_be_asked_again_soon(
    client: TestClient,
    tanya: FakeTanya,
    page: GetPage,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RankingError("ranking-away", address=SECRET)

    monkeypatch.setattr(tanya, "ask", fail)
    reply = client.post("/ask", json={"question": "a"})
    check(reply, 503, "search-away")
    assert int(reply.headers["retry-after"]) > 0
    assert parse(page("/?q=a").text).one("h1").text == "Pencarian terganggu"
    assert SECRET in vars(caplog.records[0])["facts"]["reason"]


def test_every_question_error_of_the_core_is_a_problem() -> None:
    codes = [code for code in MESSAGES if code.startswith(("question-", "history-"))]
    assert len(codes) >= 4
    for code in codes:
        assert problem(code).status == 422
        assert "{" not in problem(code).detail
