"""Limits: what a request may cost. Beyond it the request stops with a problem, before any work is done for it."""

from __future__ import annotations

import asyncio
from time import perf_counter
from typing import Final
from weakref import WeakValueDictionary

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tanya_csto.service.context import context_of
from tanya_csto.service.middleware.client import client_key
from tanya_csto.service.middleware.rate import Rate
from tanya_csto.service.problems import ProblemError, reply
from tanya_csto.service.settings import Settings

MAX_PARAMETERS: Final = 64  # the address of a chat has 24, and reading thousands takes long
MAX_OF_CLIENT: Final = 4  # requests of one client that are worked on at the same time
_FREE: Final = frozenset({"/healthz", "/readyz", "/metrics"})  # cheap, and needed most when there is no room


class Limits:
    """ASGI middleware: the rate of a client, the size and time of a body, requests at once and the time of each."""

    def __init__(self, app: ASGIApp, *, settings: Settings, rate: Rate) -> None:
        self._app, self._settings, self._rate = app, settings, rate
        self._free_places = settings.max_questions
        self._turns: WeakValueDictionary[bytes, asyncio.Semaphore] = WeakValueDictionary()  # of clients with a place

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on where it keeps to the limits."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        client = client_key(scope, self._settings.trusted_proxies)
        free = scope["path"] in _FREE or scope["path"].startswith("/static/")
        try:
            if scope["query_string"].count(b"&") >= MAX_PARAMETERS:
                raise ProblemError("parameters-too-many")
            if not free and (wait := self._rate.wait(client)):
                raise ProblemError("too-many-requests", wait=wait)
            body = await self._read_body(scope, receive)
            if body is None:
                return  # the client has gone
            whole: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

            async def receive_whole() -> Message:
                return whole.pop() if whole else await receive()

            if free:
                await self._app(scope, receive_whole, send)
            else:
                await self._run(scope, receive_whole, send, client)
        except ProblemError as error:
            await reply(scope, error)(scope, receive, send)

    async def _read_body(self, scope: Scope, receive: Receive) -> bytes | None:
        """Return the whole body, or None where the client goes away before its end."""
        headers = dict(scope["headers"])
        if b"content-length" not in headers and b"transfer-encoding" not in headers:
            return b""
        if b"content-length" in headers and b"transfer-encoding" in headers:
            raise ProblemError("request-malformed", close=True)  # a proxy might see another request in it than we do
        length = headers.get(b"content-length", b"0")
        if length.isdigit() and int(length) > self._settings.max_body:
            raise ProblemError("body-too-large", close=True)
        body, start = bytearray(), perf_counter()
        try:
            async with asyncio.timeout(self._settings.read_timeout):
                while (message := await receive())["type"] == "http.request":
                    body += message.get("body", b"")
                    if len(body) > self._settings.max_body:
                        raise ProblemError("body-too-large", close=True)
                    if not message.get("more_body", False):
                        context_of(scope).seconds["body"] = perf_counter() - start
                        return bytes(body)
        except TimeoutError:
            raise ProblemError("body-too-slow", close=True) from None
        return None

    async def _run(self, scope: Scope, receive: Receive, send: Send, client: bytes) -> None:
        """Run the request in a place of its own, which it holds until its reply begins: who reads it slowly holds none.

        A thread cannot be stopped: a request beyond its time gets its reply at once, and its place when it ends. Each
        question that had to be worked out takes a token of the client's rate; the first was taken at the door.
        """
        start = perf_counter()
        turn = await self._take_place(client)
        begun = asyncio.get_running_loop().create_future()
        late = False

        def begin() -> None:
            if not begun.done():
                begun.set_result(None)
                self._rate.charge(client, context_of(scope).computed - 1)
                self._free_places += 1
                turn.release()

        async def send_in_time(message: Message) -> None:
            begin()
            if not late:
                await send(message)

        task = asyncio.ensure_future(self._app(scope, receive, send_in_time))
        task.add_done_callback(lambda _: begin())
        await asyncio.wait({begun}, timeout=self._settings.request_timeout - (perf_counter() - start))
        if begun.done():
            await task
            return
        late = True
        raise ProblemError("too-slow", wait=1)

    async def _take_place(self, client: bytes) -> asyncio.Semaphore:
        """Return the client's own turn, to be released with the place; its further requests wait, in their order.

        Raises:
            ProblemError: all places are taken, or the client's own for longer than a request may take.
        """
        turn = self._turns.setdefault(client, asyncio.Semaphore(MAX_OF_CLIENT))
        try:
            async with asyncio.timeout(self._settings.request_timeout):
                await turn.acquire()
        except TimeoutError:
            raise ProblemError("busy", wait=1) from None
        if not self._free_places:
            turn.release()
            raise ProblemError("busy", wait=1)
        self._free_places -= 1
        return turn
