"""Confidence: whether the best sentence answers at all, and in which word to say how sure that is."""

from __future__ import annotations

import math
from typing import Final

from tanya_csto.answer.answer import Confidence
from tanya_csto.answer.select import Candidate
from tanya_csto.language.lexicon import lexicon
from tanya_csto.question.question import Question
from tanya_csto.search.retrieval import Match
from tanya_csto.text.spans import Span

ROLE_REACH: Final = (
    40  # characters between a role and whose it is: "Direktur Pusat Studi Afghanistan di Universitas Lanzhou"
)
REFUSE_BELOW: Final = -0.2
WEIGHTS: Final = {
    "bias": -4.7,
    "score": 0.8,
    "coverage": 0.7,
    "context": 1.35,
    "lacking": -1.3,
    "margin": 0.9,
    "fit": 0.75,
    "names": -3.0,
    "length": 1.4,
    "absent_names": -0.7,
    "role": -0.7,
    "carried": 0.5,
    "person": -2.8,
}


def support(question: Question, ranked: tuple[Candidate, ...]) -> float:
    """Return the log-odds that the best sentence answers the question."""
    return sum(WEIGHTS.get(name, 0.0) * value for name, value in signals(question, ranked).items())


def signals(question: Question, ranked: tuple[Candidate, ...]) -> dict[str, float]:
    """Return what speaks for and against the best sentence being an answer."""
    best = ranked[0]
    matches = best.evidence.matches
    total = sum(match.weight for match in matches) or 1.0
    lacking = [match.weight for match in matches if max(match.worth, match.nearby) == 0]
    return {
        "bias": 1.0,
        "score": best.score,
        "coverage": best.features["coverage"],
        "context": best.features["context"],
        "fit": best.features["fit"],
        "names": best.features["names"],
        "absent_names": sum(match.weight for match in matches if match.worth == 0 and match.concept.kind == "name")
        / total,
        "role": float(_lacks_role(question, best)),
        "carried": float(any(match.concept.carried for match in matches)),
        "person": float(question.kind == "person" and best.features["fit"] < 1),
        "lacking": sum(lacking) / total,
        "length": math.log1p(len(matches)),
        "margin": best.score - ranked[1].score if len(ranked) > 1 else 0.0,
    }


def _lacks_role(question: Question, best: Candidate) -> bool:
    """Tell whether a person is asked for by a role that the sentence gives to no one, or for another's."""
    if question.kind != "person":
        return False
    roles = [match for match in best.evidence.matches if _is_role(match) and not match.concept.carried]
    if not roles:
        return False
    held = next((match for match in roles if match.spans), None)
    if held is None or best.short is None:
        return True
    owners = [
        match
        for match in best.evidence.matches
        if match.concept.kind == "name" and _follows(match.concept.span, roles[-1].concept.span)
    ]
    return any(
        not any(0 <= name.start - role.end <= ROLE_REACH for name in owner.spans for role in held.spans)
        for owner in owners
    )


def _is_role(match: Match) -> bool:
    return any(word in lexicon("entities")["roles"] for form in match.concept.forms for word in form)


def _follows(name: Span, role: Span) -> bool:
    return 0 <= name.start - role.end <= 2


def confidence_word(log_odds: float) -> Confidence:
    """Return the word for a support."""
    return "tinggi" if log_odds > 2 else "sedang" if log_odds > 0.8 else "rendah"
