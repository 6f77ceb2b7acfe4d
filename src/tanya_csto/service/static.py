"""Static files: style, script and icon, read once at the start and then served from memory."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from fastapi import APIRouter, Response

from tanya_csto.service.problems import ProblemError

_UNKNOWN: Final = "application/octet-stream"
_KINDS: Final = {  # not asked of the machine: every server says the same
    ".css": "text/css",
    ".ico": "image/x-icon",
    ".js": "text/javascript",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}


def static_router(folder: Path) -> APIRouter:
    """Return the routes of the files under `folder`. A name is looked up among these files, never on the disk."""
    files = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*") if file.is_file()}
    held = {name: (file.read_bytes(), _KINDS.get(file.suffix, _UNKNOWN)) for name, file in files.items()}
    router = APIRouter(include_in_schema=False)

    @router.get("/static/{name:path}")
    async def static(name: str) -> Response:
        if name not in held:
            raise ProblemError("not-found")
        content, media_type = held[name]
        return Response(content, media_type=media_type)

    return router
