"""From ranked candidates to a finding: which quotes prove the answer, and which words of the first are the answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from tanya_csto.answer.finding import ConflictSide, Finding, Quote
from tanya_csto.answer.quote import evidence_quote, sentence_quote
from tanya_csto.bank.evidence import BankEvidence
from tanya_csto.corpus.bank import Evidence, Fact
from tanya_csto.question.parser import Question
from tanya_csto.ranking.extract import ENTITY_TYPES
from tanya_csto.ranking.features import Candidate
from tanya_csto.retrieval.index import Index
from tanya_csto.text.spans import Span

_LIST: Final = re.compile(r",|\b(?:dan|serta|maupun)\b")

RELATED: Final = 2.0  # the log-odds behind the best sentence down to which others are cited beside it


def answered(
    question: Question,
    ranked: Sequence[Candidate],
    told: tuple[Fact, Evidence] | None,
    probability: float,
    evidence: BankEvidence | None,
    index: Index,
) -> Finding:
    """Return the finding that the best candidate answers; `told` is the fact of the bank that it tells, and where.

    Beside its quote stand those of candidates that are nearly as good, and all that tell the fact by the bank.
    """
    best = ranked[0]
    fact = told[0] if told else None
    proofs = {index.number_at(each.article.id, each.spans[0].start): each for each in fact.evidence} if fact else {}
    if told:
        proofs[best.number] = told[1]
    quotes: list[Quote] = []
    for candidate in ranked:
        if candidate.score >= best.score - RELATED:
            proof = proofs.get(candidate.number)
            quotes.append(
                evidence_quote(proof, index, question.answer_type)
                if proof and proof.answer
                else sentence_quote(candidate, question, index, candidate.short)
            )
    asked = question.articles
    told_too = (each for each in proofs.values() if each.answer and (asked is None or each.article.id in asked))
    quotes += [evidence_quote(proof, index) for proof in told_too]  # composing drops repeats
    short = _short(question, best.article.text, best.short, told[1].answer if told else None)
    if short and not quotes[0].span.contains(short):
        short = None
    return Finding(question, "answered", probability, tuple(quotes), short, fact=fact, evidence=evidence)


def _short(question: Question, text: str, found: Span | None, told: Span | None) -> Span | None:
    """Return the short answer: what the bank tells, cut to the date, figure or name in it where one is asked for.

    A list stays whole: "Abkhazia dan Ossetia Selatan".
    """
    if told is None:
        return found
    is_part = found is not None and told.overlaps(found) and question.answer_type in ENTITY_TYPES
    return found if is_part and not _LIST.search(told.of(text)) else told


def conflicting(
    question: Question,
    sides: Sequence[ConflictSide],
    probability: float,
    fact: Fact | None = None,
    evidence: BankEvidence | None = None,
) -> Finding:
    """Return the finding that the articles disagree; its short answer is the claim of the first quote."""
    quotes = tuple(quote for side in sides for quote in side.quotes)
    short = quotes[0].marks[0] if quotes[0].marks else None
    return Finding(question, "conflicting", probability, quotes, short, tuple(sides), fact=fact, evidence=evidence)
