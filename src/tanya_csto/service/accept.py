"""Content negotiation: what a client can read, and what it sends."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from json import detect_encoding
from typing import Final

from fastapi import Request

from tanya_csto.service.problems import ProblemError

_REFUSED: Final = re.compile(r"q=0(\.0*)?")


def wants(*kinds: str) -> Callable[[Request], Awaitable[None]]:
    """Return the dependency that stops a request whose Accept header takes none of `kinds` (406)."""
    ranges = {"*/*", *kinds, *(f"{kind.partition('/')[0]}/*" for kind in kinds)}

    async def check(request: Request) -> None:  # one that is not async would be run in a thread
        header = ",".join(request.headers.getlist("accept"))
        parts = ["".join(part.lower().split()).split(";") for part in header.split(",")]
        asked = {kind for kind, *options in parts if not any(map(_REFUSED.fullmatch, options))}
        if header.strip() and not asked & ranges:
            raise ProblemError("not-acceptable")

    return check


async def sends_json(request: Request) -> None:
    """Stop a request whose body is not called JSON (415), or is not in UTF-8, the one encoding of JSON (400)."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    empty = not kind and request.headers.get("content-length", "0") == "0"
    if not (empty or kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))):
        raise ProblemError("media-type-unsupported")
    if not detect_encoding(await request.body()).startswith("utf-8"):
        raise ProblemError("body-not-json")
