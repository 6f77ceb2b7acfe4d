"""The application: the engine, the API, the pages and their guards put together."""

from __future__ import annotations

import mimetypes
from importlib.metadata import version
from pathlib import Path
from typing import Final

from fastapi import Depends, FastAPI
from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from tanya_csto.corpus.files import shipped
from tanya_csto.engine import Tanya
from tanya_csto.messages import say
from tanya_csto.service import api, pages, problems
from tanya_csto.service import feedback as feedback_routes
from tanya_csto.service.accept import wants
from tanya_csto.service.answers import AnswerCache
from tanya_csto.service.feedback_store import FeedbackStore
from tanya_csto.service.middleware.caching import Caching
from tanya_csto.service.middleware.limits import Limits
from tanya_csto.service.middleware.metrics import Metrics
from tanya_csto.service.middleware.observer import Observer
from tanya_csto.service.middleware.rate import Rate
from tanya_csto.service.middleware.security import headers_for
from tanya_csto.service.problems import ProblemError
from tanya_csto.service.settings import Settings

mimetypes.add_type("text/javascript", ".js")  # not every machine's table says so
_TAGS: Final = [
    {"name": "tanya", "description": "Bertanya"},
    {"name": "artikel", "description": "Artikel sumber"},
    {"name": "keadaan", "description": "Keadaan layanan"},
]


class _CrossOrigin(CORSMiddleware):
    """Refuses a site that no setting names with a problem."""

    def preflight_response(self, request_headers: Headers) -> Response:
        response = super().preflight_response(request_headers)
        if response.status_code != 200:
            raise ProblemError("site-refused")
        return response


def create_app(
    tanya: Tanya,
    feedback: FeedbackStore | None = None,
    *,
    settings: Settings | None = None,
    table: Path | None = None,
) -> FastAPI:
    """Return the service around `tanya`, which keeps feedback in `feedback` (None: in no place).

    `settings` are the defaults where they are None; `table` is the file in which worker processes share the rate of
    each client.
    """
    chosen = settings or Settings()
    app = FastAPI(
        title=say("name-alone"),
        description=say("api-description"),
        openapi_tags=_TAGS,
        version=version("tanya-csto"),
        openapi_url=None,  # it is in api.py, with examples
        docs_url=None,  # both load their scripts from another server; ours is in pages.py
        redoc_url=None,
        redirect_slashes=False,  # it would lead to whatever host the request names
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.settings = chosen
    app.state.feedback = feedback
    app.state.feedback_rate = Rate(
        feedback_routes.PER_SECOND if chosen.rate else 0, feedback_routes.BURST, table, kind=b"feedback"
    )
    app.state.metrics = Metrics()
    use(app, tanya)
    # From the inside out: the last one added sees a request first and its reply last.
    app.add_middleware(Caching)
    app.add_middleware(GZipMiddleware, minimum_size=1024, compresslevel=6)
    app.add_middleware(Limits, settings=chosen, rate=Rate(chosen.rate, chosen.burst, table))
    if chosen.cors_origins:
        app.add_middleware(
            _CrossOrigin,
            allow_origins=chosen.cors_origins,
            allow_methods=("GET", "POST"),
            allow_headers=("Content-Type",),
            expose_headers=("ETag", "Retry-After", "X-Request-ID"),
        )
    app.add_middleware(
        Observer,
        metrics=app.state.metrics,
        headers=headers_for(chosen.frame_ancestors),
        log_questions=chosen.log_questions,
    )
    app.include_router(api.data)  # first, as most requests ask
    app.include_router(api.router)
    app.include_router(pages.router, dependencies=[Depends(wants("text/html", "text/plain", "text/markdown"))])
    app.include_router(feedback_routes.router)
    app.mount("/static", StaticFiles(directory=shipped("web") / "static"))
    problems.install(app)
    return app


def use(app: FastAPI, tanya: Tanya) -> None:
    """Let `app` answer from `tanya` from now on; requests that are under way keep the engine that they began with."""
    app.state.answers = AnswerCache(tanya, app.state.settings.cache)
