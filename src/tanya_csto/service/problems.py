"""Problems: every error as RFC 9457 JSON, or as a page for a browser, in Indonesian and without the input."""

from __future__ import annotations

import logging
import math
from collections.abc import Mapping
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.routing import Match, Mount

from tanya_csto.errors import MESSAGES, QuestionError, RankingError
from tanya_csto.question.validation import MAX_HISTORY, MAX_QUESTION_LENGTH
from tanya_csto.service.context import context_of
from tanya_csto.service.schema import Problem
from tanya_csto.service.templates import render

MEDIA_TYPE: Final = "application/problem+json"
RETRY_AFTER: Final = "5"  # seconds after which a cluster that went away may be back

_OF_THE_CORE: Final = {  # by their titles; what to do is in `errors.py`
    "question-empty": "Pertanyaan kosong",
    "question-too-long": "Pertanyaan terlalu panjang",
    "question-unreadable": "Pertanyaan tidak terbaca",
    "history-too-long": "Riwayat terlalu panjang",
    "filter-bad-date": "Tanggal tidak dikenal",
    "filter-unknown-outlet": "Media tidak dikenal",
    "filter-empty": "Tidak ada artikel dalam batas itu",
}
_VALUES: Final[dict[str, dict[str, object]]] = {  # in what to do; the outlets are an example
    "question-too-long": {"limit": MAX_QUESTION_LENGTH},
    "history-too-long": {"limit": MAX_HISTORY},
    "filter-unknown-outlet": {"known": "Harian Contoh, Kabar Contoh"},
}

