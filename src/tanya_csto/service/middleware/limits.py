"""Limits: what a request may cost. Beyond it the request stops with a problem, before any work is done for it."""

from __future__ import annotations

import asyncio
import logging
import math
from time import perf_counter
from typing import Final

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tanya_csto.service.context import context_of
from tanya_csto.service.middleware.client import client_address
from tanya_csto.service.middleware.rate import Rate
from tanya_csto.service.problems import reply
from tanya_csto.service.settings import Settings

_FREE: Final = ("/healthz", "/readyz", "/metrics", "/static/")  # cheap, and needed most when there is no room
MAX_PARAMETERS: Final = 64  # the address of a chat has 24, and reading thousands takes long
_log: Final = logging.getLogger(__name__)


class _LimitError(Exception):
    """The request reached the limit whose problem is `code`; the client may come back after `wait` seconds."""

    def __init__(self, code: str, wait: float | None = None, close: bool = False) -> None:
        self.headers = {"Retry-After": str(max(1, math.ceil(wait)))} if wait is not None else {}
        if close:  # the rest of the request is still under way, and nobody is going to read it
            self.headers["Connection"] = "close"
        self.code = code
        super().__init__(code)


class Limits:
    """ASGI middleware: the rate of a client, the size and time of a body, requests at once and the time of each."""

    def __init__(self, app: ASGIApp, settings: Settings, rate: Rate) -> None:
        self._app, self._settings, self._rate = app, settings, rate
        self._running: set[asyncio.Future[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on where it keeps to the limits."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            if scope["query_string"].count(b"&") >= MAX_PARAMETERS:
                raise _LimitError("parameters-too-many")
            free = scope["path"].startswith(_FREE)
            if not free:
                self._check_rate(scope)
            body = await self._read_body(scope, receive)
            if body is None:
                return  # the client has gone
            whole = _Whole(body, receive)
            if free:
                await self._app(scope, whole, send)
            else:
                await self._run(scope, whole, send)
        except _LimitError as error:
            await reply(Request(scope), error.code, error.headers)(scope, receive, send)

    def _check_rate(self, scope: Scope) -> None:
        wait = self._rate.wait(client_address(scope, self._settings.trusted_proxies))
        if wait:
            raise _LimitError("too-many-requests", wait)

    async def _read_body(self, scope: Scope, receive: Receive) -> bytes | None:
        """Return the whole body, or None where the client goes away before its end."""
        headers = dict(scope["headers"])
        if b"content-length" not in headers and b"transfer-encoding" not in headers:
            return b""
        if b"content-length" in headers and b"transfer-encoding" in headers:
            raise _LimitError("request-malformed", close=True)  # a proxy might see another request in it than we do
        length = headers.get(b"content-length", b"0")
        if length.isdigit() and int(length) > self._settings.max_body:
            raise _LimitError("body-too-large", close=True)
        body, start = bytearray(), perf_counter()
        try:
            async with asyncio.timeout(self._settings.read_timeout):
                while True:
                    message = await receive()
                    if message["type"] != "http.request":
                        return None
                    body += message.get("body", b"")
                    if len(body) > self._settings.max_body:
                        raise _LimitError("body-too-large", close=True)
                    if not message.get("more_body", False):
                        context_of(scope).seconds["body"] = perf_counter() - start
                        return bytes(body)
        except TimeoutError:
            raise _LimitError("body-too-slow", close=True) from None

    async def _run(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the request in a place of its own, which it holds until its work is really done.

        A thread cannot be stopped: a request beyond its time gets its reply at once, and its place when it ends.
        """
        if len(self._running) >= self._settings.max_questions:
            raise _LimitError("busy", wait=1)
        gate = _Gate(send)
        task = asyncio.ensure_future(self._app(scope, receive, gate))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        done, _ = await asyncio.wait({task}, timeout=self._settings.request_timeout)
        if done:
            task.result()
            return
        gate.closed = True
        task.add_done_callback(_log_late)
        if gate.started:
            raise TimeoutError  # half a reply is out: only closing the connection tells the client
        raise _LimitError("too-slow", wait=1)


class _Whole:
    """An ASGI receive that gives a body read before, then what else comes."""

    def __init__(self, body: bytes, receive: Receive) -> None:
        self._body: bytes | None = body
        self._receive = receive

    async def __call__(self) -> Message:
        if self._body is None:
            return await self._receive()
        body, self._body = self._body, None
        return {"type": "http.request", "body": body, "more_body": False}


class _Gate:
    """An ASGI send that can be closed: what comes later goes nowhere."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.started = self.closed = False

    async def __call__(self, message: Message) -> None:
        if not self.closed:
            self.started = True
            await self._send(message)


def _log_late(task: asyncio.Future[None]) -> None:
    if not task.cancelled() and (error := task.exception()):
        _log.error("late failure", exc_info=error)
