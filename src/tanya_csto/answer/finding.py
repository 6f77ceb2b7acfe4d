"""Findings: what was found for one question, before it is put into words."""

from __future__ import annotations

from dataclasses import dataclass

from tanya_csto.answer.answer import Status
from tanya_csto.bank.opinion import BankOpinion
from tanya_csto.corpus.articles import Article
from tanya_csto.corpus.bank import Fact, Talk
from tanya_csto.question.parser import Question
from tanya_csto.text.spans import Span


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch of an article that proves an answer, with the words in it that answer or at least match."""

    article: Article
    span: Span
    marks: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class ConflictSide:
    """One side of a disagreement: what it claims in a few words, and the quotes that say so, best first."""

    claim: str
    quotes: tuple[Quote, ...]

    @property
    def outlets(self) -> tuple[str, ...]:
        """Every outlet that makes the claim."""
        return tuple(dict.fromkeys(quote.article.outlet for quote in self.quotes))


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome for one question: small talk, quotes (best first), the sides of a disagreement, or nothing.

    `probability` is that of the first quote being right; `short` the words of it that answer; `fact` the one of the
    bank that the quote tells, and `opinion` what the bank says of the question, where there is a bank.
    """

    question: Question
    status: Status
    probability: float = 0.0
    quotes: tuple[Quote, ...] = ()
    short: Span | None = None
    sides: tuple[ConflictSide, ...] = ()
    talk: Talk | None = None
    fact: Fact | None = None
    opinion: BankOpinion | None = None

    @property
    def short_answer(self) -> str | None:
        """The words that answer, as the article of the first quote has them."""
        return self.short.of(self.quotes[0].article.text) if self.short else None
