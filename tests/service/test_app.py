from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tanya_csto.corpus.articles import Corpus
from tanya_csto.service import schema
from tests.conftest import corpus_of
from tests.service.conftest import FakeTanya


@pytest.fixture
def document(client: TestClient) -> Any:
    return client.get("/openapi.json").json()


def walk(node: Any) -> Iterator[Any]:
    yield node
    if isinstance(node, dict | list):
        for child in node.values() if isinstance(node, dict) else node:
            yield from walk(child)


def operations(document: Any) -> list[tuple[str, str, Any]]:
    return [(path, method, each) for path, item in document["paths"].items() for method, each in item.items()]


def test_the_description_names_the_api_and_no_page(document: Any) -> None:
    assert document["openapi"].startswith("3.1")
    assert set(document["paths"]) == {
        "/ask",
        "/questions",
        "/articles",
        "/articles/{article_id}",
        "/healthz",
        "/readyz",
    }


def test_every_reference_of_the_description_leads_somewhere(document: Any) -> None:
    references = [node["$ref"] for node in walk(document) if isinstance(node, dict) and "$ref" in node]
    assert "#/components/schemas/Problem" in references
    for reference in references:
        place = document
        for part in reference.removeprefix("#/").split("/"):
            place = place[part]
        assert place


def test_every_operation_describes_its_errors_as_problems(document: Any) -> None:
    for path, _, operation in operations(document):
        assert operation["summary"]
        assert operation["description"]
        assert operation["tags"][0] in {tag["name"] for tag in document["tags"]}
        assert {"200", "default"} <= set(operation["responses"])
        for status, response in operation["responses"].items():
            assert response["description"]
            if status == "200":
                continue
            (media,) = response["content"]
            assert media == "application/problem+json", path
            for example in response["content"][media]["examples"].values():
                found = schema.Problem.model_validate(example["value"])
                assert status in {str(found.status), "default"}


def test_the_default_english_error_is_gone(document: Any) -> None:
    assert not {"HTTPValidationError", "ValidationError"} & set(document["components"]["schemas"])


def test_every_example_of_a_model_is_valid(document: Any) -> None:
    checked = 0
    for name, described in document["components"]["schemas"].items():
        for example in described.get("examples", []):
            getattr(schema, name).model_validate_json(json.dumps(example))
            checked += 1
    assert checked >= 6


def test_the_examples_are_asked_and_answered_as_the_service_does(real: TestClient, corpus: Corpus) -> None:
    document = real.get("/openapi.json").json()
    examples = {name: each.get("examples", []) for name, each in document["components"]["schemas"].items()}
    for example in examples["AskRequest"]:
        assert real.post("/ask", json=example).json()["status"] in ("answered", "conflicting"), example
    assert examples["AskReply"] == [real.post("/ask", json=examples["AskRequest"][0]).json()]
    assert examples["CitationOut"] == examples["AskReply"][0]["citations"][:1]
    assert set(examples["Filter"][0]["outlets"]) <= {article.outlet for article in corpus.articles}
    parameters = document["paths"]["/articles/{article_id}"]["get"]["parameters"]
    assert real.get(f"/articles/{parameters[0]['example']}").status_code == 200


def test_the_description_follows_the_corpus(client: TestClient, tanya: FakeTanya) -> None:
    other = replace(corpus_of("Bupati Rini meresmikan pasar itu pada 3 Mei 2020."), name="Tanya Pasar")
    tanya.corpus = other
    document = client.get("/openapi.json").json()
    assert document["info"]["title"] == "Tanya Pasar"
    assert document["components"]["schemas"]["Questions"]["examples"] == [
        {"questions": ["Apa yang diberitakan Kabar?"]}
    ]
