"""Static files: style, script and icon, read once at the start and then served from memory."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from fastapi import APIRouter, Response

from tanya_csto.service.problems import ProblemError


def static_router(folder: Path) -> APIRouter:
    """Return the routes of the files under `folder`. A name is looked up among these files, never on the disk."""
    files = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*") if file.is_file()}
    held = {name: (file.read_bytes(), _media_type(file)) for name, file in files.items()}
    router = APIRouter(include_in_schema=False)

    @router.api_route("/static/{name:path}", methods=["GET", "HEAD"])
    async def static(name: str) -> Response:
        if name not in held:
            raise ProblemError("not-found")
        content, media_type = held[name]
        return Response(content, media_type=media_type)

    return router


def _media_type(file: Path) -> str:
    return mimetypes.types_map.get(file.suffix, "application/octet-stream")
