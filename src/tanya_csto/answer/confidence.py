"""Confidence: what speaks for and against the best sentence being an answer at all."""

from __future__ import annotations

import math
from typing import Final, Literal

from tanya_csto.answer.select import Candidate
from tanya_csto.language.lexicon import lexicon
from tanya_csto.question.question import Question
from tanya_csto.search.retrieval import Match
from tanya_csto.text.spans import Span

ROLE_REACH: Final = 40  # characters between a role and whose it is ("Direktur Pusat Studi ... di Universitas Lanzhou")


def signals(question: Question, ranked: tuple[Candidate, ...]) -> dict[str, float]:
    """Return the signals of the decision whether to answer, for at least one ranked sentence.

    - bias: 1
    - score, margin: of the best sentence, and its lead over the second
    - coverage, context, fit, names: features of the best sentence
    - lacking: share of the question's weight that neither the sentence nor what stands before it speaks of
    - absent_names: share of the question's weight in names that the sentence itself does not hold
    - absent_numbers: 1 where a number of the question stands neither in the sentence nor before it
    - no_role, other_role: a person is asked for by a role that the sentence does not speak of, or gives to another's
    - person: a person is asked for and the sentence names none
    - carried: the question leans on an earlier one
    - length: ln(1 + number of concepts)
    """
    best = ranked[0]
    matches = best.evidence.matches
    total = sum(match.weight for match in matches) or 1.0
    lacking = [match.weight for match in matches if not _spoken(match)]
    role = _role(question, best)
    return {
        "bias": 1.0,
        "score": best.score,
        "coverage": best.features["coverage"],
        "context": best.features["context"],
        "fit": best.features["fit"],
        "names": best.features["names"],
        "absent_names": sum(match.weight for match in matches if match.worth == 0 and match.concept.kind == "name")
        / total,
        "absent_numbers": float(any(match.concept.kind == "number" and not _spoken(match) for match in matches)),
        "no_role": float(role == "none"),
        "other_role": float(role == "other"),
        "carried": float(any(match.concept.carried for match in matches)),
        "person": float(question.kind == "person" and best.features["fit"] < 1),
        "lacking": sum(lacking) / total,
        "length": math.log1p(len(matches)),
        "margin": best.score - ranked[1].score if len(ranked) > 1 else 0.0,
    }


def _spoken(match: Match) -> bool:
    return max(match.worth, match.nearby) > 0


def _role(question: Question, best: Candidate) -> Literal["fits", "none", "other"]:
    """Return whether the sentence gives the role by which a person is asked for to no one, or as another's."""
    roles = [match for match in best.evidence.matches if _is_role(match) and not match.concept.carried]
    if question.kind != "person" or not roles:
        return "fits"
    held = next((match for match in roles if match.spans), None)
    if held is None or best.short is None:
        return "none"
    owners = [
        match
        for match in best.evidence.matches
        if match.concept.kind == "name" and _follows(match.concept.span, roles[-1].concept.span)
    ]
    near = (
        any(0 <= name.start - role.end <= ROLE_REACH for name in owner.spans for role in held.spans) for owner in owners
    )
    return "fits" if all(near) else "other"


def _is_role(match: Match) -> bool:
    return any(word in lexicon("entities")["roles"] for form in match.concept.forms for word in form)


def _follows(name: Span, role: Span) -> bool:
    return 0 <= name.start - role.end <= 2
