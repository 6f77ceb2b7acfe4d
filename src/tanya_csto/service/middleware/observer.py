"""The observer: numbers every request, counts it, logs it, and sees to it that every reply is a proper one."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from time import perf_counter
from typing import Any, Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tanya_csto.service.context import RequestContext, context_of
from tanya_csto.service.middleware.metrics import Metrics
from tanya_csto.service.problems import ProblemError, reply

_log: Final = logging.getLogger(__name__)
_QUIET: Final = frozenset({"/healthz", "/readyz", "/metrics"})  # asked by machines all day
_METHODS: Final = frozenset("GET HEAD POST PUT PATCH DELETE OPTIONS".split())


class Observer:
    """ASGI middleware around everything else: what the user sees as number of the request is what the log says.

    Every reply gets `headers`; a failure is a problem without internals; HEAD is answered as GET without its body.
    """

    def __init__(self, app: ASGIApp, *, metrics: Metrics, headers: Mapping[str, str], log_questions: bool) -> None:
        self._app, self._metrics, self._log_questions = app, metrics, log_questions
        self._headers = [(name.lower().encode(), value.encode()) for name, value in headers.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and watch."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        context, method = context_of(scope), scope["method"]
        status = 0
        start = perf_counter()

        async def watch(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                number = (b"x-request-id", context.request_id.encode())
                message = {**message, "headers": [*message["headers"], *self._headers, number]}
            elif method == "HEAD":
                message = {**message, "body": b""}
            await send(message)

        if method == "HEAD":
            scope["method"] = "GET"
        try:
            await self._app(scope, receive, watch)
        except asyncio.CancelledError:  # the server stops, and this request has had its time
            if status:
                raise
            await reply(scope, ProblemError("stopping", close=True))(scope, receive, watch)
        except ProblemError as error:
            await reply(scope, error)(scope, receive, watch)
        except Exception:
            _log.exception("failure", extra={"facts": {"request_id": context.request_id}})
            if status:
                raise  # half a reply is out: the server closes the connection
            await reply(scope, ProblemError("internal"))(scope, receive, watch)
        finally:
            context.seconds["total"] = perf_counter() - start
            route = getattr(scope.get("route"), "path", None) or "-"  # never the path: that is the visitor's own text
            self._metrics.count(route, status, context)
            level = logging.DEBUG if route in _QUIET and status == 200 else logging.INFO
            if _log.isEnabledFor(level):
                _log.log(level, "request", extra={"facts": self._line(method, route, status, context)})

    def _line(self, method: str, route: str, status: int, context: RequestContext) -> dict[str, Any]:
        line = {
            "request_id": context.request_id,
            "method": method if method in _METHODS else "-",
            "route": route,
            "status": status,  # 0: the client went away before its reply
            "answer": context.answer_status,
            "cached": context.cached if context.answer_status else None,
            "problem": context.problem,
            "ms": round(context.seconds["total"] * 1000, 1),
            "question": context.question if self._log_questions else None,
        }
        return {name: value for name, value in line.items() if value is not None}
