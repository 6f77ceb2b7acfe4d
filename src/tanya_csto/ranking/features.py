"""Features: what speaks for each of the retrieved sentences being the one that answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tanya_csto.corpus.articles import Article
from tanya_csto.question.parser import Question
from tanya_csto.ranking.agents import find_agent
from tanya_csto.ranking.claims import asks_membership, lists_members_for_candidates, membership_claim
from tanya_csto.ranking.extract import CAUSE, PURPOSE, candidates, defines
from tanya_csto.ranking.model import weighted
from tanya_csto.ranking.roles import role_fit
from tanya_csto.retrieval.retriever import RetrievedSentence
from tanya_csto.text.spans import Span

_WHO: Final = ("person", "org")  # answer types that an agent answers
NEIGHBOURS: Final = 25  # characters between two words that stand close to one another


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence with the features that speak for it, the score they add up to, and the words that would answer."""

    retrieved: RetrievedSentence
    features: Mapping[str, float]
    score: float
    short: Span | None

    @property
    def article(self) -> Article:
        """The article that the sentence stands in."""
        return self.retrieved.indexed.article


def rank(question: Question, found: Sequence[RetrievedSentence], weights: Mapping[str, float]) -> tuple[Candidate, ...]:
    """Return the sentences that may answer, best first; a sentence that itself asks never does."""
    membership = asks_membership(question)
    answering = (retrieved for retrieved in found if not _asks(retrieved))
    return reordered((_candidate(question, retrieved, membership) for retrieved in answering), weights)


def reordered(candidates: Iterable[Candidate], weights: Mapping[str, float]) -> tuple[Candidate, ...]:
    """Return the candidates scored by `weights`, best first; ties keep corpus order."""
    scored = (
        Candidate(candidate.retrieved, candidate.features, weighted(weights, candidate.features), candidate.short)
        for candidate in candidates
    )
    return tuple(sorted(scored, key=lambda candidate: (-candidate.score, candidate.retrieved.indexed.number)))


def _asks(retrieved: RetrievedSentence) -> bool:
    sentence = retrieved.indexed.sentence
    return sentence.text.endswith("?") and not sentence.heading


def _candidate(question: Question, retrieved: RetrievedSentence, membership: bool) -> Candidate:
    if membership:
        claim = membership_claim(question, retrieved)
        spans: tuple[Span, ...] = (claim.span,) if claim else ()
    else:
        spans = candidates(question, retrieved)
    agent = find_agent(retrieved) if question.answer_type in _WHO else None
    if agent is not None:
        spans = (agent, *(span for span in spans if span != agent))
    features = {
        "coverage": retrieved.coverage,
        "context": retrieved.context,
        "bm25": retrieved.score,
        "fit": 1.0 if agent is not None else _fit(question, retrieved, spans, membership),
        "closeness": _closeness(retrieved),
        "heading": float(retrieved.indexed.sentence.heading),
        "names": _missing_names(retrieved),
        "replaced": float(_is_replaced(retrieved)),
    }
    return Candidate(retrieved, features, 0.0, spans[0] if spans else None)


def _fit(question: Question, retrieved: RetrievedSentence, spans: Sequence[Span], membership: bool) -> float:
    """Return how well the sentence holds the kind of thing that is asked for, in [0, 1]; below 0 where it cannot."""
    if not all(retrieved.indexed.phrases.find(section) for section in question.sections):
        return -1.0
    if lists_members_for_candidates(question, retrieved.indexed):
        return -1.0
    if membership:
        return 1.0 if spans else -1.0
    if question.answer_type == "reason":
        text = retrieved.indexed.sentence.text
        return 1.0 if CAUSE.search(text) else 0.6 if PURPOSE.search(text) else 0.0
    if question.answer_type == "definition":
        return float(defines(retrieved))
    if question.answer_type in ("yesno", "other", "manner"):
        return 0.5
    if question.answer_type == "person" and spans:
        role = role_fit(retrieved)
        if role != "fits":
            return -1.0 if role == "other" else -0.5
        kinds = {entity.kind for entity in retrieved.indexed.entities if entity.span in spans}
        return 1.0 if "person" in kinds else 0.5
    if question.answer_type in ("date", "number", "place"):
        return 1.0 if spans else -1.0
    return float(bool(spans))


def _closeness(retrieved: RetrievedSentence) -> float:
    """Return the share of neighbouring concepts of the question that also stand within a few words in the sentence."""
    pairs = list(zip(retrieved.matches, retrieved.matches[1:], strict=False))
    near = sum(
        any(one.gap(other) <= NEIGHBOURS for one in left.spans for other in right.spans) for left, right in pairs
    )
    return near / len(pairs) if pairs else 0.0


def _missing_names(retrieved: RetrievedSentence) -> float:
    """Return the share of the names asked about that neither the sentence nor what stands before it speaks of."""
    names = [match for match in retrieved.matches if match.concept.kind != "word"]
    missing = [match for match in names if not match.is_mentioned]
    return len(missing) / len(names) if names else 0.0


def _is_replaced(retrieved: RetrievedSentence) -> bool:
    """Tell whether one asked about is passed over, and another of its kind, not asked about, spoken of instead."""
    asked = {match.concept.name for match in retrieved.matches}
    others = {name.kind for name in retrieved.indexed.names - asked}
    return any(
        match.concept.name is not None
        and match.concept.name.kind in others
        and not match.concept.inherited
        and not match.is_mentioned
        for match in retrieved.matches
    )
