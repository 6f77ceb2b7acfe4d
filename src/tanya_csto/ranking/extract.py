"""Extraction: the exact words of a sentence that answer a question of a given answer type."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from tanya_csto.language.entities import EntityKind
from tanya_csto.question.answer_type import AnswerType
from tanya_csto.question.parser import Question
from tanya_csto.retrieval.retriever import Match, RetrievedSentence
from tanya_csto.text.spans import Span

ENTITY_TYPES: Final[dict[AnswerType, tuple[EntityKind, ...]]] = {
    "date": ("date",),
    "number": ("number",),
    "person": ("person", "other", "org", "place"),
    "place": ("place",),
    "org": ("org", "other", "place"),
}

_CLAUSES: Final[dict[AnswerType, re.Pattern[str]]] = {
    "reason": re.compile(
        r"\b(?:karena|lantaran|sebab|akibat|disebabkan(?: oleh)?|berkat|guna|agar|supaya|demi|untuk|sehingga|setelah"
        r"|tatkala)\b[^.;]+",
        re.IGNORECASE,
    ),
    "definition": re.compile(r"\b(?:adalah|ialah|merupakan|yaitu|yakni|disebut|disingkat|atau)\b[^.;]+", re.IGNORECASE),
    "list": re.compile(r"(?:[^\s,;()]+(?: [^\s,;()]+){0,12}, ?){1,}(?:dan|serta|dan juga|maupun)? ?[^,.;]+"),
    "manner": re.compile(r"\b(?:dengan|secara|melalui|lewat|cara|tatkala|menegaskan|akan)\b[^.;]+", re.IGNORECASE),
}
_SECTION: Final = re.compile(r"(?:pasal|ayat|bab|resolusi)\b", re.IGNORECASE)
CAUSE: Final = re.compile(
    r"\b(?:karena|lantaran|sebab|sebabnya|akibat|disebabkan|berkat|faktor|alasan|alasannya|(?:me|di)micu|pemicu|(?:men|di)dorong|pendorong|menyebabkan|gara-gara|sehingga"
    r"|(?:di)?khawatir(?:kan)?|(?:di)?takut(?:kan)?|(?:di)?cemas(?:kan)?)\b",
    re.IGNORECASE,
)
PURPOSE: Final = re.compile(
    r"\b(?:untuk|guna|agar|supaya|demi|bertujuan|tujuan\w*|setelah|usai|menyusul|tatkala)\b", re.IGNORECASE
)


_DEFINED_BEFORE: Final = re.compile(
    r"\b(?:dikenal (?:dengan|sebagai)|disebut|disingkat|dinamakan|dinamai|bernama|benama|atau|yakni|yaitu)\W*$|\w \($",
    re.IGNORECASE,
)
_DEFINED_AFTER: Final = re.compile(
    r"^\W*(?:\([^)]*\)\W*)?(?:(?:ini|itu|sendiri|sebenarnya|juga) )*"
    r"(?:adalah|merupakan|ialah|yaitu|yakni|berarti|artinya|atau\b|, \w+|\()",
    re.IGNORECASE,
)


def defines(retrieved: RetrievedSentence) -> bool:
    """Tell whether a sentence says what something asked about is: "X adalah ...", "... yang dikenal dengan X"."""
    text, sentence = retrieved.indexed.article.text, retrieved.indexed.sentence.span
    return any(
        _DEFINED_BEFORE.search(text[sentence.start : span.start])
        or _DEFINED_AFTER.search(text[span.end : sentence.end])
        for match in retrieved.matches
        for span in match.spans
    )


def candidate_spans(question: Question, retrieved: RetrievedSentence) -> tuple[Span, ...]:
    """Return the spans of a sentence that could be the short answer, best first; none where it holds no such thing.

    What the question itself names is no answer to it, and no clause of a heading is.
    """
    kinds = ENTITY_TYPES.get(question.answer_type)
    text, sentence = retrieved.indexed.article.text, retrieved.indexed.sentence.span
    if kinds is None:
        if retrieved.indexed.sentence.heading:
            return ()
        pattern = _CLAUSES.get("list" if question.asks_for_list else question.answer_type)
        found = pattern.search(text, sentence.start, sentence.end) if pattern else None
        return (Span(*found.span()).stripped(text),) if found else ()
    asked = [span for match in retrieved.matches if match.concept.kind != "word" for span in match.spans]
    entities = [
        entity
        for entity in retrieved.indexed.entities
        if entity.kind in kinds
        and not _is_event(entity.span.of(text))
        and not (_SECTION.match(entity.span.of(text)) and not _asks_section(question))
        and not any(span.overlaps(entity.span) and len(span) * 2 >= len(entity.span) for span in asked)
    ]
    ranked = sorted(
        entities,
        key=lambda entity: (
            kinds.index(entity.kind),
            not _fits_answer_type_noun(question, entity.span, text),
            _distance(entity.span, retrieved.matches),
        ),
    )
    return tuple(entity.span for entity in ranked)


def _asks_section(question: Question) -> bool:
    return any(_SECTION.match(term.token.norm) for term in question.terms)


def _is_event(words: str) -> bool:
    return words in ("KTT", "HUT")


def _fits_answer_type_noun(question: Question, span: Span, text: str) -> bool:
    """Tell whether the noun that the question asks for stands in or next to the span ("pasal berapa": "Pasal 51")."""
    if question.answer_type_noun is None:
        return False
    words = text[max(0, span.start - 25) : span.end + 12].casefold()
    return question.answer_type_noun in words


def _distance(span: Span, matches: Sequence[Match]) -> float:
    """Return how far, in code points, a span stands from the matched words, each weighed by its match."""
    total = weight = 0.0
    for match in matches:
        if match.spans:
            gap = min(place.gap(span) for place in match.spans)
            total += match.weight * match.match_weight * min(gap, 120)
            weight += match.weight * match.match_weight
    return total / weight if weight else 0.0
