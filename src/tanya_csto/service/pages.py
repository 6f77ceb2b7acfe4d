"""The pages: the chat, the same answer as a link to share, and the articles with their quotes marked."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from tanya_csto.question.intake import LONGEST_HISTORY
from tanya_csto.service.engine import Engine, find_article
from tanya_csto.service.quotes import read_quotes
from tanya_csto.service.templates import render

router = APIRouter(include_in_schema=False)

EXAMPLES: Final = (
    "Kapan CSTO didirikan?",
    "Siapa Sekretaris Jenderal CSTO?",
    "Negara mana saja yang menjadi anggota CSTO?",
    "Apa isi pasal 4 perjanjian CSTO?",
)


@router.api_route("/", methods=["GET", "HEAD"])
def chat(
    tanya: Engine,
    q: str | None = None,
    riwayat: Annotated[list[str], Query()] = [],  # noqa: B006
    bagian: str | None = None,
) -> HTMLResponse:
    """Show the first view, or the answer to `q`; with `bagian=jawaban` the answer alone, for the script."""
    if q is None:
        return render("index.html", articles=tanya.corpus.articles, examples=EXAMPLES)
    answer = tanya.ask(q, riwayat)
    if bagian == "jawaban":
        return render("_answer.html", answer=answer)
    history = [*riwayat, q.strip()][-LONGEST_HISTORY:]
    return render("chat.html", answer=answer, question=q.strip(), earlier=riwayat, history=history)


@router.api_route("/artikel/{article_id}", methods=["GET", "HEAD"])
def article(
    article_id: str,
    tanya: Engine,
    kutip: Annotated[list[str], Query()] = [],  # noqa: B006
) -> HTMLResponse:
    """Show an article with the ranges `kutip=START-END` marked; a notice tells of a range that it lacks."""
    found = find_article(tanya, article_id)
    marks, sound = read_quotes(kutip, found.text)
    return render("article.html", article=found, marks=marks, sound=sound)
