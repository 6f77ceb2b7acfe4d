import json
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from tanya_csto.service.schema import AskReply
from tests.service.conftest import FakeTanya

FIELDS = [
    "status",
    "answer",
    "short_answer",
    "confidence",
    "probability",
    "citations",
    "sides",
    "parts",
    "understood_as",
    "suggestions",
]
CITATION = ["n", "article_id", "title", "outlet", "published", "quote", "start", "end", "highlights", "url"]
CITATION += ["prefix", "suffix"]


def ask(client: TestClient, question: str, **more: Any) -> Response:
    return client.post("/ask", json={"question": question, **more})


def test_an_answer_has_every_field_of_the_contract(client: TestClient) -> None:
    reply = ask(client, "Kapan berdiri?")
    assert reply.status_code == 200
    assert reply.headers["content-type"] == "application/json"
    body = reply.json()
    assert list(body) == FIELDS
    assert body | {"citations": []} == {
        "status": "answered",
        "answer": "Menurut Perspektif.co.id: 1992.",
        "short_answer": "1992",
        "confidence": "tinggi",
        "probability": 0.988,
        "citations": [],
        "sides": [],
        "parts": [],
        "understood_as": "Kapan CSTO didirikan?",
        "suggestions": ["Apa itu CSTO?", "Siapa anggotanya?"],
    }
    assert [list(citation) for citation in body["citations"]] == [CITATION, CITATION]
    assert [citation["n"] for citation in body["citations"]] == [1, 2]
    assert body["citations"][0]["published"] is None


@pytest.mark.parametrize("question", ["kapan", "beda", "jahat"])
def test_every_quote_is_the_articles_text_at_its_offsets(client: TestClient, question: str) -> None:
    for citation in ask(client, question).json()["citations"]:
        text = client.get(f"/articles/{citation['article_id']}").json()["text"]
        assert text[citation["start"] : citation["end"]] == citation["quote"]
        assert text[: citation["start"]].endswith(citation["prefix"])
        assert text[citation["end"] :].startswith(citation["suffix"])
        assert len(citation["prefix"]) == min(32, citation["start"])
        assert len(citation["suffix"]) == min(32, len(text) - citation["end"])
        for mark in citation["highlights"]:
            assert citation["start"] <= mark["start"] < mark["end"] <= citation["end"]
    assert citation["highlights"]


def test_highlights_count_in_the_articles_text(client: TestClient) -> None:
    body = ask(client, "kapan").json()
    citation = body["citations"][0]
    text = client.get(f"/articles/{citation['article_id']}").json()["text"]
    assert [text[mark["start"] : mark["end"]] for mark in citation["highlights"]] == [body["short_answer"]]


def test_a_disagreement_lays_out_its_sides(client: TestClient) -> None:
    body = ask(client, "beda").json()
    assert body["status"] == "conflicting"
    assert body["sides"] == [
        {"claim": "1992", "outlets": ["Perspektif.co.id", "Suara.com"], "citations": [1]},
        {"claim": "15 Mei 1992", "outlets": ["WahanaNews"], "citations": [2]},
    ]


def test_a_message_of_several_questions_is_answered_part_by_part(client: TestClient) -> None:
    body = ask(client, "semua").json()
    assert [list(part) for part in body["parts"]] == [["question", "status", "short_answer", "citations"]] * 4
    assert [tuple(part.values()) for part in body["parts"][:2]] == [
        ("Kapan CSTO didirikan?", "answered", "1992", [1, 2]),
        ("Siapa presiden Prancis?", "not_found", None, []),
    ]
    numbers = {citation["n"] for citation in body["citations"]}
    assert all(numbers.issuperset(part["citations"]) for part in body["parts"])


def questions(client: TestClient, **query: str) -> list[str]:
    reply = client.get("/questions", params=query)
    assert (reply.status_code, reply.headers["content-type"]) == (200, "application/json")
    assert list(reply.json()) == ["questions"]
    found: list[str] = reply.json()["questions"]
    return found


def test_what_is_being_typed_is_completed(client: TestClient) -> None:
    completed = questions(client, q="  Kapan\u200b  csto ")
    assert "Kapan CSTO didirikan?" in completed
    assert all(each.startswith("Kapan CSTO") for each in completed)
    assert questions(client, q="Siapa presiden Prancis?") == []


