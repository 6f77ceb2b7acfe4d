"""Features: one row for each candidate sentence, all that speaks for its being the one that answers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tanya_csto.bank.opinion import BankOpinion
from tanya_csto.corpus.articles import Article
from tanya_csto.language.dates import agreement, dates_in, days_of
from tanya_csto.language.lexicon import pattern
from tanya_csto.question.answer_type import needs_entity
from tanya_csto.question.parser import Question
from tanya_csto.ranking.extract import candidate_spans, defines, is_as_asked
from tanya_csto.retrieval.retriever import RetrievedSentence
from tanya_csto.text.spans import Span

FLOOR: Final = 1e-3  # of a probability before its logarithm is taken

Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence with its features, the score that the ranker adds them up to, and the words that would answer."""

    retrieved: RetrievedSentence
    features: Features
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
    question: Question, found: Sequence[RetrievedSentence], opinion: BankOpinion | None
) -> tuple[Candidate, ...]:
    """Return the sentences that may answer, each with its features; a sentence that itself asks never does.

    - context: share of the question's weight that the sentence expresses together with what stands before it
    - bm25: its BM25 score, as a share of the best possible
    - fit: how well it holds the kind of thing that is asked for, in [0, 1]; -1 where a date, a figure, a place or a
      section that is asked for is missing
    - heading: 1 for a heading
    - replaced: 1 where one asked about is passed over and another of its kind spoken of instead, or other dates
    - similarity: of its vector and the question's, in full mode
    - told, supported: logarithms of the probability of the facts of the bank that it is first to tell, and that it
      tells at all, where there is a bank
    """
    return tuple(_candidate(question, retrieved, opinion) for retrieved in found if not _asks(retrieved))


def _asks(retrieved: RetrievedSentence) -> bool:
    sentence = retrieved.indexed.sentence
    return sentence.text.endswith("?") and not sentence.heading


def _candidate(question: Question, retrieved: RetrievedSentence, opinion: BankOpinion | None) -> Candidate:
    spans = candidate_spans(question, retrieved)
    features: Features = {
        "context": retrieved.context,
        "bm25": retrieved.score,
        "fit": _fit(question, retrieved, spans),
        "heading": float(retrieved.indexed.sentence.heading),
        "replaced": float(_is_replaced(question, retrieved)),
    }
    if retrieved.similarity is not None:
        features["similarity"] = retrieved.similarity
    if opinion is not None:
        number = retrieved.indexed.number
        features["told"] = math.log(FLOOR + opinion.sentences.get(number, 0.0))
        features["supported"] = math.log(FLOOR + opinion.supported.get(number, 0.0))
    return Candidate(retrieved, features, spans[0] if spans else None)


def _fit(question: Question, retrieved: RetrievedSentence, spans: Sequence[Span]) -> float:
    """Return how well the sentence holds the kind of thing that is asked for, in [0, 1]; -1 where it does not."""
    if not all(retrieved.indexed.find(section) for section in question.sections):
        return -1.0
    match question.answer_type:
        case "reason":
            text = retrieved.indexed.sentence.text
            return 1.0 if pattern("cause").search(text) else 0.6 if pattern("purpose").search(text) else 0.0
        case "definition":
            return float(defines(retrieved))
        case "yesno" | "other" | "manner":
            return 0.5
        case "number" | "date" if spans and (question.units or question.date_part):
            return float(is_as_asked(question, spans[0], retrieved.indexed.article.text))
        case "person" if spans:
            return 1.0 if any(entity.kind == "person" for entity in retrieved.indexed.entities) else 0.5
    return 1.0 if spans else -1.0 if needs_entity(question.answer_type) else 0.0


def _is_replaced(question: Question, retrieved: RetrievedSentence) -> bool:
    """Tell whether one asked about is passed over, and another of its kind, not asked about, spoken of instead."""
    asked = {match.concept.name for match in retrieved.matches}
    others = {name.kind for name in retrieved.indexed.names - asked}
    if any(
        match.concept.name is not None and match.concept.name.kind in others and not match.is_mentioned
        for match in retrieved.matches
    ):
        return True
    stated = dates_in(retrieved.indexed.sentence.text) if question.dates else ()
    return bool(stated) and all(agreement(days_of(asked), stated) < 0 for asked in question.dates)
