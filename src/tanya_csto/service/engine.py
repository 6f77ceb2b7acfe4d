"""The engine of a running service: where the routes find it."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from tanya_csto.corpus.articles import Article
from tanya_csto.engine import Tanya
from tanya_csto.service.problems import ProblemError


def _engine(request: Request) -> Tanya:
    tanya: Tanya | None = request.app.state.tanya
    if tanya is None:
        raise ProblemError("not-ready")
    return tanya


Engine = Annotated[Tanya, Depends(_engine)]


def find_article(tanya: Tanya, article_id: str) -> Article:
    """Return the article of that id.

    Raises:
        ProblemError: the corpus has no such article.
    """
    try:
        return tanya.corpus[article_id]
    except KeyError:
        raise ProblemError("article-unknown") from None
