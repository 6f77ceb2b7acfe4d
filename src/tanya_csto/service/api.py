"""The JSON API: ask a question, read the articles, see whether the service is up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic.json_schema import SkipJsonSchema

from tanya_csto.corpus.articles import Article
from tanya_csto.corpus.filter import articles_within
from tanya_csto.corpus.records import MAX_QUESTION
from tanya_csto.service.accept import sends_json, wants
from tanya_csto.service.answers import Asked, Service, find_article
from tanya_csto.service.description import describe
from tanya_csto.service.middleware import metrics
from tanya_csto.service.middleware.client import client_address, forwarded, peer_address, within
from tanya_csto.service.problems import MEDIA_TYPE, ProblemError, problem
from tanya_csto.service.schema import (
    BEGUN_LIMITS,
    QUESTION,
    ArticleSummary,
    ArticleText,
    AskReply,
    AskRequest,
    Day,
    Health,
    Outlets,
    Questions,
    Readiness,
)


def _failures(*codes: str) -> dict[int | str, dict[str, Any]]:
    """Describe the problems that a route can answer with; `default` stands for the rest."""
    found: dict[int | str, dict[str, Any]] = {}
    schema = {"$ref": "#/components/schemas/Problem"}
    for known in map(problem, (*codes, "internal")):
        media = {MEDIA_TYPE: {"schema": schema, "examples": {}}}
        status: int | str = "default" if known.code == "internal" else known.status
        entry = found.setdefault(status, {"description": known.title, "content": media})
        if known.title not in entry["description"]:
            entry["description"] += f"; {known.title[0].lower()}{known.title[1:]}"
        entry["content"][MEDIA_TYPE]["examples"][known.code] = {"value": known.model_dump()}
    return found


_QUESTION: Final = ("question-missing", "question-empty", "question-too-long", "question-unreadable")
_FILTER: Final = ("filter-invalid", "filter-bad-date", "filter-unknown-outlet", "filter-empty")
_BODY: Final = (
    "question-not-text",
    "history-not-texts",
    "history-too-long",
    "field-unknown",
    "body-missing",
    "body-not-object",
    "body-not-json",
    "media-type-unsupported",
    "body-too-large",
    "body-too-slow",
)
_LIMITS: Final = ("too-many-requests", "busy", "too-slow", "search-away")
router = APIRouter(responses=_failures())
data = APIRouter(dependencies=[Depends(wants("application/json"))], responses=_failures("not-acceptable", *_LIMITS))


@data.post(
    "/ask",
    tags=["tanya"],
    summary="Ajukan pertanyaan",
    response_description="Jawaban",
    responses=_failures(*_QUESTION, *_FILTER, *_BODY),
    dependencies=[Depends(sends_json)],
)
async def ask(request: AskRequest, service: Service) -> AskReply:
    """Jawab satu pertanyaan dengan kutipan persis, atau katakan bahwa artikel tidak menjawabnya."""
    chosen = request.filter
    within = articles_within(service.corpus, chosen.since, chosen.until, chosen.outlets)
    return await service.reply(Asked(request.question, request.history, within=within))


@data.get(
    "/ask",
    tags=["tanya"],
    summary="Ajukan pertanyaan lewat alamat",
    response_description="Jawaban",
    responses=_failures(*_QUESTION, *_FILTER),
)
async def ask_by_address(
    q: Annotated[str, Query(**QUESTION)],
    service: Service,
    since: Annotated[Day | SkipJsonSchema[None], Query()] = None,
    until: Annotated[Day | SkipJsonSchema[None], Query()] = None,
    outlet: Annotated[Outlets, Query()] = [],  # noqa: B006
) -> AskReply:
    """Sama dengan POST /ask, tanpa riwayat."""
    within = articles_within(service.corpus, since, until, outlet)
    return await service.reply(Asked(q, within=within))


@data.get(
    "/questions",
    tags=["tanya"],
    summary="Lengkapi pertanyaan",
    response_description="Paling banyak 8 pertanyaan",
    responses=_failures("question-too-long", "question-unreadable"),
)
def complete_question(
    service: Service,
    q: Annotated[
        str,
        Query(
            description=f"Awal pertanyaan, paling banyak {MAX_QUESTION} karakter tanpa spasi di tepi.",
            openapi_examples={"awal": {"value": "kapan"}},
            json_schema_extra=BEGUN_LIMITS,
        ),
    ] = "",
) -> Questions:
    """Tunjukkan pertanyaan yang dijawab oleh artikel dan yang mungkin sedang diketik; tanpa q, yang pertama."""
    return Questions(questions=list(service.complete(q)))


@data.get(
    "/articles",
    tags=["artikel"],
    summary="Daftar artikel",
    response_model=list[ArticleSummary],
    response_description="Semua artikel",
)
def list_articles(service: Service) -> Sequence[Article]:
    """Daftar semua artikel, tanpa teksnya."""
    return service.corpus.articles


@data.get(
    "/articles/{article_id}",
    tags=["artikel"],
    summary="Satu artikel",
    response_model=ArticleText,
    response_description="Artikel dengan teksnya",
    responses=_failures("article-unknown"),
)
def read_article(
    article_id: Annotated[str, Path(description="Tanda pengenal artikel, lihat daftar artikel.")],
    service: Service,
) -> Article:
    """Artikel dengan teksnya, persis seperti yang diindeks."""
    return find_article(service, article_id)


@router.get(
    "/healthz",
    tags=["keadaan"],
    summary="Apakah layanan hidup",
    response_description="Layanan hidup",
)
async def healthz() -> Health:
    """Jawab selama layanan hidup."""
    return Health(status="ok")


@router.get(
    "/readyz",
    tags=["keadaan"],
    summary="Apakah layanan siap menjawab",
    response_description="Semua artikel sudah diindeks",
)
async def readyz(service: Service) -> Readiness:
    """Jawab setelah semua artikel diindeks."""
    return Readiness(status="ok", mode=service.answers.tanya.mode)


@router.get("/openapi.json", include_in_schema=False)
def read_description(request: Request) -> JSONResponse:
    """Describe the API to programs."""
    return JSONResponse(describe(request.app))


@router.get("/metrics", include_in_schema=False)
async def read_metrics(request: Request) -> Response:
    """Show what was counted to the addresses that the settings name; for others there is no such page."""
    state = request.app.state
    proxies = state.settings.trusted_proxies
    behind_unknown_proxy = forwarded(request.scope) and not within(peer_address(request.scope), proxies)
    if behind_unknown_proxy or not within(client_address(request.scope, proxies), state.settings.metrics_clients):
        raise ProblemError("not-found")
    networks = state.answers.tanya.networks
    model = networks.version if networks else "none"
    running = {"version": request.app.version, "index": state.answers.version, "model": model}
    return Response(state.metrics.text(running), media_type=metrics.MEDIA_TYPE)