# code: (status, title, what is wrong and what to do)
PROBLEMS: Final[dict[str, tuple[int, str, str]]] = {
    **{code: (422, title, MESSAGES[code].format(**_VALUES.get(code, {}))) for code, title in _OF_THE_CORE.items()},
    "question-missing": (
        422,
        "Pertanyaan belum ada",
        "Sertakan pertanyaan: kolom question pada POST, atau parameter q pada GET.",
    ),
    "question-not-text": (
        422,
        "Pertanyaan bukan teks",
        "Isi kolom question dengan teks di antara tanda petik, bukan angka, daftar, atau null.",
    ),
    "history-not-texts": (
        422,
        "Riwayat bukan daftar teks",
        "Isi kolom history dengan daftar teks, atau hilangkan kolom itu.",
    ),
    "field-unknown": (
        422,
        "Kolom tidak dikenal",
        "Permintaan memuat kolom yang tidak dikenal. Kirim hanya kolom question, history, dan filter.",
    ),
    "filter-invalid": (
        422,
        "Batas pencarian tidak sah",
        "Isi since dan until dengan tanggal seperti 2022-05-17, dan outlets dengan daftar nama media.",
    ),
    "body-missing": (
        422,
        "Isi permintaan kosong",
        "Kirim objek JSON dengan kolom question sebagai isi permintaan.",
    ),
    "body-not-object": (
        422,
        "Isi permintaan bukan objek JSON",
        "Kirim objek JSON dengan kolom question, dengan tajuk Content-Type: application/json.",
    ),
    "body-not-json": (
        400,
        "JSON tidak sah",
        "Isi permintaan bukan JSON yang sah dalam UTF-8. Perbaiki isinya, lalu kirim lagi.",
    ),
    "parameters-too-many": (
        400,
        "Parameter terlalu banyak",
        "Alamat itu memuat terlalu banyak parameter. Kurangi parameternya, lalu kirim lagi.",
    ),
    "request-invalid": (422, "Permintaan tidak sah", "Periksa permintaan dengan uraian di /openapi.json."),
    "article-unknown": (
        404,
        "Artikel tidak ditemukan",
        "Artikel itu tidak ada dalam kumpulan ini. Pilih salah satu dari daftar artikel.",
    ),
    "feedback-off": (
        404,
        "Umpan balik tidak diterima",
        "Layanan ini tidak menerima umpan balik. Anda tetap dapat bertanya.",
    ),
    "feedback-invalid": (
        422,
        "Umpan balik tidak sah",
        "Pilih salah satu penilaian. Penjelasan boleh kosong dan paling panjang 500 karakter.",
    ),
    "feedback-failed": (
        503,
        "Umpan balik belum tersimpan",
        "Umpan balik tidak dapat disimpan. Coba lagi beberapa saat lagi.",
    ),
    "feedback-full": (
        503,
        "Tempat umpan balik penuh",
        "Umpan balik tidak dapat disimpan lagi karena tempatnya penuh. Anda tetap dapat bertanya.",
    ),
    "not-found": (
        404,
        "Halaman tidak ditemukan",
        "Alamat itu tidak ada. Periksa alamatnya, atau mulailah dari halaman depan.",
    ),
    "method-not-allowed": (
        405,
        "Metode tidak didukung",
        "Alamat itu tidak melayani metode HTTP ini. Tajuk Allow menyebut metode yang didukung.",
    ),
    "not-acceptable": (
        406,
        "Bentuk tidak tersedia",
        "Alamat itu tidak tersedia dalam bentuk yang diminta tajuk Accept. Minta application/json dari API, "
        "atau text/html dari halaman.",
    ),
    "media-type-unsupported": (
        415,
        "Jenis isi tidak didukung",
        "Kirim isi permintaan sebagai JSON, dengan tajuk Content-Type: application/json.",
    ),
    "body-too-large": (413, "Isi permintaan terlalu besar", "Perkecil isi permintaan, lalu kirim lagi."),
    "body-too-slow": (
        408,
        "Permintaan terlalu lambat",
        "Isi permintaan tidak tiba pada waktunya. Periksa sambungan Anda, lalu kirim lagi.",
    ),
    "request-malformed": (400, "Permintaan tidak terbaca", "Permintaan itu bukan HTTP yang sah."),
    "too-many-requests": (
        429,
        "Terlalu banyak permintaan",
        "Anda bertanya terlalu cepat. Tunggu sebentar, lalu coba lagi; tajuk Retry-After menyebut berapa detik.",
    ),
    "busy": (
        503,
        "Sedang penuh",
        "Terlalu banyak orang bertanya saat ini. Coba lagi beberapa saat lagi.",
    ),
    "stopping": (
        503,
        "Sedang dihentikan",
        "Layanan ini sedang dihentikan atau dimulai ulang. Coba lagi beberapa saat lagi.",
    ),
    "too-slow": (
        503,
        "Jawaban terlalu lama",
        "Jawaban tidak selesai pada waktunya. Coba lagi beberapa saat lagi, atau ringkas pertanyaan Anda.",
    ),
    "search-away": (
        503,
        "Pencarian terganggu",
        "Mesin pencari tidak menjawab. Coba lagi beberapa saat lagi.",
    ),
    "not-ready": (503, "Belum siap", "Artikel masih disiapkan. Coba lagi beberapa saat lagi."),
    "internal": (
        500,
        "Terjadi kesalahan",
        "Terjadi kesalahan pada server kami. Coba lagi beberapa saat lagi.",
    ),
}

_BY_STATUS: Final = {400: "body-not-json", 404: "not-found", 405: "method-not-allowed"}
_API: Final = ("/ask", "/questions", "/articles", "/healthz", "/readyz", "/metrics", "/openapi.json", "/static")
_EXAMPLE: Final = "3f9c1d0b7a52e684"

_log: Final = logging.getLogger(__name__)


class ProblemError(Exception):
    """Stops a request with the problem that `code` names; the client may come back after `wait` seconds.

    With `close` the connection ends, too: the rest of the request is still under way, and nobody is going to read it.
    """

    def __init__(self, code: str, *, wait: float | None = None, close: bool = False) -> None:
        self.code = code
        self.headers = {} if wait is None else {"Retry-After": str(max(1, math.ceil(wait)))}
        if close:
            self.headers["Connection"] = "close"
        super().__init__(code)


