"""Composition: sentences that name outlets and hold quotes, citations counted from one, sides that cite what exists."""

from __future__ import annotations

from itertools import pairwise
from typing import get_args

import pytest

from tanya_csto.answer.compose import (
    MAX_CITATIONS,
    compose_answered,
    compose_conflicting,
    compose_not_found,
    compose_smalltalk,
)
from tanya_csto.answer.conflict import find_conflict_sides
from tanya_csto.question.smalltalk import Talk
from tests.ranking.setting import Case

DATES = "CSTO didirikan pada 1992.", "CSTO didirikan pada tahun 2002.", "CSTO didirikan pada 1992 itu."


def answered(question: str, *articles: str, understood_as: str | None = None):
    case = Case(question, *articles)
    return compose_answered(case.question, case.ranked, "tinggi", understood_as, case.index)


def test_an_answer_holds_the_short_answer_the_outlet_and_the_quote() -> None:
    answer = answered("Kapan CSTO didirikan?", "CSTO didirikan pada 1992. CSTO besar.")
    assert answer.status == "answered"
    assert answer.text == "1992, menurut Kabar: “CSTO didirikan pada 1992.”"
    assert (answer.short_answer, answer.confidence) == ("1992", "tinggi")
    first = answer.citations[0]
    assert [span.of(first.article.text) for span in first.highlights] == ["1992"]


def test_an_answer_without_short_words_is_the_quote_with_the_matching_words_marked() -> None:
    answer = answered("Apakah CSTO aliansi militer?", "CSTO adalah aliansi militer.")
    assert answer.text == "Menurut Kabar: “CSTO adalah aliansi militer.”"
    assert answer.short_answer is None
    marked = {span.of(answer.citations[0].article.text) for span in answer.citations[0].highlights}
    assert marked == {"CSTO", "aliansi militer"}


def test_citations_are_counted_from_one_never_overlap_and_are_few() -> None:
    article = " ".join(f"Ia tahu CSTO aliansi ke-{number}." for number in range(12))
    citations = answered("Apa itu CSTO?", article).citations
    assert [citation.n for citation in citations] == list(range(1, len(citations) + 1))
    assert 1 < len(citations) <= MAX_CITATIONS
    spans = sorted(citation.span for citation in citations)
    assert not any(left.overlaps(right) for left, right in pairwise(spans))


def test_a_quote_over_two_lines_is_shown_on_one_and_cited_as_it_stands() -> None:
    answer = answered("Siapa yang pulang?", "Putin tiba.\nIa pulang ke Moskow.")
    assert "“Putin tiba. Ia pulang ke Moskow.”" in answer.text
    assert answer.citations[0].quote == "Putin tiba.\nIa pulang ke Moskow."


def test_what_was_understood_is_told() -> None:
    text = "Kapan CSTO didirikan?"
    assert answered(text, DATES[0], understood_as=text).understood_as == text


def test_sides_name_their_outlets_and_prefer_none() -> None:
    case = Case("Kapan CSTO didirikan?", *DATES)
    conflict_sides = find_conflict_sides(case.question, case.ranked)
    answer = compose_conflicting(case.question, conflict_sides, "sedang", None, case.index)
    assert answer.status == "conflicting"
    assert {side.claim: {answer.citations[n - 1].article.outlet for n in side.citations} for side in answer.sides} == {
        "1992": {"Kabar", "Berita"},
        "2002": {"Warta"},
    }
    assert all(outlet in answer.text for outlet in ("Kabar", "Warta", "Berita", "1992", "2002"))
    assert {citation.article.outlet for citation in answer.citations[:2]} >= {"Warta"}  # each side before any twice


def test_a_refusal_claims_nothing() -> None:
    answer = compose_not_found("Apa itu X?", ["Apa itu CSTO?"])
    assert (answer.status, answer.short_answer, answer.confidence) == ("not_found", None, None)
    assert (answer.citations, answer.sides) == ((), ())
    assert answer.text.startswith("Tidak ditemukan.")
    assert (answer.understood_as, answer.suggestions) == ("Apa itu X?", ("Apa itu CSTO?",))


@pytest.mark.parametrize("talk", get_args(Talk))
def test_every_kind_of_small_talk_has_its_reply(talk: Talk) -> None:
    answer = compose_smalltalk(talk, ["Apa itu CSTO?"])
    assert answer.status == "smalltalk"
    assert answer.text.endswith(".")
    assert (answer.citations, answer.confidence, answer.suggestions) == ((), None, ("Apa itu CSTO?",))