@pytest.mark.parametrize("query", [{}, {"q": ""}, {"q": " \n"}, {"q": "\u200b"}])
def test_before_anything_is_typed_the_first_questions_are_offered(
    client: TestClient, tanya: FakeTanya, query: dict[str, str]
) -> None:
    assert questions(client, **query) == list(tanya.corpus.suggestions[:8])


def test_a_completed_question_is_one_that_the_articles_answer(real: TestClient) -> None:
    for question in questions(real, q="siapa"):
        assert real.get("/ask", params={"q": question}).json()["status"] in ("answered", "conflicting"), question


def test_completing_asks_nothing(client: TestClient, tanya: FakeTanya) -> None:
    questions(client, q="kapan")
    assert tanya.asked == []


def test_a_refusal_claims_nothing_and_suggests(client: TestClient) -> None:
    body = ask(client, "Siapa presiden Prancis?").json()
    assert body["status"] == "not_found"
    assert (body["short_answer"], body["confidence"], body["probability"]) == (None, None, None)
    assert (body["citations"], body["parts"]) == ([], [])
    assert body["suggestions"] == ["Kapan CSTO didirikan?"]


def test_smalltalk_is_one_line(client: TestClient) -> None:
    assert ask(client, "halo").json()["status"] == "smalltalk"


def test_get_gives_the_same_as_post(client: TestClient) -> None:
    assert client.get("/ask", params={"q": "Kapan berdiri?"}).json() == ask(client, "Kapan berdiri?").json()


def test_the_history_reaches_the_engine_in_order(client: TestClient, tanya: FakeTanya) -> None:
    ask(client, "Apa tujuannya?", history=["Apa itu CSTO?", "Kapan berdiri?"])
    assert tanya.asked == [("Apa tujuannya?", ["Apa itu CSTO?", "Kapan berdiri?"])]


@pytest.mark.parametrize("question", ["Apa itu 😀?", "ما هي المنظمة؟", "<script>alert(1)</script>", "x" * 500, "??"])
def test_any_readable_question_is_asked_as_it_is(client: TestClient, tanya: FakeTanya, question: str) -> None:
    assert ask(client, question).status_code == 200
    assert client.get("/ask", params={"q": question}).status_code == 200
    assert tanya.asked == [(question, []), (question, [])]


def test_the_articles_are_listed_without_their_text(client: TestClient, tanya: FakeTanya) -> None:
    listed = client.get("/articles").json()
    assert [article["id"] for article in listed] == list(tanya.corpus)
    assert set(listed[0]) == {"id", "title", "outlet", "published", "url"}


def test_an_article_has_its_text_exactly(client: TestClient, tanya: FakeTanya) -> None:
    for article in tanya.corpus.articles:
        body = client.get(f"/articles/{article.id}").json()
        assert body == {
            "id": article.id,
            "title": article.title,
            "outlet": article.outlet,
            "published": article.published,
            "url": article.url,
            "text": article.text,
        }


def test_up_and_ready(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ok", "mode": "light"}


def test_the_reply_of_the_library_and_of_the_api_are_one(client: TestClient, tanya: FakeTanya) -> None:
    assert ask(client, "beda").json() == json.loads(AskReply.of(tanya.ask("beda")).model_dump_json())


def test_a_filter_narrows_the_search(tanya: FakeTanya, client: TestClient) -> None:
    asked = {"question": "kapan", "filter": {"outlets": ["Suara.com", "WahanaNews"]}}
    assert client.post("/ask", json=asked).status_code == 200
    assert tanya.within == {"suara", "wahananews"}
    client.get("/ask", params={"q": "beda", "outlet": ["cnbc indonesia"]})
    assert tanya.within == {"cnbc-indonesia"}
    client.get("/ask", params={"q": "halo"})
    assert tanya.within is None


@pytest.mark.parametrize(
    ("chosen", "code"),
    [
        ({"since": "besok"}, "filter-bad-date"),
        ({"outlets": ["Tidak Ada"]}, "filter-unknown-outlet"),
        ({"since": "2999-01-01"}, "filter-empty"),
        ({"outlets": "Suara.com"}, "filter-invalid"),
        ({"since": 2022}, "filter-invalid"),
        ("Suara.com", "filter-invalid"),
        ({"media": []}, "field-unknown"),
    ],
)
def test_a_filter_that_cannot_be_used_is_a_problem(client: TestClient, chosen: object, code: str) -> None:
    reply = client.post("/ask", json={"question": "kapan", "filter": chosen})
    assert (reply.status_code, reply.json()["code"]) == (422, code)
    assert "Tidak Ada" not in reply.text
