"""Caching: who may keep a reply, and for how long it is true without asking again."""

from __future__ import annotations

from hashlib import blake2b
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# These change when the corpus or the service does: a copy is asked about before each use, and mostly still true (304).
_PUBLIC: Final = ("/articles", "/artikel", "/static/", "/openapi.json", "/docs")


class Caching:
    """ASGI middleware that gives a reply its Cache-Control, and what anybody may keep an ETag.

    An answer goes with the question in its address: only the browser that asked may keep it, and asks again first.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the reply back; 304 without a body where the client has it already."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        public = scope["method"] == "GET" and scope["path"].startswith(_PUBLIC)
        start: Message = {}
        tagged = False
        body = bytearray()

        async def keep(message: Message) -> None:
            nonlocal start, tagged
            if message["type"] == "http.response.start":
                start = message
                headers = MutableHeaders(scope=message)
                if message["status"] not in (200, 304):
                    headers["Cache-Control"] = "no-store"
                elif not public:
                    headers["Cache-Control"] = "private, no-cache"
                else:
                    headers["Cache-Control"] = "public, no-cache"
                    if "ETag" not in headers:  # a file has one of its own
                        tagged = True
                        return
                await send(message)
            elif not tagged:
                await send(message)
            else:
                body.extend(message.get("body", b""))
                if not message.get("more_body", False):
                    await self._send_public(Headers(scope=scope), start, bytes(body), send)

        await self._app(scope, receive, keep)

    @staticmethod
    async def _send_public(request: Headers, start: Message, body: bytes, send: Send) -> None:
        headers = MutableHeaders(scope=start)
        etag = f'W/"{blake2b(body, digest_size=12).hexdigest()}"'  # weak: the same text, compressed or not
        headers["ETag"] = etag
        headers.add_vary_header("Accept")
        known = {tag.strip().removeprefix("W/") for tag in request.get("if-none-match", "").split(",")}
        if etag.removeprefix("W/") in known or "*" in known:
            start["status"], body = 304, b""
            for name in ("Content-Length", "Content-Type"):
                del headers[name]
        await send(start)
        await send({"type": "http.response.body", "body": body})
