"""Quotes on a page: the address that shows one, and a text cut so that its marked words can be drawn.

Cutting never loses a character: the pieces joined are the text, exactly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from tanya_csto.corpus.articles import Article
from tanya_csto.text.sentences import split_sentences
from tanya_csto.text.spans import Span, merged

CONTEXT: Final = 200  # characters on either side of a quote, give or take a sentence
MAX_AFFIX: Final = 32  # characters on either side of a quote that tell it from the same words elsewhere

_RANGE = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")
MAX_RANGES: Final = 20  # an answer has at most eight quotes
_PARAGRAPH = re.compile(r"\n*[^\n]+\n*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text drawn in one way: `mark` counts the marks from 1 (0: unmarked), `first` opens a mark."""

    text: str
    mark: int = 0
    first: bool = False
    boilerplate: bool = False


def quote_url(article: Article, span: Span) -> str:
    """Return the address of the article page that shows `span` marked and scrolls to it."""
    return f"/artikel/{article.id}?kutip={span.start}-{span.end}#kutipan-1"


def read_quotes(values: Iterable[str], text: str) -> tuple[tuple[Span, ...], bool]:
    """Read `START-END` ranges, commas between several; tell too whether each is a range of `text`."""
    spans: list[Span] = []
    sound = True
    ranges = ",".join(values).split(",")
    for value in ranges[:MAX_RANGES]:
        match = _RANGE.fullmatch(value.strip())
        start, end = (int(match[1]), int(match[2])) if match else (0, 0)
        if start < end <= len(text):
            spans.append(Span(start, end))
        else:
            sound = sound and not value.strip()
    return merged(spans), sound and len(ranges) <= MAX_RANGES


def pieces(text: str, within: Span, marks: Sequence[Span], boilerplate: Sequence[Span] = ()) -> list[Piece]:
    """Cut `within` into pieces at the edges of `marks` (sorted, apart from each other) and of `boilerplate`."""
    edges = {edge for span in (*marks, *boilerplate) for edge in (span.start, span.end)}
    cuts = [within.start, *sorted(edge for edge in edges if within.start < edge < within.end), within.end]
    result: list[Piece] = []
    for start, end in pairwise(cuts):
        here = Span(start, end)
        mark = next((n for n, span in enumerate(marks, start=1) if span.contains(here)), 0)
        first = mark > 0 and marks[mark - 1].start == start
        result.append(Piece(here.of(text), mark, first, any(span.contains(here) for span in boilerplate)))
    return result


def paragraphs(article: Article, marks: Sequence[Span]) -> list[list[Piece]]:
    """Cut the whole article into paragraphs of pieces, the line breaks kept at their ends."""
    boilerplate = [mark.span for mark in article.boilerplate]
    found = _PARAGRAPH.finditer(article.text)
    return [pieces(article.text, Span(*match.span()), marks, boilerplate) for match in found]


def affixes(text: str, quote: Span) -> tuple[str, str]:
    """Return what stands right before and right after `quote`, as a TextQuoteSelector of W3C Web Annotation has it.

    >>> affixes("Markasnya di Moskwa.", Span(13, 19))
    ('Markasnya di ', '.')
    """
    return text[max(0, quote.start - MAX_AFFIX) : quote.start], text[quote.end : quote.end + MAX_AFFIX]


def around(article: Article, quote: Span) -> tuple[Span, Span]:
    """Return what stands before and behind `quote` in its passage: whole sentences of the content, white space kept."""
    sentences = [each for part in article.content for each in split_sentences(article.text, part)]
    barriers = [mark.span for mark in article.boilerplate]
    start, end = quote.start, quote.end
    for each in reversed([each for each in sentences if each.end <= quote.start]):
        here = Span(each.start, quote.start)
        if quote.start - start >= CONTEXT or any(barrier.overlaps(here) for barrier in barriers):
            break
        start = each.start
    for each in [each for each in sentences if each.start >= quote.end]:
        here = Span(quote.end, each.end)
        if end - quote.end >= CONTEXT or any(barrier.overlaps(here) for barrier in barriers):
            break
        end = each.end
    return Span(start, quote.start), Span(quote.end, end)
