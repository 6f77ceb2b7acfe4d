"""Quotes: from the sentence that answers to the span that is shown, with a neighbour where the sentence leans on it."""

from __future__ import annotations

from typing import Final

from tanya_csto.answer.finding import Quote
from tanya_csto.corpus.bank import Evidence
from tanya_csto.language.lexicon import pattern
from tanya_csto.question.answer_type import AnswerType
from tanya_csto.question.parser import Question
from tanya_csto.ranking.features import Candidate
from tanya_csto.retrieval.index import Index, IndexedSentence
from tanya_csto.text.spans import Span, merged

MAX_QUOTE: Final = 420  # characters; a single longer sentence is still quoted whole


def quote_span(indexed: IndexedSentence, answer_type: AnswerType, index: Index) -> Span:
    """Return the span to quote for a sentence: it and its neighbours, whole, in at most `MAX_QUOTE` characters.

    The sentence before is quoted too where this one points back to it or leaves its speaker to it, the one after where
    a reason or a manner is asked for, which is often told over both, a quotation goes on, or it names those that this
    one counts; and what it announces.
    """
    span = indexed.sentence.span
    before, after = index.neighbour(indexed, -1), index.neighbour(indexed, 1)
    text = indexed.sentence.text
    if before and (pattern("leans_back").match(text) or pattern("said").search(text)):
        span = _joined(before, span, indexed)
    if after and (_leaves_open(text) or enumerated(after) or (answer_type in ("reason", "manner") and _goes_on(after))):
        span = _joined(after, span, indexed)
    return _with_announced(span, indexed, index)


def announces(indexed: IndexedSentence) -> bool:
    """Tell whether a sentence leaves what it speaks of to those after it ("mengambil sejumlah langkah:")."""
    return indexed.sentence.text.endswith(":")


def enumerated(indexed: IndexedSentence) -> Span | None:
    """Return the words that name those of whom the sentence before speaks ("Mereka adalah A, B, dan C."), if any."""
    span, text = indexed.sentence.span, indexed.sentence.text
    found = pattern("enumerates").match(text)
    return Span(span.start + found.end(), span.end - text.endswith(".")) if found else None


def sentence_quote(candidate: Candidate, question: Question, index: Index, short: Span | None) -> Quote:
    """Return the quote of a candidate; the short answer is marked in it, or else the words that matched."""
    span = quote_span(candidate.retrieved.indexed, question.answer_type, index)
    matched = [place for match in candidate.retrieved.matches for place in match.spans]
    marks = merged([short] if short is not None else matched)
    return Quote(candidate.article, span, tuple(mark for mark in marks if span.contains(mark)))


def evidence_quote(evidence: Evidence, index: Index, answer_type: AnswerType = "other") -> Quote:
    """Return the quote of a piece of evidence in the bank: its sentences, and those that they lean on."""
    article = evidence.article
    first, *others = (index.indexed_sentence(index.number_at(article.id, span.start)) for span in evidence.spans)
    span = quote_span(first, answer_type, index)
    for other in others:
        if not span.overlaps(other.sentence.span):
            span = _joined(other, span, first)
    marks = (evidence.answer,) if evidence.answer and span.contains(evidence.answer) else ()
    return Quote(article, span, marks)


def _with_announced(span: Span, indexed: IndexedSentence, index: Index) -> Span:
    """Return `span` grown by what the sentence announces: the one after it, and all items of a list that it begins."""
    last, after = indexed, index.neighbour(indexed, 1) if announces(indexed) else None
    while after and (last is indexed or pattern("item").match(after.sentence.text)):
        grown = _joined(after, span, indexed)
        if grown == span:
            break
        span, last, after = grown, after, index.neighbour(after, 1)
    return span


def _leaves_open(text: str) -> bool:
    """Tell whether a quotation starts in a sentence and ends in another."""
    last = text.rfind('"')
    opens = text.count('"') % 2 == 1 and not text[max(last - 1, 0) : last].strip()
    return opens or text.rfind("“") > text.rfind("”")


def _goes_on(after: IndexedSentence) -> bool:
    """Tell whether a sentence leans on the one before it, or gives the reason for it ("pendorong minat tersebut")."""
    text = after.sentence.text
    if pattern("continues").match(text) or pattern("leans_back").match(text):
        return True
    return bool(pattern("cause").search(text) and pattern("points_back").search(text))


def _joined(near: IndexedSentence, span: Span, indexed: IndexedSentence) -> Span:
    """Return `span` grown by its neighbour, or as it was where boilerplate is between or the quote gets too long."""
    other = near.sentence.span
    grown = Span(min(span.start, other.start), max(span.end, other.end))
    between = Span(min(span.end, other.end), max(span.start, other.start)).of(indexed.article.text)
    if near.sentence.heading or between.strip() or len(grown) > MAX_QUOTE:
        return span
    return grown
