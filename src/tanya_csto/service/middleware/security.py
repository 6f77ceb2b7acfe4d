"""Security headers: on every response, so that a page runs nothing but its own files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def headers_for(frame_ancestors: Sequence[str]) -> dict[str, str]:
    """Return `HEADERS`, with which the sites of `frame_ancestors` may show the pages in theirs."""
    if not frame_ancestors:
        return HEADERS
    policy = HEADERS["Content-Security-Policy"].removesuffix("'none'")
    return HEADERS | {"Content-Security-Policy": policy + " ".join(frame_ancestors)}
