"""Answerability: what speaks for and against the best sentence being an answer at all."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import Final

from tanya_csto.bank.evidence import BankEvidence
from tanya_csto.language.lexicon import lexicon
from tanya_csto.language.stems import stem
from tanya_csto.question.parser import Question
from tanya_csto.ranking.claims import find_list
from tanya_csto.ranking.features import FLOOR, Candidate, Features
from tanya_csto.retrieval.retriever import Match

_COUNTS: Final = frozenset({"berapa", "jumlah", "jumlahnya", "banyak"})


def answerability(question: Question, ranked: Sequence[Candidate], evidence: BankEvidence | None) -> Features:
    """Return the features of the decision whether to answer, for at least one ranked sentence.

    All features of the best sentence, and:

    - bias: 1
    - score, margin: of the best sentence, and its lead over the second
    - absent_names: share of the question's weight in names that the sentence itself neither holds nor has a pronoun for
    - person: 1 where a person is asked for and the sentence names none
    - mismatch: 1 where the sentence lacks what the type of answer demands (see `_is_mismatched`)
    - unanswerable: log-odds that no fact of the bank answers, where there is a bank
    """
    best = ranked[0]
    matches = best.retrieved.matches
    has_anaphora = best.retrieved.indexed.has_anaphora
    total = sum(match.weight for match in matches) or 1.0
    features: Features = {
        **best.features,
        "bias": 1.0,
        "score": best.score,
        "margin": best.score - ranked[1].score if len(ranked) > 1 else 0.0,
        "absent_names": sum(
            match.weight for match in matches if match.concept.kind == "name" and _absent(match, has_anaphora)
        )
        / total,
        "person": float(question.answer_type == "person" and best.features["fit"] < 1),
        "mismatch": float(_is_mismatched(question, best)),
    }
    if evidence is not None:
        features["unanswerable"] = math.log((FLOOR + evidence.unanswerable) / (FLOOR + 1 - evidence.unanswerable))
    return features


def _is_mismatched(question: Question, best: Candidate) -> bool:
    """Tell whether a sentence lacks what the type of answer demands.

    That is: a person's role; a cause or purpose; a list of names; the noun that names the answer type ("markas"); the
    thing that is counted ("berapa personel").
    """
    match question.answer_type:
        case "person":
            return best.role == "none"
        case "reason":
            return best.features["fit"] == 0
        case "list":
            return _asks_for_names(question) and not find_list(best.retrieved.indexed, shortest=2)
        case "date" | "number" | "place":
            matches = best.retrieved.matches
            counted = question.answer_type == "number" and _counts_others(question, best)
            return counted or _passes_over_answer_type_noun(question, matches)
    return False


def _asks_for_names(question: Question) -> bool:
    """Tell whether a list of countries, people or organisations is asked for, and not when or why it was given."""
    words = {term.token.norm for term in question.terms}
    return question.answer_type == "list" and (question.answer_type_noun in _named_nouns() or "siapa" in words)


@cache
def _named_nouns() -> frozenset[str]:
    nouns = lexicon("question")
    return frozenset(stem(noun) for kind in ("person", "org", "country") for noun in nouns[kind])


def _passes_over_answer_type_noun(question: Question, matches: Sequence[Match]) -> bool:
    """Tell whether neither the sentence nor what stands before it speaks of the noun that names the answer type."""
    return any(question.answer_type_noun in match.concept.asked and not match.is_mentioned for match in matches)


def _counts_others(question: Question, candidate: Candidate) -> bool:
    """Tell whether "berapa personel" is asked and the sentence speaks of no personnel."""
    words = [term.token.norm for term in question.terms]
    ends = [
        term.span.end
        for position, term in enumerate(question.terms)
        if term.token.norm in _COUNTS and words[position - 1 : position] != ["pasal"]
    ]
    return any(
        match.match_weight == 0 and match.concept.kind == "word" and match.concept.span.start - end in (0, 1)
        for match in candidate.retrieved.matches
        for end in ends
    )


def _absent(match: Match, has_anaphora: bool) -> bool:
    return match.match_weight == 0 and not (match.context_weight and has_anaphora)
