"""The description of the API: the OpenAPI document, its examples put to the articles at hand and answered by them."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from fastapi import FastAPI

from tanya_csto.service.answers import AnswerCache
from tanya_csto.service.messages import say, site_name
from tanya_csto.service.problems import problem
from tanya_csto.service.schema import AskReply, Problem


def describe(app: FastAPI) -> dict[str, Any]:
    """Return the document as it is true of the corpus that `app` answers from now; while it starts, no examples."""
    document = deepcopy(app.openapi())
    schemas = document["components"]["schemas"]
    schemas["Problem"] = Problem.model_json_schema()  # no route returns it
    schemas["Problem"]["examples"] = [problem("question-empty").model_dump()]
    answers: AnswerCache | None = app.state.answers
    if answers:
        corpus = answers.tanya.corpus
        document["info"]["title"] = site_name(corpus)
        first = corpus.articles[0]
        question = next(iter(corpus.suggestions), say("api-question", outlet=first.outlet))
        for name, examples in _examples(answers, question, first.outlet).items():
            schemas[name]["examples"] = examples
        _show(document, "/ask", "q", question)
        _show(document, "/articles/{article_id}", "article_id", first.id)
    return document


def _examples(answers: AnswerCache, question: str, outlet: str) -> dict[str, list[Any]]:
    """Return the examples of each object by its name."""
    answer, _ = answers.ask(question)
    reply = AskReply.of(answer).model_dump()
    return {
        "Filter": [{"since": "2022-01-01", "until": "2022-12-31", "outlets": [outlet]}],
        "AskRequest": [
            {"question": question},
            {"question": say("api-further"), "history": [question]},
            {"question": question, "filter": {"outlets": [outlet]}},
        ],
        "AskReply": [reply],
        "CitationOut": reply["citations"][:1],
        "Questions": [{"questions": [question]}],
    }


def _show(document: dict[str, Any], path: str, name: str, example: str) -> None:
    """Put the example of a parameter of GET at `path` into the document."""
    for parameter in document["paths"][path]["get"]["parameters"]:
        if parameter["name"] == name:
            parameter["example"] = example
