"""The pages: the chat, the same answer as a link to share, the articles with their quotes marked, and the API."""

from __future__ import annotations

import json
from functools import partial
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import FileResponse, HTMLResponse, PlainTextResponse, Response

from tanya_csto.corpus.articles import Corpus
from tanya_csto.corpus.bank import question_key
from tanya_csto.messages import say
from tanya_csto.service.answers import Service, find_article
from tanya_csto.service.conversation import Conversation
from tanya_csto.service.description import describe, type_of
from tanya_csto.service.export import as_text, conversation_as_markdown
from tanya_csto.service.messages import site_name
from tanya_csto.service.problems import ProblemError
from tanya_csto.service.quotes import read_quotes
from tanya_csto.service.templates import render, web_folder

router = APIRouter(include_in_schema=False)

MAX_EXAMPLES: Final = 6
MAX_SOURCES: Final = 20  # articles in the first view
PAGE: Final = 100  # articles on one page of their list

Texts = Annotated[list[str], Query()]
Numbers = Annotated[list[int], Query()]


async def _conversation(q: str, riwayat: Texts = [], persis: Numbers = []) -> Conversation:  # noqa: B006
    return Conversation.of(q, riwayat, persis)


ConversationDep = Annotated[Conversation, Depends(_conversation)]


@router.get("/")
def chat(
    request: Request,
    service: Service,
    q: str | None = None,
    riwayat: Texts = [],  # noqa: B006
    persis: Numbers = [],  # noqa: B006
    artikel: str | None = None,
    bagian: str | None = None,
    urutan: Annotated[int, Query(ge=1)] | None = None,
) -> Response:
    """Show the first view, or the conversation that ends with `q`, its questions `persis` searched as typed.

    `artikel` has the question asked of that article's outlet alone. `bagian=jawaban` gives the last answer alone, for
    the script, as turn `urutan` of its page; `bagian=teks` as text.
    """
    corpus = service.corpus
    shown: dict[str, Any] = {
        "articles": corpus.articles[:MAX_SOURCES],
        "examples": [(text, is_disputed(corpus, text)) for text in corpus.suggestions[:MAX_EXAMPLES]],
        "feedback": request.app.state.feedback is not None,
    }
    if q is None:
        return render(request, "chat.html", turns=[], **shown)
    if artikel is not None and q.strip():
        q = say("according-to", outlet=find_article(service, artikel).outlet, question=q.strip())
    conversation = Conversation.of(q, riwayat, persis)
    if bagian == "teks":
        return PlainTextResponse(as_text(conversation.last_turn(service)))
    if bagian == "jawaban":
        return render(request, "_turn.html", turn=conversation.last_turn(service, urutan), last=False, **shown)
    return render(request, "chat.html", turns=conversation.turns(service), **shown)


def is_disputed(corpus: Corpus, question: str) -> bool:
    """Tell whether the question bank knows that the articles disagree on a question."""
    number = corpus.bank.asked.get(question_key(question)) if corpus.bank else None
    return number is not None and corpus.bank is not None and corpus.bank.facts[number].kind == "contested"


@router.get("/warna.css")
def color(service: Service) -> Response:
    """Give the colour of the corpus as a style sheet: the pages allow no style of their own."""
    return Response(f":root {{ --color: {service.corpus.color}; }}\n", media_type="text/css")


@router.get("/favicon.ico")
def favicon() -> FileResponse:
    """Give the icon to browsers that show what is no page, such as an answer as text."""
    return FileResponse(web_folder() / "static" / "favicon.svg", media_type="image/svg+xml")


@router.get("/percakapan.md")
def export(
    service: Service,
    conversation: ConversationDep,
) -> Response:
    """Give the conversation as a Markdown file to keep."""
    text = conversation_as_markdown(site_name(service.corpus), conversation.turns(service))
    headers = {"Content-Disposition": 'attachment; filename="percakapan.md"'}
    return Response(text, media_type="text/markdown; charset=utf-8", headers=headers)


@router.get("/artikel")
def articles(request: Request, service: Service, hal: Annotated[int, Query(ge=1)] = 1) -> HTMLResponse:
    """Show page `hal` of the list of articles."""
    known = service.corpus.articles
    pages = -(-len(known) // PAGE)
    if hal > pages:
        raise ProblemError("not-found")
    return render(request, "articles.html", articles=known[(hal - 1) * PAGE : hal * PAGE], page=hal, pages=pages)


@router.get("/artikel/{article_id}")
def article(
    request: Request,
    article_id: str,
    service: Service,
    kutip: Texts = [],  # noqa: B006
    bagian: str | None = None,
) -> HTMLResponse:
    """Show an article with the ranges `kutip=START-END` marked; a notice tells of a range that it lacks.

    `bagian=artikel` gives the article alone, for the panel beside a conversation.
    """
    found = find_article(service, article_id)
    shown: dict[str, Any] = {"article": found, "marks": read_quotes(kutip, found.text)}
    if bagian == "artikel":
        return render(request, "_article.html", level=2, **shown)
    return render(request, "article.html", **shown)


@router.get("/docs")
def docs(request: Request) -> HTMLResponse:
    """Show every operation and every object of the API: no script, nothing from elsewhere."""
    as_json = partial(json.dumps, ensure_ascii=False, indent=2)
    return render(request, "docs.html", document=describe(request.app), type_of=type_of, as_json=as_json)
