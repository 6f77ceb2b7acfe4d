"""The application: the engine, the API, the pages and their guards put together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.staticfiles import StaticFiles

from tanya_csto.engine import Tanya
from tanya_csto.service import api, opinions, pages, problems
from tanya_csto.service.feedback import FeedbackStore
from tanya_csto.service.schema import AskReply, CitationOut, Problem
from tanya_csto.service.security import SecurityHeaders
from tanya_csto.service.settings import Settings
from tanya_csto.service.templates import web_folder

_DESCRIPTION: Final = (
    "Menjawab pertanyaan dalam Bahasa Indonesia tentang CSTO dari kumpulan artikel berita. "
    "Setiap jawaban dibuktikan dengan kutipan persis; bila artikel tidak menjawab, layanan mengatakannya. "
    "Galat dikirim sebagai application/problem+json (RFC 9457)."
)
_TAGS: Final = [
    {"name": "tanya", "description": "Bertanya"},
    {"name": "artikel", "description": "Artikel sumber"},
    {"name": "keadaan", "description": "Keadaan layanan"},
]


def create_app(tanya: Tanya | None = None, feedback: FeedbackStore | None = None) -> FastAPI:
    """Return the service around `tanya`, which keeps feedback in `feedback` (None: in no place).

    Without `tanya`, both are made from the settings when the service starts.

    Raises:
        SettingsError, CorpusError: at start, where `tanya` is None and the environment or the corpus is bad.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        if app.state.tanya is None:
            settings = Settings.read()
            app.state.feedback = opinions.open_store(settings)
            app.state.tanya = await run_in_threadpool(Tanya, settings.corpus)
        yield

    app = FastAPI(
        title="Tanya CSTO",
        description=_DESCRIPTION,
        openapi_tags=_TAGS,
        version=_version(),
        docs_url=None,  # both load their scripts from another server
        redoc_url=None,
        generate_unique_id_function=lambda route: route.name,
        lifespan=lifespan,
    )
    app.state.tanya = tanya
    app.state.feedback = feedback
    app.add_middleware(SecurityHeaders)
    app.include_router(api.router)
    app.include_router(pages.router)
    app.include_router(opinions.router)
    app.mount("/static", StaticFiles(directory=web_folder() / "static"), name="static")
    problems.install(app)
    _describe(app)
    return app


def _version() -> str:
    try:
        return version("tanya-csto")
    except PackageNotFoundError:
        return "0"


def _describe(app: FastAPI) -> None:
    """Add to the OpenAPI document the problem, which no route returns, and the nulls that examples lost."""
    generate = app.openapi

    def openapi() -> dict[str, Any]:
        document = generate()
        schemas = document["components"]["schemas"]
        schemas["Problem"] = Problem.model_json_schema()
        for model in (AskReply, CitationOut):
            schemas[model.__name__]["examples"] = model.model_json_schema()["examples"]
        return document

    app.openapi = openapi  # type: ignore[method-assign]
