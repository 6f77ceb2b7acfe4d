"""Disagreement: whether the articles give different answers to the same question, and who says what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tanya_csto.answer.claims import Claim, asks_membership, date_value, membership_claim, name_key, number_value
from tanya_csto.answer.select import Candidate
from tanya_csto.question.question import Question

SAME_QUESTION: Final = 0.8  # a rival sentence answers the same question when it covers this share of what the best one does
SURE: Final = 0.6  # and at least this share of the question itself
MOST_PER_SIDE: Final = 2


@dataclass(frozen=True, slots=True)
class Party:
    """One side of a disagreement: what it claims, and the sentences that claim it, best first."""

    label: str
    members: tuple[tuple[Candidate, Claim], ...]


def find_parties(question: Question, ranked: Sequence[Candidate]) -> tuple[Party, ...]:
    """Return the sides between which the articles disagree, the best-supported sentence's first; empty where they agree.

    Only sentences that answer the same question are compared, and only sides from different articles make a disagreement.
    """
    claims = _membership(question, ranked) if asks_membership(question) else _short_answers(question, ranked)
    groups: dict[tuple[str, ...], list[tuple[Candidate, Claim]]] = {}
    for candidate, claim in claims:
        if claim.value:
            groups.setdefault(claim.value, []).append((candidate, claim))
    articles = {candidate.evidence.unit.article.id for members in groups.values() for candidate, _ in members}
    if len(groups) < 2 or len(articles) < 2:
        return ()
    return tuple(Party(members[0][1].label, tuple(members[:MOST_PER_SIDE])) for members in groups.values())


def _membership(question: Question, ranked: Sequence[Candidate]) -> list[tuple[Candidate, Claim]]:
    found = [(candidate, membership_claim(question, candidate.evidence.unit, candidate.evidence.matches)) for candidate in ranked]
    return [(candidate, claim) for candidate, claim in found if claim is not None and _speaks_of_subject(candidate)]


def _speaks_of_subject(candidate: Candidate) -> bool:
    """Tell whether the sentence, or what stands before it, names the organisations that the question names."""
    names = [match for match in candidate.evidence.matches if match.concept.name and match.concept.name.kind == "organisation"]
    return all(max(match.worth, match.nearby) > 0 for match in names)


def _short_answers(question: Question, ranked: Sequence[Candidate]) -> list[tuple[Candidate, Claim]]:
    if question.kind not in ("date", "number", "person") or not ranked:
        return []
    best = ranked[0].evidence.coverage
    return [
        (candidate, _short_claim(question, candidate))
        for candidate in ranked
        if candidate.short is not None
        and candidate.evidence.coverage >= max(SURE, SAME_QUESTION * best)
        and candidate.features["names"] == 0
        and not candidate.evidence.unit.sentence.heading
    ]


def _short_claim(question: Question, candidate: Candidate) -> Claim:
    assert candidate.short is not None  # noqa: S101  the caller has looked
    words = candidate.short.of(candidate.evidence.unit.article.text)
    value = {"date": date_value, "number": number_value}.get(question.kind, lambda text: (name_key(text),))(words)
    return Claim(value, words, candidate.short)
