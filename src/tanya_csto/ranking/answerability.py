"""Answerability: what speaks for and against the best sentence being an answer at all."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from tanya_csto.bank.opinion import BankOpinion
from tanya_csto.language.entities import in_row
from tanya_csto.language.lexicon import lexicon, pattern
from tanya_csto.language.stems import stem
from tanya_csto.question.answer_type import needs_entity
from tanya_csto.question.parser import Question
from tanya_csto.ranking.features import FLOOR, Candidate, Features
from tanya_csto.retrieval.expansion import PARTIAL
from tanya_csto.retrieval.index import IndexedSentence
from tanya_csto.retrieval.retriever import Match


def answerability(question: Question, ranked: Sequence[Candidate], opinion: BankOpinion | None) -> Features:
    """Return the features of the decision whether to answer, for at least one ranked sentence.

    All features of the best sentence, and:

    - bias: 1
    - score: of the best sentence
    - share: of the best sentence among all, as the ranker sees their chances
    - gap: weight of the heaviest concept that neither it nor what stands before it expresses, as a share of the
      heaviest of all
    - mismatch: 1 where the sentence lacks what the type of answer demands (see `_is_mismatched`)
    - unanswerable: log-odds that no fact of the bank answers, where there is a bank
    """
    best = ranked[0]
    matches = best.retrieved.matches
    heaviest = max((match.weight for match in matches), default=0.0) or 1.0
    features: Features = {
        **best.features,
        "bias": 1.0,
        "score": best.score,
        "share": share_of_best(ranked),
        "gap": max((match.weight * (1 - match.expressed) for match in matches), default=0.0) / heaviest,
        "mismatch": float(_is_mismatched(question, best)),
    }
    if opinion is not None:
        features["unanswerable"] = math.log((FLOOR + opinion.unanswerable) / (FLOOR + 1 - opinion.unanswerable))
    return features


def share_of_best(ranked: Sequence[Candidate]) -> float:
    """Return the chances of the best of ranked sentences among all, as the ranker sees them."""
    return 1 / sum(math.exp(each.score - ranked[0].score) for each in ranked)


def _is_mismatched(question: Question, best: Candidate) -> bool:
    """Tell whether a sentence lacks what the type of answer demands.

    That is: the office or relation of a person; a cause or purpose; a list of names; the noun that names the answer
    type ("markas"), or its unit; the thing that is counted ("berapa personel").
    """
    match question.answer_type:
        case "person":
            return any(match.expressed < PARTIAL and _is_role(match) for match in best.retrieved.matches)
        case "reason":
            return best.features["fit"] == 0
        case "list":
            return _asks_for_names(question) and not _enumerates(best.retrieved.indexed)
        case "number" if (question.units and best.features["fit"] <= 0) or _counts_others(question, best):
            return True
    return needs_entity(question.answer_type) and _passes_over_answer_type_noun(question, best.retrieved.matches)


def _is_role(match: Match) -> bool:
    """Tell whether a concept is the office or the relation by which someone is asked for ("wakil gubernur")."""
    words = lexicon("entities")
    asked = match.concept.surface.casefold().removesuffix("nya").split()
    return any(word in words["relations"] or word in words["offices"] for word in asked)


def _asks_for_names(question: Question) -> bool:
    """Tell whether a list of countries, people or organisations is asked for, and not when or why it was given."""
    words = {term.token.norm for term in question.terms}
    return question.answer_type == "list" and (question.answer_type_noun in _named_nouns() or "siapa" in words)


def _enumerates(indexed: IndexedSentence) -> bool:
    """Tell whether a sentence names several in a row ("Rusia, Armenia, dan Belarus")."""
    text, entities = indexed.article.text, indexed.entities
    return any(in_row(one.span, other.span, text) for one, other in pairwise(entities))


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
        if pattern("counting").fullmatch(term.token.norm) and words[position - 1 : position] != ["pasal"]
    ]
    return any(
        match.match_weight == 0 and match.concept.kind == "word" and match.concept.span.start - end in (0, 1)
        for match in candidate.retrieved.matches
        for end in ends
    )