def problem(code: str, request_id: str = _EXAMPLE, detail: str | None = None) -> Problem:
    """Return the problem that `code` names."""
    status, title, known = PROBLEMS[code]
    return Problem(
        type=f"urn:tanya:{code}",
        title=title,
        status=status,
        detail=detail or known,
        code=code,
        instance=f"urn:tanya:permintaan:{request_id}",
    )


def install(app: FastAPI) -> None:
    """Make every error that a route of `app` raises a problem; those of no kind are left to the observer."""

    @app.exception_handler(ProblemError)
    def on_problem(request: Request, error: ProblemError) -> Response:
        return reply(request, error.code, error.headers)

    @app.exception_handler(QuestionError)
    def on_question(request: Request, error: QuestionError) -> Response:
        return reply(request, error.code, detail=str(error))

    @app.exception_handler(RankingError)
    def on_ranking(request: Request, error: RankingError) -> Response:
        _log.error("ranking failed", extra={"facts": {"reason": str(error)}})
        return reply(request, "search-away", {"Retry-After": RETRY_AFTER})

    @app.exception_handler(RequestValidationError)
    def on_validation(request: Request, error: RequestValidationError) -> Response:
        return reply(request, _validation_code(error.errors()[0]))

    @app.exception_handler(HTTPException)
    def on_http(request: Request, error: HTTPException) -> Response:
        headers = {"Allow": _allowed(request)} if error.status_code == 405 else error.headers
        return reply(request, _BY_STATUS.get(error.status_code, "request-invalid"), headers)


def reply(request: Request, code: str, headers: Mapping[str, str] | None = None, detail: str | None = None) -> Response:
    """Return the problem as the client reads it: a page for a browser, else JSON."""
    context = context_of(request.scope)
    context.problem = code
    found = problem(code, context.request_id, detail)
    response: Response
    if _is_page(request):
        part = request.query_params.get("bagian") == "jawaban"
        response = render(request, "_problem.html" if part else "error.html", found.status, problem=found)
    else:
        response = JSONResponse(found.model_dump(), found.status, media_type=MEDIA_TYPE)
    response.headers.update({"Cache-Control": "no-store", **(headers or {})})
    return response


def _allowed(request: Request) -> str:
    """Return the methods of the address: one may be served by several routes, and each knows its own only."""

    def serves(method: str) -> bool:
        scope = {**request.scope, "method": method, "root_path": ""}  # that of the files, where they refused
        serving = [route for route in request.app.routes if route.matches(scope)[0] is Match.FULL]
        return any(method == "GET" or not isinstance(route, Mount) for route in serving)  # files are only read

    allowed = {"GET": "GET, HEAD", "POST": "POST"}
    return ", ".join(names for method, names in allowed.items() if serves(method))


def _is_page(request: Request) -> bool:
    path = request.url.path
    api = any(path == prefix or path.startswith(f"{prefix}/") for prefix in _API)
    return not api and "text/html" in request.headers.get("accept", "")


def _validation_code(error: Mapping[str, Any]) -> str:
    kind, place = error["type"], tuple(error["loc"])
    if kind == "json_invalid":
        return "body-not-json"
    if kind == "extra_forbidden":
        return "field-unknown"
    if kind == "string_unicode":
        return "question-unreadable"
    if place == ("body",):
        return "body-missing" if kind == "missing" else "body-not-object"
    if place in {("body", "question"), ("query", "q")}:
        return "question-missing" if kind == "missing" else "question-not-text"
    if place[:2] == ("body", "filter") or place[1:2] in {("since",), ("until",), ("outlet",)}:
        return "filter-invalid"
    return "history-not-texts" if place[:2] == ("body", "history") else "request-invalid"
