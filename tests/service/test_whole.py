"""The service around the real engine: what a reader is promised holds from end to end."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

from tanya_csto.corpus.records import MAX_QUESTION
from tanya_csto.question.validation import MAX_HISTORY
from tests.conftest import EXAMPLES
from tests.service.html import parse

QUESTIONS = [
    *EXAMPLES,
    "Apa itu CSTO?",
    "Mengapa Armenia menangguhkan partisipasinya?",
]


def test_the_examples_of_the_page_are_answered(real: TestClient) -> None:
    for question in EXAMPLES:
        assert real.get("/ask", params={"q": question}).json()["status"] in {"answered", "conflicting"}, question


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_quote_is_exact_in_the_reply_on_the_page_and_in_the_article(real: TestClient, question: str) -> None:
    body = real.get("/ask", params={"q": question}).json()
    page = parse(real.get("/", params={"q": question}).text)
    shown = {figure.one("blockquote").attributes["cite"]: figure for figure in page.all("figure")}
    assert set(shown) == {citation["url"] for citation in body["citations"]}
    for citation in body["citations"]:
        text = real.get(f"/articles/{citation['article_id']}").json()["text"]
        assert text[citation["start"] : citation["end"]] == citation["quote"]
        assert shown[citation["url"]].one("blockquote").text == citation["quote"]
        marks = parse(real.get(citation["url"]).text).one("article", id="teks").all("mark")
        assert "".join(mark.text for mark in marks) == citation["quote"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_page_says_the_answer_once_and_whole(real: TestClient, question: str) -> None:
    body = real.get("/ask", params={"q": question}).json()
    card = parse(real.get("/", params={"q": question}).text).one("div", role="group")
    said = " ".join(part.text for kind in ("short", "text") for part in card.all("p", **{"class": kind}))
    if body["status"] == "answered":
        assert said.casefold() == (body["short_answer"] or "").casefold()
        assert card.one("blockquote", cite=body["citations"][0]["url"]).text == body["citations"][0]["quote"]
    elif body["status"] == "conflicting":
        shown = {side.one("h3").text: side for side in card.all("section", **{"class": "side"})}
        assert list(shown) == [side["claim"] for side in body["sides"]]
        assert all(claim in body["answer"] for claim in shown)
    else:
        assert said == body["answer"]


@pytest.mark.parametrize("question", ["Apa itu 😀?", "ما هي المنظمة؟", "<script>alert(1)</script>", "x" * 500, "???"])
def test_an_odd_question_is_refused_calmly(real: TestClient, question: str) -> None:
    assert real.post("/ask", json={"question": question}).status_code == 200
    reply = real.get("/", params={"q": question}, headers={"Accept": "text/html"})
    assert reply.status_code == 200
    assert parse(reply.text).one("h2", id="tanya-1").text == question


def test_the_form_follows_the_limits_of_the_core(real: TestClient) -> None:
    form = parse(real.get("/").text).one("form")
    assert form.one("textarea", name="q").attributes["maxlength"] == str(MAX_QUESTION)


@pytest.mark.slow
def test_a_long_conversation_never_outgrows_the_history(real: TestClient) -> None:
    path = "/?" + urlencode({"q": "Kapan CSTO didirikan?"})
    for _ in range(MAX_HISTORY + 2):
        reply = real.get(path)
        assert reply.status_code == 200
        earlier = [("riwayat", field.attributes["value"]) for field in parse(reply.text).all("input", name="riwayat")]
        path = "/?" + urlencode([*earlier, ("q", "Siapa anggotanya?")])
