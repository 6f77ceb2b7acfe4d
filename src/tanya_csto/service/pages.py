"""The pages: the chat, the same answer as a link to share, the articles with their quotes marked, and the API."""

from __future__ import annotations

import json
from functools import partial
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import FileResponse, HTMLResponse, PlainTextResponse, Response

from tanya_csto.corpus.articles import Corpus
from tanya_csto.corpus.bank import question_key
from tanya_csto.corpus.files import shipped
from tanya_csto.service.answers import Service, find_article
from tanya_csto.service.conversation import Conversation
from tanya_csto.service.description import describe, type_of
from tanya_csto.service.export import as_text, conversation_as_markdown
from tanya_csto.service.problems import ProblemError
from tanya_csto.service.quotes import read_quotes
from tanya_csto.service.templates import origin_of, render

router = APIRouter(include_in_schema=False)

MAX_EXAMPLES: Final = 6
MAX_SOURCES: Final = 20  # articles in the first view
PAGE: Final = 100  # articles on one page of their list

Texts = Annotated[list[str], Query()]
Numbers = Annotated[list[int], Query()]


async def _conversation_if_any(
    service: Service,
    q: str | None = None,
    riwayat: Texts = [],  # noqa: B006
    persis: Numbers = [],  # noqa: B006
    artikel: Texts = [],  # noqa: B006
) -> Conversation | None:
    if q is None:
        return None
    conversation = Conversation.of(q, riwayat, persis, artikel)
    for asked in conversation.asked:
        if asked.within is not None:
            find_article(service, asked.within)
    return conversation


ConversationIfAny = Annotated[Conversation | None, Depends(_conversation_if_any)]


async def _conversation(conversation: ConversationIfAny) -> Conversation:
    if conversation is None:
        raise ProblemError("question-missing")
    return conversation


ConversationDep = Annotated[Conversation, Depends(_conversation)]


@router.get("/")
def chat(
    request: Request,
    service: Service,
    conversation: ConversationIfAny,
    bagian: str | None = None,
    urutan: Annotated[int, Query(ge=1)] | None = None,
) -> Response:
    """Show the first view, or the conversation that ends with `q`.

    Its questions `persis` are searched as typed; those that `artikel` names are asked of one article alone.
    `bagian=jawaban` gives the last answer alone, for the script, as turn `urutan` of its page; `bagian=teks` as text.
    """
    corpus = service.corpus
    shown: dict[str, Any] = {
        "articles": corpus.articles[:MAX_SOURCES],
        "examples": [(text, is_disputed(corpus, text)) for text in corpus.suggestions[:MAX_EXAMPLES]],
        "feedback": request.app.state.feedback is not None,
        "conversation": conversation,
    }
    if conversation is None:
        return render(request, "chat.html", turns=[], **shown)
    if bagian == "teks":
        return PlainTextResponse(as_text(service.turn(conversation), origin_of(request)))
    if bagian == "jawaban":
        return render(request, "_turn.html", turn=service.turn(conversation, urutan), last=False, **shown)
    return render(request, "chat.html", turns=service.turns(conversation), **shown)


def is_disputed(corpus: Corpus, question: str) -> bool:
    """Tell whether the question bank knows that the articles disagree on a question."""
    number = corpus.bank.asked.get(question_key(question)) if corpus.bank else None
    return number is not None and corpus.bank is not None and corpus.bank.facts[number].kind == "contested"


@router.get("/warna.css")
def color(service: Service) -> Response:
    """Give the colour of the corpus, where it has one, as a style sheet: the pages allow no style of their own."""
    if service.corpus.color is None:
        raise ProblemError("not-found")
    return Response(f":root {{ --color: {service.corpus.color}; }}\n", media_type="text/css")


@router.get("/favicon.ico")
def favicon() -> FileResponse:
    """Give the icon to browsers that show what is no page, such as an answer as text."""
    return FileResponse(shipped("web") / "static" / "favicon.svg", media_type="image/svg+xml")


@router.get("/percakapan.md")
def export(
    request: Request,
    service: Service,
    conversation: ConversationDep,
) -> Response:
    """Give the conversation as a Markdown file to keep."""
    text = conversation_as_markdown(service.turns(conversation), origin_of(request))
    headers = {"Content-Disposition": 'attachment; filename="percakapan.md"'}
    return Response(text, media_type="text/markdown; charset=utf-8", headers=headers)


@router.get("/artikel")
def articles(
    request: Request,
    service: Service,
    conversation: ConversationIfAny,
    hal: Annotated[int, Query(ge=1)] = 1,
) -> HTMLResponse:
    """Show page `hal` of the list of articles."""
    known = service.corpus.articles
    pages = -(-len(known) // PAGE)
    if hal > pages:
        raise ProblemError("not-found")
    shown: dict[str, Any] = {"articles": known[(hal - 1) * PAGE : hal * PAGE], "page": hal, "pages": pages}
    return render(request, "articles.html", conversation=conversation, **shown)


@router.get("/artikel/{article_id}")
def article(
    request: Request,
    article_id: str,
    service: Service,
    conversation: ConversationIfAny,
    kutip: Texts = [],  # noqa: B006
    asal: str = "",
    bagian: str | None = None,
) -> HTMLResponse:
    """Show an article with the ranges `kutip=START-END` marked; a notice tells of a range that it lacks.

    It leads back to the quote `asal` of the conversation that it is read beside, which a question about it goes on.
    `bagian=artikel` gives the article alone, for the panel.
    """
    found = find_article(service, article_id)
    alone = bagian == "artikel"
    text = service.answers.show(article_id, read_quotes(kutip, found.text), 2 if alone else 1)
    shown: dict[str, Any] = {"article": found, "text": text, "conversation": conversation, "answer_id": asal}
    return render(request, "_article.html" if alone else "article.html", **shown)


@router.get("/docs")
def docs(request: Request) -> HTMLResponse:
    """Show every operation and every object of the API: no script, nothing from elsewhere."""
    as_json = partial(json.dumps, ensure_ascii=False, indent=2)
    return render(request, "docs.html", document=describe(request.app), type_of=type_of, as_json=as_json)
