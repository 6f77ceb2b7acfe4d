"""Nothing that is refused may cost more than a moment of the processor, however it is made."""

import json
import time
from collections.abc import Callable
from typing import TypeVar

import pytest
from fastapi.testclient import TestClient

from tanya_csto.corpus.articles import Article, Corpus
from tanya_csto.engine import Tanya
from tanya_csto.service.app import create_app
from tanya_csto.service.quotes import around, sections
from tanya_csto.service.settings import Settings
from tanya_csto.text.spans import Span
from tests.service.conftest import FakeTanya

_T = TypeVar("_T")

CPU = 0.15  # seconds
MARKS = "".join(chr(0x300 + n % 64) for n in range(60_000))
REFUSED = {
    "marks": {"question": f"a{MARKS}"},
    "marks-of-two-classes": {"question": "a" + "\u0316\u0301" * 30_000},
    "marks-in-the-history": {"question": "Apa itu CSTO?", "history": [MARKS]},
    "invisible": {"question": "\u200b" * 40_000},
    "many-in-the-history": {"question": "a", "history": ["b"] * 25_000},
    "numbers-in-the-history": {"question": "a", "history": [1] * 40_000},
    "numbers-for-outlets": {"question": "a", "filter": {"outlets": [1] * 40_000}},
    "words": {"question": "a " * 60_000},
    "jamo": {"question": "\u1100\u1161\u11a8" * 13_000},
}


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(create_app(Tanya(), settings=Settings(rate=0.0)), raise_server_exceptions=False)


def cost(call: Callable[[], _T]) -> tuple[_T, float]:
    """Return the reply and its processor time, the least of three: other work on a core makes the same work longer."""
    spent = []
    for _ in range(3):
        start = time.process_time()
        reply = call()
        spent.append(time.process_time() - start)
    return reply, min(spent)


@pytest.mark.parametrize("body", REFUSED.values(), ids=REFUSED)
def test_a_question_is_refused_before_it_is_worked_on(client: TestClient, body: dict[str, object]) -> None:
    content = json.dumps(body, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json"}
    reply, spent = cost(lambda: client.post("/ask", content=content, headers=headers))
    assert 400 <= reply.status_code < 500, reply.text
    assert spent < CPU


@pytest.mark.parametrize("path", ["/", "/ask", "/percakapan.md", "/umpan-balik", "/artikel/suara", "/articles"])
@pytest.mark.parametrize("name", ["riwayat", "persis", "kutip", "x"])
def test_parameters_are_counted_before_they_are_read(client: TestClient, path: str, name: str) -> None:
    query = "q=apa&" + "&".join([f"{name}=1"] * 6_000)
    reply, spent = cost(lambda: client.get(f"{path}?{query}"))
    assert (reply.status_code, reply.json()["code"]) == (400, "parameters-too-many")
    assert spent < CPU


def test_a_form_is_counted_before_it_is_read() -> None:
    app = create_app(FakeTanya(), settings=Settings(rate=0.0))  # type: ignore[arg-type]
    client = TestClient(app, raise_server_exceptions=False)
    body = "q=apa&" + "riwayat=1&" * 6_000 + "verdict=benar"
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    reply, spent = cost(lambda: client.post("/umpan-balik", content=body, headers=headers))
    assert 400 <= reply.status_code < 500
    assert spent < CPU


def test_a_quote_of_a_long_article_is_shown_at_the_cost_of_its_own_lines() -> None:
    text = "".join(f"Kopi gayo ke-{number} ditanam di Aceh.\n" for number in range(30_000))
    article = Article("a", "Kabar", text)
    start = text.index("Kopi gayo ke-15000")
    quote = Span(start, text.index("\n", start))
    shown, spent = cost(lambda: [around(article, quote) for _ in range(8)])
    before, after = shown[0]
    assert before.of(text).startswith("Kopi gayo ke-14994")
    assert after.of(text).endswith("ke-15006 ditanam di Aceh.")
    assert spent < CPU


def test_the_page_of_a_long_article_is_worked_out_once() -> None:
    text = "".join(f"Kopi gayo ke-{number} ditanam di Aceh.\n" for number in range(30_000))
    tanya = FakeTanya()
    tanya.corpus = Corpus((Article("a", "Kabar", text),))
    client = TestClient(create_app(tanya, settings=Settings(rate=0.0)))  # type: ignore[arg-type]
    reply, spent = cost(lambda: client.get("/artikel/a"))
    assert reply.text.count("Kopi gayo") == 30_000
    assert spent < CPU


def test_an_article_that_repeats_its_title_is_cut_at_the_cost_of_its_lines() -> None:
    text = "".join(f"Kopi gayo ke-{number}.\n" for number in range(10_000)) + "Kopi Gayo\n" * 10_000
    cut, spent = cost(lambda: sections(Article("a", "Kabar", text, title="Kopi Gayo"), ()))
    assert sum(paragraph.kind == "title" for section in cut for paragraph in section.paragraphs) == 1
    assert spent < 1  # some 0.2; with a look back at every title 5
