"""Quotes on a page: the address that shows one, and a text cut so that its marked words can be drawn.

Cutting never loses a character: the pieces joined are the text, exactly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final, Literal

from tanya_csto.answer.answer import Citation
from tanya_csto.corpus.articles import Article
from tanya_csto.corpus.passages import is_heading_line
from tanya_csto.text.sentences import split_sentences
from tanya_csto.text.spans import Span, gaps, merged, overlapping

CONTEXT: Final = 200  # characters on either side of a quote, give or take a sentence
MAX_AFFIX: Final = 32  # characters on either side of a quote that tell it from the same words elsewhere

_RANGE = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")
MAX_RANGES: Final = 50  # the quotes of a long conversation from one article
FOLDED_FROM: Final = 5  # paragraphs of boilerplate in a row
LINE_WORDS: Final = 7  # on either side of the marked words, where a quote is cut to one line
_WORD = re.compile(r"\S+")
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


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of an article, counted from 1: `current` is that of the range asked for first, 0 where there is none.

    `sound` tells whether every range asked for is a range of the text.
    """

    spans: tuple[Span, ...] = ()
    current: int = 0
    sound: bool = True


def read_quotes(values: Iterable[str], text: str) -> Marks:
    """Read `START-END` ranges of `text`, commas between several."""
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
    whole = merged(spans)
    current = next((n for n, span in enumerate(whole, start=1) if spans[0].overlaps(span)), 0)
    return Marks(whole, current, sound and len(ranges) <= MAX_RANGES)


def pieces(text: str, within: Span, marks: Sequence[Span], boilerplate: Sequence[Span] = ()) -> list[Piece]:
    """Cut `within` at the edges of `marks` and of `boilerplate`, both sorted, each apart from its neighbours."""
    found = (*overlapping(marks, within), *overlapping(boilerplate, within))
    if not found:
        return [Piece(within.of(text))]
    edges = {edge for span in found for edge in (span.start, span.end) if within.start < edge < within.end}
    result: list[Piece] = []
    for start, end in pairwise((within.start, *sorted(edges), within.end)):
        here = Span(start, end)
        marked = overlapping(marks, here)
        mark = marks.index(marked[0]) + 1 if marked else 0
        first = bool(marked) and marked[0].start == start
        result.append(Piece(here.of(text), mark, first, bool(overlapping(boilerplate, here))))
    return result


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of an article in pieces, with the line breaks around it."""

    kind: Literal["text", "title", "subhead", "boilerplate"]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Paragraphs that follow each other; `folded` where they are a stretch of boilerplate without a mark."""

    folded: bool
    paragraphs: tuple[Paragraph, ...]


def sections(article: Article, marks: Sequence[Span]) -> list[Section]:
    """Cut the whole article into sections of paragraphs, stretches of boilerplate apart."""
    paragraphs: list[Paragraph] = []
    title = article.title
    for match in _PARAGRAPH.finditer(article.text):
        cut = tuple(pieces(article.text, Span(*match.span()), marks, article.boilerplate))
        words = match[0].strip()
        if all(piece.boilerplate or piece.text.isspace() for piece in cut):
            paragraphs.append(Paragraph("boilerplate", cut))
        elif words == title:
            paragraphs.append(Paragraph("title", cut))
            title = None  # the same line further down is a heading
        else:
            heading = is_heading_line(words) and len(split_sentences(words, Span(0, len(words)))) == 1
            paragraphs.append(Paragraph("subhead" if heading else "text", cut))
    found: list[Section] = []
    for is_boilerplate, group in groupby(paragraphs, lambda paragraph: paragraph.kind == "boilerplate"):
        run = tuple(group)
        marked = any(piece.mark for paragraph in run for piece in paragraph.pieces)
        found.append(Section(is_boilerplate and len(run) >= FOLDED_FROM and not marked, run))
    return found


def line(citation: Citation) -> str:
    """Return the first marked words of a quote, and what of their sentence stands next to them, to fit on one line."""
    text = citation.article.text
    mark = citation.highlights[0] if citation.highlights else citation.span
    around_it = (each for each in split_sentences(text, citation.span) if each.overlaps(mark))
    sentence = next(around_it, citation.span)
    start, end = min(sentence.start, mark.start), max(sentence.end, mark.end)
    before, after = text[start : mark.start], text[mark.end : end]
    if len(words := list(_WORD.finditer(before))) > LINE_WORDS:
        before = f"… {before[words[-LINE_WORDS].start() :]}"
    if len(words := list(_WORD.finditer(after))) > LINE_WORDS:
        after = f"{after[: words[LINE_WORDS - 1].end()]} …"
    return before + mark.of(text) + after


def affixes(text: str, quote: Span) -> tuple[str, str]:
    """Return what stands right before and right after `quote`, as a TextQuoteSelector of W3C Web Annotation has it.

    >>> affixes("Markasnya di Moskwa.", Span(13, 19))
    ('Markasnya di ', '.')
    """
    return text[max(0, quote.start - MAX_AFFIX) : quote.start], text[quote.end : quote.end + MAX_AFFIX]


def around(article: Article, quote: Span) -> tuple[Span, Span]:
    """Return what stands before and behind `quote` in its passage: whole sentences of the content, white space kept.

    Only the lines within reach are cut into sentences, as no sentence goes over the end of a line.
    """
    text = article.text
    first = len(text[: max(0, quote.start - CONTEXT)].rstrip())
    last = len(text) - len(text[quote.end + CONTEXT :].lstrip())
    end = text.find("\n", last)
    reach = Span(text.rfind("\n", 0, first) + 1, len(text) if end < 0 else end)
    boilerplate = overlapping(article.boilerplate, reach)
    sentences = [each for part in gaps(boilerplate, reach) for each in split_sentences(text, part)]
    starts = [each.start for each in reversed(sentences) if each.end <= quote.start]
    ends = [each.end for each in sentences if each.start >= quote.end]
    return _reach(boilerplate, quote.start, starts), _reach(boilerplate, quote.end, ends)


def _reach(boilerplate: Sequence[Span], edge: int, places: Iterable[int]) -> Span:
    """Return what lies between `edge` and the last of `places` that is near enough, with no boilerplate between."""
    reached = Span(edge, edge)
    for place in places:
        further = Span(min(edge, place), max(edge, place))
        if len(reached) >= CONTEXT or any(span.overlaps(further) for span in boilerplate):
            break
        reached = further
    return reached


def linked(text: str, articles: Sequence[Article]) -> list[tuple[str, Article | None]]:
    """Cut a sentence of ours at the outlets that it names, each with its first article.

    >>> [(part, bool(article)) for part, article in linked("Dari Kabar.", [Article("a", "Kabar", "")])]
    [('Dari ', False), ('Kabar', True), ('.', False)]
    """
    by_outlet = {article.outlet: article for article in reversed(articles)}
    names = sorted(map(re.escape, by_outlet), key=len, reverse=True)
    cut = re.split(f"({'|'.join(names)})", text) if names else [text]
    return [(part, by_outlet.get(part)) for part in cut if part]
