"""Disagreement: whether the articles give different answers to the same question, and who says what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tanya_csto.answer.finding import ConflictSide
from tanya_csto.answer.quote import evidence_quote, sentence_quote
from tanya_csto.bank.evidence import BankEvidence
from tanya_csto.corpus.bank import BankSide, Fact
from tanya_csto.question.parser import Question
from tanya_csto.ranking.agents import find_agent
from tanya_csto.ranking.claims import Claim, membership_claim, short_claim
from tanya_csto.ranking.features import Candidate
from tanya_csto.retrieval.expansion import PARTIAL
from tanya_csto.retrieval.index import Index
from tanya_csto.text.spans import Span

AS_GOOD: Final = 0.5  # the share of the best sentence's score from which on another may contradict it
NEAR: Final = 40  # characters between the words that were asked for and the short answer


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of an article and what it claims."""

    candidate: Candidate
    claim: Claim


def sides_of_fact(
    fact: Fact, evidence: BankEvidence, index: Index, articles: frozenset[str] | None = None
) -> tuple[ConflictSide, ...]:
    """Return the sides of a contested fact of the bank, first the one whose sentences the question comes nearest to.

    Only what `articles` (by id) say is taken, where they are given: a side of which they say nothing is left out.
    """

    def nearness(side: BankSide) -> float:
        numbers = (index.number_at(each.article.id, each.spans[0].start) for each in side.evidence)
        return max(evidence.supported.get(number, 0.0) for number in numbers)

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


def find_sides(question: Question, ranked: Sequence[Candidate], index: Index) -> tuple[ConflictSide, ...]:
    """Return the sides between which the articles disagree, that of the best sentence first; none where they agree.

    Only sentences that answer the same question are compared. What the same articles say side by side (3.600
    peacekeepers, 25 ribu troops) is no disagreement.
    """
    statements = _on_membership(question, ranked) if question.asks_membership else _short_answers(question, ranked)
    rivals: list[list[Statement]] = []
    for group in _grouped(statements):
        if all(_articles(group) != _articles(other) for other in rivals):
            rivals.append(group)
    return tuple(_side(group, question, index) for group in rivals) if len(rivals) > 1 else ()


def _grouped(statements: Iterable[Statement]) -> Iterable[list[Statement]]:
    groups: dict[tuple[str, ...], list[Statement]] = {}
    for statement in statements:
        if statement.claim.value:
            groups.setdefault(statement.claim.value, []).append(statement)
    return groups.values()


def _articles(group: Iterable[Statement]) -> frozenset[str]:
    return frozenset(statement.candidate.article.id for statement in group)


def _side(group: Sequence[Statement], question: Question, index: Index) -> ConflictSide:
    quotes = tuple(sentence_quote(each.candidate, question, index, each.claim.span) for each in group)
    return ConflictSide(" ".join(group[0].claim.label.split()), quotes)


def _on_membership(question: Question, ranked: Sequence[Candidate]) -> Iterator[Statement]:
    for candidate in ranked:
        claim = membership_claim(question, candidate.retrieved)
        if claim is not None:
            yield Statement(candidate, claim)


def _short_answers(question: Question, ranked: Sequence[Candidate]) -> Iterator[Statement]:
    if question.answer_type not in ("date", "number", "person"):
        return
    for candidate in ranked:
        if candidate.score < AS_GOOD * ranked[0].score or candidate.retrieved.indexed.sentence.heading:
            continue
        if candidate.short is not None and _says_the_same(question, candidate, candidate.short):
            yield Statement(candidate, short_claim(question, candidate.article, candidate.short))


def _says_the_same(question: Question, candidate: Candidate, short: Span) -> bool:
    """Tell whether a sentence speaks of all that is asked about, its short answer close to the words that say so."""
    matches = candidate.retrieved.matches
    kind = next((entity.kind for entity in candidate.retrieved.indexed.entities if entity.span == short), None)
    if not all(match.match_weight > PARTIAL for match in matches):
        return False
    if question.answer_type == "person" and find_agent(candidate.retrieved) == short:
        return True
    if question.answer_type == "person" and (kind not in ("person", "place") or candidate.role != "fits"):
        return False
    said = (span for match in matches if match.concept.kind == "word" for span in match.spans)
    return any(span.gap(short) <= NEAR for span in said)
