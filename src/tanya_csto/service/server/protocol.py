"""The protocol: HTTP/1.1 as uvicorn speaks it, with bounds on slow clients and on how many there may be."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from typing import Any, Final

import h11
from h11._receivebuffer import ReceiveBuffer
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from tanya_csto.service.middleware.client import client_key, peer_address, within
from tanya_csto.service.middleware.security import headers_for
from tanya_csto.service.problems import ProblemError, reply
from tanya_csto.service.settings import Settings

_LONGEST_HEAD: Final = 81_920  # bytes: a page's address holds the question and ten earlier ones, percent-encoded
MAX_FIELDS: Final = 100
_SITE: Final = re.compile(rb"https?://[^/?]*", re.IGNORECASE)
_PIECES: Final = 1024  # of any body; of a long one as many more as halves of a kilobyte


class _Buffer(ReceiveBuffer):
    """Takes so many fields, of a head or behind a body: each costs as much as hundreds of bytes, and may hold two."""

    def maybe_extract_lines(self) -> list[bytearray] | None:
        lines = super().maybe_extract_lines()
        if lines is not None and len(lines) > 1 + MAX_FIELDS:
            raise h11.RemoteProtocolError("too many fields")
        return lines


class _Connection(h11.Connection):
    """Takes a body in at most so many pieces, as it takes fields, and a target that names the host before the path."""

    def __init__(self, pieces: int) -> None:
        super().__init__(h11.SERVER, _LONGEST_HEAD)
        self._receive_buffer = _Buffer()
        self._most = self._left = pieces

    def next_event(self) -> Any:  # noqa: ANN401 - as h11 has it
        event = super().next_event()
        if isinstance(event, h11.Request):
            self._left = self._most
            if site := _SITE.match(event.target):
                target = b"/" + event.target[site.end() :].removeprefix(b"/")
                return replace(event, target=target)
        elif isinstance(event, h11.Data):
            self._left -= 1
            if self._left < 0:
                raise h11.RemoteProtocolError("too many pieces")
        return event


class Protocol(H11Protocol):
    """Turns away those beyond the most connections, and cuts one that is late with its next step.

    A step is a request's head, or everything from there until the client has taken the reply.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - handed on as they are
        super().__init__(*arguments, **options)
        self._settings: Settings = self.config.loaded_app.state.settings
        self.conn = _Connection(_PIECES + self._settings.max_body // 512)
        self._client = b""
        self._late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start to wait for the first request."""
        super().connection_made(transport)
        crowd = self._crowd()
        if crowd > 2:
            transport.abort()
        elif crowd > 1:
            self.app = self._turn_away
        self._expect(self._settings.read_timeout)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        if self._late is not None:
            self._late.cancel()
        super().connection_lost(exc)

    def handle_events(self) -> None:
        """Start to wait for the end of a request whose head has come."""
        before = self.cycle
        super().handle_events()
        if self.cycle is not before and not self.cycle.response_complete:
            self._expect(2 * self._settings.read_timeout + self._settings.request_timeout)

    def on_response_complete(self) -> None:
        """Start to wait for the next request, and for the client to take this reply."""
        answered = self.cycle
        super().on_response_complete()
        if self.cycle is answered:
            self._expect(self._settings.read_timeout)

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - ours is in Indonesian
        """Tell what is wrong with a request that is no HTTP."""
        response = self._reply({"type": "http", "headers": []}, ProblemError("request-malformed", close=True))
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            head = b"".join(b"%b: %b\r\n" % field for field in response.raw_headers)
            self.transport.write(b"HTTP/1.1 400 Bad Request\r\n%b\r\n%b" % (head, bytes(response.body)))
        self.transport.close()

    def _crowd(self) -> float:
        """Return how many times the most there are: connections, or connections of this client alone."""
        scope: Scope = {"client": self.client, "headers": []}
        self._client = client_key(scope, ())
        others = [each for each in self.connections if isinstance(each, Protocol) and not each.transport.is_closing()]
        crowd: float = len(others) / self._settings.max_connections
        if within(peer_address(scope), self._settings.trusted_proxies):
            return crowd  # a proxy of ours: its connections are those of all its visitors
        own: int = sum(each._client == self._client for each in others)
        return max(crowd, own / max(4, self._settings.max_connections // 5))

    def _expect(self, seconds: float) -> None:
        if self._late is not None:
            self._late.cancel()
        self._late = self.loop.call_later(seconds, self.transport.abort)

    async def _turn_away(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._reply(scope, ProblemError("busy", wait=1, close=True))(scope, receive, send)

    def _reply(self, scope: Scope, error: ProblemError) -> Response:
        scope["app"] = self.config.loaded_app  # whose pages tell a browser
        response = reply(scope, error)
        response.headers.update(headers_for(self._settings.frame_ancestors))
        return response
