"""Quotes: from the sentence that answers to the span that is shown, with a neighbour where the sentence leans on it."""

from __future__ import annotations

import re
from typing import Final

from tanya_csto.question.kind import Kind
from tanya_csto.search.index import Index, Unit
from tanya_csto.text.spans import Span

LONGEST_QUOTE: Final = 420  # characters; a single longer sentence is still quoted whole

# a sentence that starts so points back to the one before it
_LEANS_BACK: Final = re.compile(
    r"(?:[\"“]?(?:Ia|Dia|Beliau|Mereka|Keduanya|Ini|Itu|Hal (?:itu|ini|tersebut)|Oleh (?:sebab|karena) itu|Karena itu|Sebab itu|Sebagai gantinya|"
    r"Tujuannya|Dokumen (?:tersebut|itu)|Organisasi (?:ini|itu|tersebut)|Aliansi (?:ini|itu|tersebut)|\w+ (?:ini|itu|tersebut)|Apalagi|Namun|Meski demikian|Selain itu)\b)"
)
_CONTINUES: Final = re.compile(r"(?:Sehingga|Oleh (?:sebab|karena) itu|Karena itu|Hal ini karena|Ini karena|Sebab|Akibatnya|Apalagi)\b")
_SAID: Final = re.compile(r"(?:ujar|kata|ungkap|tutur|tambah|imbuh|jelas|lanjut)nya\b")
_THEREFORE: Final = re.compile(r"Oleh (?:sebab|karena) itu|Karena itu|Sebab itu|Maka dari itu")


def quote_span(unit: Unit, kind: Kind, index: Index) -> Span:
    """Return the span to quote for a sentence: one to three whole sentences of at most `LONGEST_QUOTE` characters.

    The sentence before is quoted too where this one points back to it or leaves its speaker to it, the one after where a
    reason is asked for and stands there.
    """
    span = unit.sentence.span
    before, after = index.neighbour(unit, -1), index.neighbour(unit, 1)
    text = unit.sentence.text
    if before and (_LEANS_BACK.match(text) or _SAID.search(text)):
        span = _joined(before, span, unit)
    if kind == "reason" and after and _CONTINUES.match(after.sentence.text):
        span = _joined(after, span, unit)
    return span


def gives_reason_for(before: Unit, unit: Unit) -> bool:
    """Tell whether `unit` follows from the sentence before it ("Oleh sebab itu, ...")."""
    return bool(_THEREFORE.match(unit.sentence.text)) and before.article is unit.article


def _joined(near: Unit, span: Span, unit: Unit) -> Span:
    """Return `span` grown by its neighbour, or as it was where furniture stands between or the quote gets too long."""
    other = near.sentence.span
    grown = Span(min(span.start, other.start), max(span.end, other.end))
    between = Span(min(span.end, other.end), max(span.start, other.start)).of(unit.article.text)
    if near.sentence.heading or between.strip() or len(grown) > LONGEST_QUOTE:
        return span
    return grown
