"""Disagreement: whether the articles give different answers to the same question, and who says what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tanya_csto.answer.claims import Claim, asks_membership, date_value, membership_claim, name_key, number_value
from tanya_csto.answer.select import Candidate
from tanya_csto.question.question import Question

AS_GOOD: Final = 0.7  # the share of the best sentence's score from which on another may contradict it
NEAR: Final = 40  # characters between the words that were asked for and the short answer
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
    rivals = _rivals(groups)
    return tuple(Party(members[0][1].label, tuple(members[:MOST_PER_SIDE])) for members in rivals) if len(rivals) > 1 else ()


def _rivals(groups: Mapping[tuple[str, ...], list[tuple[Candidate, Claim]]]) -> list[list[tuple[Candidate, Claim]]]:
    """Return the groups that contradict one another: what the same articles say side by side are two things, not two claims."""
    rivals: list[list[tuple[Candidate, Claim]]] = []
    for members in groups.values():
        if all(_articles(members) != _articles(other) for other in rivals):
            rivals.append(members)
    return rivals


def _articles(members: Sequence[tuple[Candidate, Claim]]) -> set[str]:
    return {candidate.evidence.unit.article.id for candidate, _ in members}


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
    return [
        (candidate, _short_claim(question, candidate))
        for candidate in ranked
        if candidate.score >= AS_GOOD * ranked[0].score and candidate.short is not None and not candidate.evidence.unit.sentence.heading and _says_the_same(question, candidate)
    ]


def _says_the_same(question: Question, candidate: Candidate) -> bool:
    """Tell whether a sentence speaks of all that the question asks about, the short answer close to the words that say it."""
    matches = [match for match in candidate.evidence.matches if not match.concept.carried]
    kind = next((entity.kind for entity in candidate.evidence.unit.entities if entity.span == candidate.short), None)
    if any(match.span is None for match in matches) or (question.kind == "person" and kind not in ("person", "place")):
        return False
    said = [match.span for match in matches if match.concept.kind == "word" and match.span]
    return any(max(span.start - candidate.short.end, candidate.short.start - span.end) <= NEAR for span in said) if candidate.short else False


def _short_claim(question: Question, candidate: Candidate) -> Claim:
    assert candidate.short is not None  # noqa: S101  the caller has looked
    words = candidate.short.of(candidate.evidence.unit.article.text)
    value = {"date": date_value, "number": number_value}.get(question.kind, lambda text: (name_key(text),))(words)
    return Claim(value, words, candidate.short)
