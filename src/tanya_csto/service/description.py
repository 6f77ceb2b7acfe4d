"""The description of the API: the OpenAPI document, its examples put to the articles at hand and answered by them."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from fastapi import FastAPI

from tanya_csto.messages import say
from tanya_csto.service.answers import AnswerCache, Asked
from tanya_csto.service.problems import problem
from tanya_csto.service.schema import AskReply, Problem
from tanya_csto.service.templates import site_name


def describe(app: FastAPI) -> dict[str, Any]:
    """Return the document as it is true of the corpus that `app` answers from now."""
    document = deepcopy(app.openapi())
    schemas = document["components"]["schemas"]
    schemas["Problem"] = Problem.model_json_schema()  # no route returns it
    schemas["Problem"]["examples"] = [problem("question-empty").model_dump()]
    answers: AnswerCache = app.state.answers
    corpus = answers.tanya.corpus
    document["info"]["title"] = site_name(corpus)
    first = corpus.articles[0]
    question = next(iter(corpus.suggestions), say("api-question", outlet=first.outlet))
    answer, _ = answers.ask(Asked(question))
    reply = AskReply.of(answer).model_dump()
    schemas["AskRequest"]["examples"] = [
        {"question": question},
        {"question": say("api-further"), "history": [question]},
        {"question": question, "filter": {"outlets": [first.outlet]}},
    ]
    schemas["Filter"]["examples"] = [{"since": "2022-01-01", "until": "2022-12-31", "outlets": [first.outlet]}]
    schemas["AskReply"]["examples"] = [reply]
    schemas["CitationOut"]["examples"] = reply["citations"][:1]
    schemas["Questions"]["examples"] = [{"questions": [question]}]
    asked = {each["name"]: each for each in document["paths"]["/ask"]["get"]["parameters"]}
    asked["q"]["example"] = question
    for outlets in (asked["outlet"]["schema"], schemas["Filter"]["properties"]["outlets"]):
        outlets["items"]["enum"] = list(dict.fromkeys(article.outlet for article in corpus.articles))
    document["paths"]["/articles/{article_id}"]["get"]["parameters"][0]["example"] = first.id
    return document


def type_of(schema: dict[str, Any]) -> str:
    """Name the type that a schema of the document describes in one line, such as `[CitationOut]` or `string | null`."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " | ".join(map(type_of, schema["anyOf"]))
    if "enum" in schema:
        return " | ".join(f'"{value}"' for value in schema["enum"])
    if schema.get("type") == "array":
        return f"[{type_of(schema['items'])}]"
    return str(schema.get("type", "any"))
