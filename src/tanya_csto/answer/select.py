"""Selection: which of the retrieved sentences answers the question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tanya_csto.answer.extract import CAUSE, PURPOSE, candidates
from tanya_csto.corpus.articles import Article
from tanya_csto.question.question import Question
from tanya_csto.search.retrieval import Evidence
from tanya_csto.text.spans import Span

WEIGHTS: Final = {
    "coverage": 1.0,
    "context": 0.8,
    "bm25": 0.5,
    "fit": 0.4,
    "closeness": 0.5,
    "heading": -0.1,
    "names": -0.5,
}

NEIGHBOURS: Final = 25  # characters between two words that stand close to one another


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence with the features that speak for it, the score they add up to, and the words that would answer."""

    evidence: Evidence
    features: dict[str, float]
    short: Span | None

    @property
    def article(self) -> Article:
        """The article that the sentence stands in."""
        return self.evidence.unit.article

    @property
    def score(self) -> float:
        """The weighted sum of the features."""
        return sum(WEIGHTS[name] * value for name, value in self.features.items())


def rank(question: Question, found: Sequence[Evidence]) -> tuple[Candidate, ...]:
    """Return the sentences that may answer, best first; a sentence that itself asks never does."""
    ranked = [
        _candidate(question, evidence)
        for evidence in found
        if not evidence.unit.sentence.text.endswith("?") or evidence.unit.sentence.heading
    ]
    return tuple(sorted(ranked, key=lambda candidate: (-candidate.score, candidate.evidence.unit.number)))


def _candidate(question: Question, evidence: Evidence) -> Candidate:
    spans = candidates(question, evidence)
    features = {
        "coverage": evidence.coverage,
        "context": evidence.context,
        "bm25": evidence.score,
        "fit": _fit(question, evidence, spans),
        "closeness": _closeness(evidence),
        "heading": float(evidence.unit.sentence.heading),
        "names": _missing_names(evidence),
    }
    return Candidate(evidence, features, spans[0] if spans else None)


def _fit(question: Question, evidence: Evidence, spans: Sequence[Span]) -> float:
    """Return how well the sentence holds the kind of thing that is asked for, in [0, 1]."""
    if question.kind == "reason":
        return (
            1.0
            if CAUSE.search(evidence.unit.sentence.text)
            else 0.6
            if PURPOSE.search(evidence.unit.sentence.text)
            else 0.0
        )
    if question.kind in ("yesno", "other", "manner"):
        return 0.5
    if question.kind == "person" and spans:
        kinds = {entity.kind for entity in evidence.unit.entities if entity.span in spans}
        return 1.0 if "person" in kinds else 0.5
    if question.kind in ("date", "number"):
        return 1.0 if spans else -1.0
    return float(bool(spans))


def _closeness(evidence: Evidence) -> float:
    """Return the share of neighbouring concepts of the question that also stand within a few words in the sentence."""
    pairs = list(zip(evidence.matches, evidence.matches[1:], strict=False))
    near = sum(
        any(one.gap(other) <= NEIGHBOURS for one in left.spans for other in right.spans) for left, right in pairs
    )
    return near / len(pairs) if pairs else 0.0


def _missing_names(evidence: Evidence) -> float:
    """Return the share of the names asked about that neither the sentence nor what stands before it speaks of."""
    names = [match for match in evidence.matches if match.concept.kind != "word"]
    missing = [match for match in names if max(match.worth, match.nearby) == 0]
    return len(missing) / len(names) if names else 0.0
