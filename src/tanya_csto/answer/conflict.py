"""Disagreement: whether the articles give different answers to the same question, and who says what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tanya_csto.question.parser import Question
from tanya_csto.ranking.agents import find_agent
from tanya_csto.ranking.claims import Claim, asks_membership, membership_claim, short_claim
from tanya_csto.ranking.features import Candidate
from tanya_csto.ranking.roles import role_fit
from tanya_csto.retrieval.expansion import PARTIAL
from tanya_csto.text.spans import Span

AS_GOOD: Final = 0.5  # the share of the best sentence's score from which on another may contradict it
NEAR: Final = 40  # characters between the words that were asked for and the short answer


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of an article and what it claims."""

    candidate: Candidate
    claim: Claim


@dataclass(frozen=True, slots=True)
class ConflictSide:
    """One side of a disagreement: the statements that claim the same, best first."""

    statements: tuple[Statement, ...]

    @property
    def label(self) -> str:
        """What the side claims, in the words of its best statement."""
        return self.statements[0].claim.label

    @property
    def articles(self) -> frozenset[str]:
        """The ids of the articles that claim it."""
        return frozenset(statement.candidate.article.id for statement in self.statements)


def find_conflict_sides(question: Question, ranked: Sequence[Candidate]) -> tuple[ConflictSide, ...]:
    """Return the sides between which the articles disagree, that of the best sentence first; none where they agree.

    Only sentences that answer the same question are compared. What the same articles say side by side (3.600
    peacekeepers, 25 ribu troops) is no disagreement.
    """
    statements = _on_membership(question, ranked) if asks_membership(question) else _short_answers(question, ranked)
    rivals: list[ConflictSide] = []
    for conflict_side in _grouped(statements):
        if all(conflict_side.articles != other.articles for other in rivals):
            rivals.append(conflict_side)
    return tuple(rivals) if len(rivals) > 1 else ()


def _grouped(statements: Iterable[Statement]) -> tuple[ConflictSide, ...]:
    groups: dict[tuple[str, ...], list[Statement]] = {}
    for statement in statements:
        if statement.claim.value:
            groups.setdefault(statement.claim.value, []).append(statement)
    return tuple(ConflictSide(tuple(group)) for group in groups.values())


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
    matches = [match for match in candidate.retrieved.matches if not match.concept.inherited or match.concept.name]
    kind = next((entity.kind for entity in candidate.retrieved.indexed.entities if entity.span == short), None)
    if not all(match.match_weight > PARTIAL for match in matches):
        return False
    if question.answer_type == "person" and find_agent(candidate.retrieved) == short:
        return True
    if question.answer_type == "person" and (
        kind not in ("person", "place") or role_fit(candidate.retrieved) != "fits"
    ):
        return False
    said = (span for match in matches if match.concept.kind == "word" for span in match.spans)
    return any(span.gap(short) <= NEAR for span in said)
