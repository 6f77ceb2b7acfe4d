"""Caching: who may keep a reply, and for how long it is true without asking again."""

from __future__ import annotations

from hashlib import blake2b
from typing import Final

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# These change when the corpus or the service does: a copy is asked about before each use, and mostly still true (304).
_PUBLIC: Final = ("/articles", "/artikel", "/static/", "/openapi.json", "/docs")


class Caching:
    """ASGI middleware that gives a reply its Cache-Control, and what anybody may keep an ETag.

    An answer, or an article beside it, goes with the question in its address: only the browser that asked may keep it,
    and asks again first.
    Every reply is whole: a Range is ignored, as RFC 9110 (14.2) allows, also one that makes no sense.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the reply back; 304 without a body where the client has it already."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope["headers"] = [(name, value) for name, value in scope["headers"] if name != b"range"]
        asked = "q" in QueryParams(scope["query_string"])
        public = scope["method"] == "GET" and scope["path"].startswith(_PUBLIC) and not asked
        start: Message = {}  # of a reply that waits for its body, to be tagged

        async def keep(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                reply, sound = MutableHeaders(scope=message), message["status"] in (200, 304)
                del reply["Accept-Ranges"]
                reply["Cache-Control"] = f"{'public' if public else 'private'}, no-cache" if sound else "no-store"
                if public and sound and "ETag" not in reply:  # a file has one of its own
                    start = message
                    return
            elif start:
                if _tag(start, message["body"], Headers(scope=scope)):
                    message = {**message, "body": b""}
                await send(start)
                start = {}
            await send(message)

        await self._app(scope, receive, keep)


def _tag(start: Message, body: bytes, request: Headers) -> bool:
    """Give the reply of this body, which comes in one piece, its tag, and tell whether the client has it already."""
    headers = MutableHeaders(scope=start)
    etag = f'W/"{blake2b(body, digest_size=12).hexdigest()}"'  # weak: the same text, compressed or not
    headers["ETag"] = etag
    headers.add_vary_header("Accept")
    known = {tag.strip().removeprefix("W/") for tag in request.get("if-none-match", "").split(",")}
    if not known & {etag.removeprefix("W/"), "*"}:
        return False
    start["status"] = 304
    for name in ("Content-Length", "Content-Type"):
        del headers[name]
    return True
