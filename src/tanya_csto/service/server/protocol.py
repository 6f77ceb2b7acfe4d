"""The protocol: HTTP/1.1 as uvicorn speaks it, with bounds on slow clients and on how many there may be."""

from __future__ import annotations

import asyncio
from typing import Any

import h11
from starlette.requests import Request
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from tanya_csto.service.middleware.security import HEADERS
from tanya_csto.service.problems import MEDIA_TYPE, problem, reply


class Protocol(H11Protocol):
    """Closes a connection whose next request head is not there in time, and turns away those beyond the most."""

    read_timeout: float
    most: int

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - handed on as they are
        super().__init__(*arguments, **options)
        self._head_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start to wait for the first request."""
        super().connection_made(transport)
        if len(self.connections) > 2 * self.most:
            transport.abort()
        elif len(self.connections) > self.most:
            self.app = _turn_away
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        if self._head_timer is not None:
            self._head_timer.cancel()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        """Start to wait for the next request."""
        answered = self.cycle
        super().on_response_complete()
        if self.cycle is answered and not self.transport.is_closing():
            self._await_head()

    def timeout_keep_alive_handler(self) -> None:
        """Close the idle connection, also where the client does not read what it asked for."""
        super().timeout_keep_alive_handler()
        self.loop.call_later(self.read_timeout, self.transport.abort)

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - ours is in Indonesian
        """Tell what is wrong with a request that is no HTTP."""
        body = problem("request-malformed").model_dump_json().encode()
        headers = {
            **HEADERS,
            "Cache-Control": "no-store",
            "Content-Type": MEDIA_TYPE,
            "Content-Length": str(len(body)),
            "Connection": "close",
        }
        lines = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            for event in (
                h11.Response(status_code=400, headers=lines, reason=b"Bad Request"),
                h11.Data(data=body),
                h11.EndOfMessage(),
            ):
                self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    def _await_head(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
        self._head_timer = self.loop.call_later(self.read_timeout, self._give_up, self.cycle)

    def _give_up(self, cycle: object) -> None:
        if self.cycle is cycle and not self.transport.is_closing():
            self.transport.abort()


def protocol(read_timeout: float, most: int) -> type[Protocol]:
    """Return the protocol with these bounds: seconds for a request's head, and open connections."""
    return type("BoundedProtocol", (Protocol,), {"read_timeout": read_timeout, "most": most})


async def _turn_away(scope: Scope, receive: Receive, send: Send) -> None:
    response = reply(Request(scope), "busy", {**HEADERS, "Retry-After": "1", "Connection": "close"})
    await response(scope, receive, send)
