"""Problems: every error as RFC 9457 JSON, or as a page for a browser, in Indonesian and without the input."""

from __future__ import annotations

import logging
import math
from collections.abc import Mapping
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import Match, Mount
from starlette.types import Scope

from tanya_csto.corpus.records import MAX_QUESTION
from tanya_csto.errors import QuestionError, RankingError
from tanya_csto.messages import PROBLEMS, say
from tanya_csto.question.validation import MAX_HISTORY
from tanya_csto.service.context import context_of
from tanya_csto.service.schema import Problem
from tanya_csto.service.templates import render

MEDIA_TYPE: Final = "application/problem+json"

_AWAY: Final = 5  # seconds after which a cluster that went away may be back
_VALUES: Final[dict[str, dict[str, object]]] = {  # in what the core says; the outlets are an example
    "question-too-long": {"limit": MAX_QUESTION},
    "history-too-long": {"limit": MAX_HISTORY},
    "filter-unknown-outlet": {"known": say("api-outlets")},
}
_BY_STATUS: Final = {400: "body-not-json", 404: "not-found", 405: "method-not-allowed"}
_BY_TYPE: Final = {
    "json_invalid": "body-not-json",
    "extra_forbidden": "field-unknown",
    "string_unicode": "question-unreadable",
}
_BY_FIELD: Final = {
    **dict.fromkeys(("question", "q"), "question-not-text"),
    **dict.fromkeys(("filter", "since", "until", "outlet"), "filter-invalid"),
    "history": "history-not-texts",
}
_API: Final = ("/ask/", "/questions/", "/articles/", "/healthz/", "/readyz/", "/metrics/", "/openapi.json/", "/static/")
_EXAMPLE: Final = "3f9c1d0b7a52e684"

_log: Final = logging.getLogger(__name__)


class ProblemError(Exception):
    """Stops a request with the problem that `code` names; the client may come back after `wait` seconds.

    With `close` the connection ends, too: the rest of the request is still under way, and nobody is going to read it.
    `detail` says more exactly what is wrong than the catalogue does.
    """

    def __init__(self, code: str, *, wait: float | None = None, close: bool = False, detail: str | None = None) -> None:
        self.code, self.detail = code, detail
        self.headers = {} if wait is None else {"Retry-After": str(max(1, math.ceil(wait)))}
        if close:
            self.headers["Connection"] = "close"
        super().__init__(code)


def problem(code: str, request_id: str = _EXAMPLE, detail: str | None = None) -> Problem:
    """Return the problem that `code` names."""
    known = PROBLEMS[code]
    return Problem(
        type=f"urn:tanya:{code}",
        title=known["title"],
        status=known["status"],
        detail=detail or known.get("detail") or say(code, **_VALUES.get(code, {})),
        code=code,
        instance=f"urn:tanya:permintaan:{request_id}",
    )


def reply(scope: Scope, error: ProblemError) -> Response:
    """Return the problem as the client reads it: a page for a browser, else JSON."""
    request, context = Request(scope), context_of(scope)
    context.problem = error.code
    found = problem(error.code, context.request_id, error.detail)
    response: Response
    if _is_page(request):
        part = request.query_params.get("bagian") == "jawaban"
        response = render(request, "_problem.html" if part else "error.html", found.status, problem=found)
    else:
        response = JSONResponse(found.model_dump(), found.status, media_type=MEDIA_TYPE)
    response.headers.update({"Cache-Control": "no-store", **error.headers})
    return response


def install(app: Starlette) -> None:
    """Make every error that a route of `app` raises a problem; those of no kind are left to the observer."""

    async def on_error(request: Request, error: Exception) -> Response:
        return reply(request.scope, _problem_of(request, error))

    for kind in (ProblemError, QuestionError, RankingError, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, on_error)


def _problem_of(request: Request, error: Exception) -> ProblemError:
    match error:
        case ProblemError():
            return error
        case QuestionError():
            return ProblemError(error.code, detail=str(error))
        case RankingError():
            _log.error("ranking failed", extra={"facts": {"reason": str(error)}})
            return ProblemError("search-away", wait=_AWAY)
        case RequestValidationError():
            return ProblemError(_validation_code(error.errors()[0]))
        case HTTPException():
            found = ProblemError(_BY_STATUS.get(error.status_code, "request-invalid"))
            found.headers |= {"Allow": _allowed(request)} if error.status_code == 405 else error.headers or {}
            return found
    raise error


def _allowed(request: Request) -> str:
    """Return the methods of the address: one may be served by several routes, and each knows its own only."""

    def serves(method: str) -> bool:
        scope = {**request.scope, "method": method, "root_path": ""}  # that of the files, where they refused
        serving = [route for route in request.app.routes if route.matches(scope)[0] is Match.FULL]
        return any(method == "GET" or not isinstance(route, Mount) for route in serving)  # files are only read

    return ", ".join(names for method, names in (("GET", "GET, HEAD"), ("POST", "POST")) if serves(method))


def _is_page(request: Request) -> bool:
    for_eyes = "text/html" in request.headers.get("accept", "") and isinstance(request.app, FastAPI)  # MCP has no pages
    return for_eyes and not f"{request.url.path}/".startswith(_API)


def _validation_code(error: Mapping[str, Any]) -> str:
    kind, fields = error["type"], error["loc"][1:]
    if kind in _BY_TYPE:
        return _BY_TYPE[kind]
    if not fields:
        return "body-missing" if kind == "missing" else "body-not-object"
    code = _BY_FIELD.get(fields[0], "request-invalid")
    return "question-missing" if (kind, code) == ("missing", "question-not-text") else code
