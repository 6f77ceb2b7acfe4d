"""Spans: they cannot be malformed, and arithmetic on them agrees with sets of code points."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanya_csto.text.spans import Span, gaps, merged

spans = st.tuples(st.integers(0, 40), st.integers(0, 10)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))
span_lists = st.lists(spans, max_size=8)


def points(*many: Span) -> set[int]:
    return {point for span in many for point in range(span.start, span.end)}


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (4, 3), (-2, -1)])
def test_a_range_that_is_negative_or_runs_backwards_is_no_span(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


def test_it_counts_code_points_and_leaves_its_end_out() -> None:
    text = "🛡️ CSTO “kolektif”"
    start = text.index("“")
    assert Span(start, len(text)).of(text) == "“kolektif”"
    assert len(Span(start, len(text))) == 10


@pytest.mark.parametrize(
    ("one", "other", "overlaps", "gap"),
    [
        (Span(0, 4), Span(3, 6), True, 0),
        (Span(0, 4), Span(4, 6), False, 0),
        (Span(0, 4), Span(7, 9), False, 3),
        (Span(0, 9), Span(3, 4), True, 0),
        (Span(2, 2), Span(0, 5), False, 0),
    ],
)
def test_overlap_and_gap_do_not_depend_on_the_order(one: Span, other: Span, overlaps: bool, gap: int) -> None:
    assert (one.overlaps(other), one.gap(other)) == (overlaps, gap)
    assert (other.overlaps(one), other.gap(one)) == (overlaps, gap)


def test_a_span_contains_itself_and_what_lies_inside_but_nothing_that_sticks_out() -> None:
    outer = Span(2, 8)
    assert outer.contains(outer)
    assert outer.contains(Span(3, 8))
    assert not outer.contains(Span(1, 3))
    assert not outer.contains(Span(7, 9))


@pytest.mark.parametrize(
    ("text", "left"),
    [("  isi \n", "isi"), ("\u00a0isi\u00a0", "isi"), ("isi", "isi"), (" \n\t ", ""), ("", "")],
)
def test_stripped_leaves_white_space_out(text: str, left: str) -> None:
    assert Span(0, len(text)).stripped(text).of(text) == left


@given(span_lists)
def test_merged_covers_the_same_points_with_sorted_spans_that_do_not_touch(many: list[Span]) -> None:
    result = merged(many)
    assert points(*result) == points(*many)
    assert all(len(span) for span in result)
    assert all(left.end < right.start for left, right in pairwise(result))


@given(span_lists, spans)
def test_gaps_are_exactly_the_points_that_nothing_covers(many: list[Span], within: Span) -> None:
    result = gaps(many, within)
    assert points(*result) == points(within) - points(*many)
    assert list(result) == sorted(result)
