"""Features: one row for each candidate sentence, all that speaks for its being the one that answers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tanya_csto.bank.evidence import BankEvidence
from tanya_csto.corpus.articles import Article
from tanya_csto.question.parser import Question
from tanya_csto.ranking.agents import find_agent
from tanya_csto.ranking.claims import lists_members_for_candidates, membership_claim
from tanya_csto.ranking.extract import CAUSE, PURPOSE, candidate_spans, defines
from tanya_csto.ranking.roles import RoleFit, role_fit
from tanya_csto.retrieval.retriever import RetrievedSentence
from tanya_csto.text.spans import Span

_WHO: Final = ("person", "org")  # answer types that an agent answers
NEIGHBOURS: Final = 25  # characters between two words that stand close to one another
FLOOR: Final = 1e-3  # of a probability before its logarithm is taken

Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence with its features, the score that the ranker adds them up to, and the words that would answer.

    `role` tells whether the sentence gives the role asked for to the one asked about, where a person is asked for.
    """

    retrieved: RetrievedSentence
    features: Features
    role: RoleFit
    short: Span | None
    score: float = 0.0

    @property
    def article(self) -> Article:
        """The article that the sentence stands in."""
        return self.retrieved.indexed.article

    @property
    def number(self) -> int:
        """The number of the sentence in its corpus."""
        return self.retrieved.indexed.number


def candidates(
    question: Question, found: Sequence[RetrievedSentence], evidence: BankEvidence | None
) -> tuple[Candidate, ...]:
    """Return the sentences that may answer, each with its features; a sentence that itself asks never does.

    - coverage, context: share of the question's weight that the sentence expresses, without and with what stands before
    - bm25: its BM25 score, as a share of the best possible
    - fit: how well it holds the kind of thing that is asked for, in [0, 1]; below 0 where it cannot
    - closeness: share of neighbouring concepts of the question that stand close to one another
    - heading: 1 for a heading
    - names: share of the names asked about that neither the sentence nor what stands before it speaks of
    - replaced: 1 where one asked about is passed over and another of its kind spoken of instead
    - similarity: of its vector and the question's, in full mode
    - told, supported: logarithms of the probability of the facts of the bank that it is first to tell, and that it
      tells at all, where there is a bank
    """
    return tuple(_candidate(question, retrieved, evidence) for retrieved in found if not _asks(retrieved))


def _asks(retrieved: RetrievedSentence) -> bool:
    sentence = retrieved.indexed.sentence
    return sentence.text.endswith("?") and not sentence.heading


def _candidate(question: Question, retrieved: RetrievedSentence, evidence: BankEvidence | None) -> Candidate:
    if question.asks_membership:
        claim = membership_claim(question, retrieved)
        spans: tuple[Span, ...] = (claim.span,) if claim else ()
    else:
        spans = candidate_spans(question, retrieved)
    agent = find_agent(retrieved) if question.answer_type in _WHO else None
    if agent is not None:
        spans = (agent, *(span for span in spans if span != agent))
    role: RoleFit = role_fit(retrieved) if question.answer_type == "person" else "fits"
    features: Features = {
        "coverage": retrieved.coverage,
        "context": retrieved.context,
        "bm25": retrieved.score,
        "fit": 1.0 if agent is not None else _fit(question, retrieved, spans, role),
        "closeness": _closeness(retrieved),
        "heading": float(retrieved.indexed.sentence.heading),
        "names": _missing_names(retrieved),
        "replaced": float(_is_replaced(retrieved)),
    }
    if retrieved.similarity is not None:
        features["similarity"] = retrieved.similarity
    if evidence is not None:
        number = retrieved.indexed.number
        features["told"] = math.log(FLOOR + evidence.sentences.get(number, 0.0))
        features["supported"] = math.log(FLOOR + evidence.supported.get(number, 0.0))
    return Candidate(retrieved, features, role, spans[0] if spans else None)


def _fit(question: Question, retrieved: RetrievedSentence, spans: Sequence[Span], role: RoleFit) -> float:
    """Return how well the sentence holds the kind of thing that is asked for, in [0, 1]; below 0 where it cannot."""
    if not all(retrieved.indexed.phrases.find(section) for section in question.sections):
        return -1.0
    if lists_members_for_candidates(question, retrieved.indexed):
        return -1.0
    if question.asks_membership:
        return 1.0 if spans else -1.0
    if question.answer_type == "reason":
        text = retrieved.indexed.sentence.text
        return 1.0 if CAUSE.search(text) else 0.6 if PURPOSE.search(text) else 0.0
    if question.answer_type == "definition":
        return float(defines(retrieved))
    if question.answer_type in ("yesno", "other", "manner"):
        return 0.5
    if question.answer_type == "person" and spans:
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
        match.concept.name is not None and match.concept.name.kind in others and not match.is_mentioned
        for match in retrieved.matches
    )
