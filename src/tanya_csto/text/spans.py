"""A span: the half-open range of a text that everything else carries instead of copied words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range ``[start, end)`` of a text, in Unicode code points.

    Raises:
        ValueError: the range is negative or runs backwards.

    >>> Span(0, 4).of("CSTO adalah aliansi")
    'CSTO'
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return the words of `text` that this span covers."""
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        """Tell whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share at least one code point."""
        return max(self.start, other.start) < min(self.end, other.end)

    def gap(self, other: Span) -> int:
        """Return the number of code points between the two spans; 0 where they touch or overlap."""
        return max(self.start - other.end, other.start - self.end, 0)

    def stripped(self, text: str) -> Span:
        """Return the span without the white space at either end; empty where it is all white space."""
        words = self.of(text)
        start = self.start + len(words) - len(words.lstrip())
        return Span(start, start + len(words.strip()))


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the same code points as sorted spans that neither touch nor overlap."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.start <= result[-1].end:
            result[-1] = Span(result[-1].start, max(result[-1].end, span.end))
        elif len(span):
            result.append(span)
    return tuple(result)


def gaps(spans: Iterable[Span], within: Span) -> tuple[Span, ...]:
    """Return the parts of `within` that none of `spans` covers, in order."""
    covered = merged(span for span in spans if span.overlaps(within))
    starts = (within.start, *(span.end for span in covered))
    ends = (*(span.start for span in covered), within.end)
    return tuple(Span(start, end) for start, end in zip(starts, ends, strict=True) if start < end)


def overlapping(spans: Sequence[Span], within: Span) -> Sequence[Span]:
    """Return those of `spans` that overlap `within`, where they are sorted and do not overlap each other."""
    first = bisect_right(spans, within.start, key=lambda each: each.end)
    return spans[first : bisect_left(spans, within.end, first, key=lambda each: each.start)]
