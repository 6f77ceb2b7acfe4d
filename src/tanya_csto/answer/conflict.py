"""Disagreement: whether the articles give different answers to the same question, and who says what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tanya_csto.answer.finding import ConflictSide
from tanya_csto.answer.quote import evidence_quote, sentence_quote
from tanya_csto.bank.opinion import BankOpinion
from tanya_csto.corpus.bank import BankSide, Fact
from tanya_csto.question.parser import Question
from tanya_csto.ranking.claims import Claim, find_claim, find_rivals
from tanya_csto.ranking.features import Candidate
from tanya_csto.ranking.model import AnswerModel
from tanya_csto.retrieval.index import Index

if TYPE_CHECKING:
    from tanya_csto.models.comparer import SentenceComparer


def sides_of_fact(
    fact: Fact, opinion: BankOpinion, index: Index, articles: frozenset[str] | None = None
) -> tuple[ConflictSide, ...]:
    """Return the sides of a contested fact of the bank, first the one whose sentences the question comes nearest to.

    Only what `articles` (by id) say is taken, where they are given: a side of which they say nothing is left out.
    """

    def nearness(side: BankSide) -> float:
        numbers = (index.number_at(each.article.id, each.spans[0].start) for each in side.evidence)
        return max(opinion.supported.get(number, 0.0) for number in numbers)

    sides = (
        ConflictSide(
            side.claim,
            tuple(
                evidence_quote(each, index) for each in side.evidence if articles is None or each.article.id in articles
            ),
        )
        for side in sorted(fact.sides, key=nearness, reverse=True)
    )
    return tuple(side for side in sides if side.quotes)


def find_sides(
    question: Question,
    ranked: Sequence[Candidate],
    model: AnswerModel,
    index: Index,
    comparer: SentenceComparer | None = None,
) -> tuple[ConflictSide, ...]:
    """Return the sides between which the articles disagree, that of the best sentence first; none where they agree.

    Only claims of other articles that the model takes to be about the same thing are set against the best one.
    """
    claim = find_claim(question, ranked[0]) if ranked else None
    if claim is None:
        return ()
    sides: list[list[tuple[Candidate, Claim]]] = [[(ranked[0], claim)]]
    for rival in find_rivals(question, ranked, comparer):
        if model.is_rival(rival.features):
            side = next((each for each in sides if not rival.claim.contradicts(each[0][1])), None)
            if side is None:
                sides.append(side := [])
            side.append((rival.candidate, rival.claim))
    return tuple(_side(side, question, index) for side in sides) if len(sides) > 1 else ()


def has_unread_rival(
    question: Question, ranked: Sequence[Candidate], model: AnswerModel, comparer: SentenceComparer | None = None
) -> bool:
    """Tell whether a sentence that is not read yet may turn out to contradict the best one, however well it reads."""
    claim = find_claim(question, ranked[0])
    well = {"reading": ranked[0].features.get("reading", 1.0)}
    return claim is not None and any(
        "read" not in rival.candidate.features
        and rival.claim.contradicts(claim)
        and model.is_rival({**rival.features, **well})
        for rival in find_rivals(question, ranked, comparer)
    )


def _side(side: Sequence[tuple[Candidate, Claim]], question: Question, index: Index) -> ConflictSide:
    quotes = tuple(sentence_quote(candidate, question, index, claim.span) for candidate, claim in side)
    return ConflictSide(side[0][1].label, quotes)
