"""Problems: every error as RFC 9457 JSON, or as a page for a browser, in Indonesian and without the input."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from tanya_csto.errors import MESSAGES, QuestionError
from tanya_csto.question.intake import LONGEST_HISTORY, LONGEST_QUESTION
from tanya_csto.service.schema import Problem
from tanya_csto.service.security import HEADERS
from tanya_csto.service.templates import render

MEDIA_TYPE: Final = "application/problem+json"

_TITLES: Final = {
    "question-empty": "Pertanyaan kosong",
    "question-too-long": "Pertanyaan terlalu panjang",
    "question-unreadable": "Pertanyaan tidak terbaca",
    "history-too-long": "Riwayat terlalu panjang",
}
_LIMITS: Final = {"question-too-long": LONGEST_QUESTION, "history-too-long": LONGEST_HISTORY}

# code: (status, title, what is wrong and what to do)
_KNOWN: Final[dict[str, tuple[int, str, str]]] = {
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
        "Permintaan memuat kolom yang tidak dikenal. Kirim hanya kolom question dan history.",
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
    "not-found": (
        404,
        "Halaman tidak ditemukan",
        "Alamat itu tidak ada. Periksa alamatnya, atau mulai dari /.",
    ),
    "method-not-allowed": (
        405,
        "Metode tidak didukung",
        "Alamat itu tidak melayani metode HTTP ini. Tajuk Allow menyebut metode yang didukung.",
    ),
    "not-ready": (503, "Belum siap", "Artikel masih disiapkan. Coba lagi beberapa saat lagi."),
    "internal": (
        500,
        "Terjadi kesalahan",
        "Terjadi kesalahan pada server kami. Coba lagi beberapa saat lagi.",
    ),
}

_BY_STATUS: Final = {400: "body-not-json", 404: "not-found", 405: "method-not-allowed"}
_API: Final = ("/ask", "/articles", "/healthz", "/readyz", "/openapi.json", "/static")


class ProblemError(Exception):
    """Stops a request with the problem that `code` names."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def problem(code: str) -> Problem:
    """Return the problem that `code` names: one of the service's own, or a question error of the core."""
    if code in _KNOWN:
        status, title, detail = _KNOWN[code]
    else:
        status, title = 422, _TITLES[code]
        detail = MESSAGES[code].format(limit=_LIMITS.get(code))
    return Problem(type=f"urn:tanya-csto:{code}", title=title, status=status, detail=detail, code=code)


def install(app: FastAPI) -> None:
    """Make every error of `app` a problem."""

    @app.exception_handler(ProblemError)
    def on_problem(request: Request, error: ProblemError) -> Response:
        return _reply(request, problem(error.code))

    @app.exception_handler(QuestionError)
    def on_question(request: Request, error: QuestionError) -> Response:
        return _reply(request, problem(error.code).model_copy(update={"detail": str(error)}))

    @app.exception_handler(RequestValidationError)
    def on_validation(request: Request, error: RequestValidationError) -> Response:
        return _reply(request, problem(_validation_code(error.errors()[0])))

    @app.exception_handler(HTTPException)
    def on_http(request: Request, error: HTTPException) -> Response:
        found = problem(_BY_STATUS.get(error.status_code, "request-invalid"))
        return _reply(request, found, error.headers)

    @app.exception_handler(Exception)
    def on_anything(request: Request, error: Exception) -> Response:  # noqa: ARG001
        # This reply is made outside every middleware, so it brings its own security headers.
        return _reply(request, problem("internal"), HEADERS)


def _reply(request: Request, found: Problem, headers: Mapping[str, str] | None = None) -> Response:
    response: Response
    if _is_page(request):
        part = request.query_params.get("bagian") == "jawaban"
        response = render("_problem.html" if part else "error.html", found.status, problem=found)
    else:
        response = JSONResponse(found.model_dump(), found.status, media_type=MEDIA_TYPE)
    response.headers.update(headers or {})
    return response


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
    return "history-not-texts" if place[:2] == ("body", "history") else "request-invalid"
