"""The door for feedback: `POST /umpan-balik`, from the form of the page or as JSON, and the page that says thanks.

The answer that is judged is asked for anew from its question, so nobody can put words into it.
"""

from __future__ import annotations

import sqlite3
import unicodedata
from typing import Annotated, Any, Final
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from pydantic import BaseModel, ConfigDict, FailFast, Field
from starlette.concurrency import run_in_threadpool

from tanya_csto.service.answers import AnswerService, Service, find_article
from tanya_csto.service.conversation import Conversation
from tanya_csto.service.feedback_store import MAX_COMMENT, Feedback, FeedbackStore, Verdict
from tanya_csto.service.middleware.client import client_key
from tanya_csto.service.middleware.rate import Rate
from tanya_csto.service.pages import ConversationDep
from tanya_csto.service.problems import ProblemError
from tanya_csto.service.templates import render

router = APIRouter(include_in_schema=False)

PER_SECOND: Final = 1 / 60  # entries of one client, in the long run
BURST: Final = 10
MAX_BODY: Final = 64 * 1024  # bytes


class FeedbackRequest(BaseModel):
    """A verdict on the answer to `question`, asked behind `history`, of the article that `within` names for it.

    `completes` is the receipt of a verdict given before.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    question: str
    history: Annotated[list[str], FailFast()] = []
    as_typed: bool = False
    within: Annotated[list[str], FailFast()] = []
    verdict: Verdict
    comment: Annotated[str | None, Field(max_length=MAX_COMMENT)] = None
    completes: str = ""

    @property
    def conversation(self) -> Conversation:
        """The conversation that the judged answer ends."""
        number = len(self.history) + 1
        return Conversation.of(self.question, self.history, [number] if self.as_typed else [], self.within)


@router.post("/umpan-balik")
async def give(request: Request, service: Service) -> Response:
    """Keep one verdict; a browser is led on to a page that says thanks."""
    store: FeedbackStore | None = request.app.state.feedback
    if store is None:
        raise ProblemError("feedback-off")
    given = await _read(request)
    rate: Rate = request.app.state.feedback_rate
    if wait := rate.wait(client_key(request.scope, request.app.state.settings.trusted_proxies)):
        raise ProblemError("too-many-requests", wait=wait)
    receipt = await run_in_threadpool(_keep, store, given, service, request.app.version)
    if "text/html" in request.headers.get("accept", ""):
        asking = f"&tanda={receipt}" if given.comment is None else ""
        return RedirectResponse(f"/umpan-balik?{given.conversation.query}&nilai={given.verdict}{asking}", 303)
    return JSONResponse({"stored": True, "receipt": receipt}, 201)


@router.get("/umpan-balik")
def thanks(
    request: Request,
    conversation: ConversationDep,
    nilai: Verdict | None = None,
    tanda: str = "",
) -> HTMLResponse:
    """Say thanks for the verdict `nilai`, and lead back to the answer.

    With its receipt `tanda` it can be changed, and a reason is asked for.
    """
    return render(request, "thanks.html", conversation=conversation, verdict=nilai, receipt=tanda)


async def _read(request: Request) -> FeedbackRequest:
    """Return what a form of this page, or a program, sends.

    Raises:
        ProblemError: it is no feedback, or a page of another site sends it.
    """
    body = await request.body()
    if len(body) > MAX_BODY or request.headers.get("sec-fetch-site") == "cross-site":
        raise ProblemError("feedback-invalid")
    try:
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() == "application/json":
            return FeedbackRequest.model_validate_json(body)
        return FeedbackRequest.model_validate(_form(body.decode("utf-8")))
    except ValueError as error:  # not UTF-8, no JSON, or not what the model wants
        raise ProblemError("feedback-invalid") from error


def _form(body: str) -> dict[str, Any]:
    fields = parse_qs(body, keep_blank_values=True, max_num_fields=50)
    history = fields.get("riwayat", [])
    return {
        "question": fields.get("q", [""])[0],
        "history": history,
        "as_typed": str(len(history) + 1) in fields.get("persis", []),
        "within": fields.get("artikel", []),
        "verdict": fields.get("verdict", [""])[-1],  # a ticked box stands behind the verdict that it changes
        "comment": fields.get("comment", [None])[0],
        "completes": fields.get("tanda", [""])[0],
    }


def _keep(store: FeedbackStore, given: FeedbackRequest, service: AnswerService, version: str) -> str:
    if (within := given.conversation.asked[-1].within) is not None:
        find_article(service, within)
    answer = service.answer(given.conversation)
    question, comment = (_one_line(text or "") for text in (given.question, given.comment))
    try:
        entry = Feedback(question, answer.text, answer.status, version, given.verdict, comment)
        receipt = store.add(entry, given.completes)
    except sqlite3.Error as error:
        raise ProblemError("feedback-failed") from error
    if receipt is None:
        raise ProblemError("feedback-full")
    return receipt


def _one_line(text: str) -> str:
    """Return `text` on one line, without the characters that steer a terminal or fit in no file."""
    words = " ".join(text.split())
    return "".join(char for char in words if unicodedata.category(char) not in ("Cc", "Cs"))
