"""The answer: what every entry point shows and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tanya_csto.corpus.articles import Article
from tanya_csto.ranking.model import Confidence
from tanya_csto.text.spans import Span

Status = Literal["answered", "conflicting", "not_found", "smalltalk"]


@dataclass(frozen=True, slots=True)
class Citation:
    """An exact quote: `span` of `article.text`, with the answering words marked.

    `n` counts from 1 in the order of the answer; `highlights` are spans of the article's text inside `span`.
    """

    n: int
    article: Article
    span: Span
    highlights: tuple[Span, ...] = ()

    @property
    def quote(self) -> str:
        """The quoted words, sliced from the article and never stored apart from it."""
        return self.span.of(self.article.text)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a disagreement: what it claims, every outlet that says so, and the numbers of their citations."""

    claim: str
    outlets: tuple[str, ...]
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """The answer to one of several questions in a message; `citations` are numbers of the whole answer's."""

    question: str
    status: Status
    short_answer: str | None
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one message.

    `text` is one or two Indonesian sentences ready to show; `short_answer` the exact words of the first quote that
    answer, or None; `probability` that the first quote is right, in [0, 1], and `confidence` the word for it, both None
    where nothing is claimed; `parts` one for each question, where a message asks several; `understood_as` the question
    as searched, or None where nothing was changed; `suggestions` further questions that the corpus answers.
    """

    status: Status
    text: str
    short_answer: str | None = None
    confidence: Confidence | None = None
    probability: float | None = None
    citations: tuple[Citation, ...] = ()
    sides: tuple[Side, ...] = ()
    parts: tuple[Part, ...] = ()
    understood_as: str | None = None
    suggestions: tuple[str, ...] = ()
