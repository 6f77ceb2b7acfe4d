"""Composition: sentences that name outlets and hold quotes, citations counted from one, sides that cite what exists."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import get_args

import pytest

from tanya_csto.answer.answer import Answer
from tanya_csto.answer.compose import MAX_CITATIONS, compose, compose_parts, compose_talk
from tanya_csto.answer.conflict import find_sides
from tanya_csto.answer.finding import ConflictSide, Finding, Quote
from tanya_csto.corpus.bank import Talk
from tanya_csto.finder import answered, conflicting
from tanya_csto.question.parser import parse_question
from tanya_csto.text.spans import Span
from tests.conftest import article
from tests.ranking.setting import MODEL, Case

QUESTION = "Kapan CSTO didirikan?"
DATES = "CSTO didirikan pada 1992.", "CSTO didirikan pada tahun 2002.", "CSTO didirikan pada 1992 itu."
HEADQUARTERS = "Di mana kantor pusat CSTO?"
REFUSED = "Siapa presiden Brasil?"


def found(question: str, *articles: str, understood_as: str | None = None) -> Answer:
    case = Case(question, *articles)
    finding = answered(case.question, case.ranked, None, 0.91249, None, case.index)
    return compose(finding, "tinggi", understood_as, ("Apa itu NATO?",))


def disputed(*articles: str) -> Answer:
    case = Case(QUESTION, *articles)
    sides = find_sides(case.question, case.ranked, MODEL, case.index)
    return compose(conflicting(case.question, sides, 0.8), "sedang", None, ())


def refused(question: str = REFUSED) -> Answer:
    return compose(Finding(parse_question(question), "not_found", 0.2), "rendah", None, ())


def outlets(answer: Answer) -> dict[str, set[str]]:
    return {side.claim: {answer.citations[n - 1].article.outlet for n in side.citations} for side in answer.sides}


def test_an_answer_holds_the_short_answer_the_outlet_and_the_quote() -> None:
    answer = found(QUESTION, "CSTO didirikan pada 1992. CSTO besar.", understood_as=QUESTION)
    assert answer.status == "answered"
    assert answer.text == "1992, menurut Kabar: “CSTO didirikan pada 1992.”"
    assert (answer.short_answer, answer.confidence, answer.probability) == ("1992", "tinggi", 0.91249)
    assert (answer.understood_as, answer.suggestions) == (QUESTION, ("Apa itu NATO?",))
    assert (answer.sides, answer.parts) == ((), ())
    first = answer.citations[0]
    assert [span.of(first.article.text) for span in first.highlights] == ["1992"]


def test_an_answer_starts_with_a_capital_and_its_short_answer_stands_as_in_the_article() -> None:
    answer = found("Berapa personel CSTO?", "Personel CSTO berjumlah sekitar 3.600 orang.")
    assert answer.text.startswith("Sekitar 3.600 orang, menurut Kabar:")
    assert answer.short_answer == "sekitar 3.600 orang"


def test_an_answer_without_short_words_is_the_quote_with_the_matching_words_marked() -> None:
    answer = found("Apakah CSTO aliansi militer?", "CSTO adalah aliansi militer.")
    assert answer.text == "Menurut Kabar: “CSTO adalah aliansi militer.”"
    assert answer.short_answer is None
    marked = {span.of(answer.citations[0].article.text) for span in answer.citations[0].highlights}
    assert marked == {"CSTO", "aliansi militer"}


def test_citations_are_counted_from_one_never_overlap_and_are_few() -> None:
    case = Case("Apa itu CSTO?", " ".join(f"CSTO adalah aliansi ke-{number}." for number in range(12)))
    quotes = [Quote(each.article, each.retrieved.indexed.sentence.span, ()) for each in case.ranked]
    finding = Finding(case.question, "answered", 0.9, (*quotes[:3], quotes[0], *quotes[3:]))
    citations = compose(finding, "tinggi", None, ()).citations
    assert [citation.n for citation in citations] == list(range(1, MAX_CITATIONS + 1))
    assert [citation.span for citation in citations] == [quote.span for quote in quotes[:MAX_CITATIONS]]
    assert not any(left.overlaps(right) for left, right in pairwise(sorted(citation.span for citation in citations)))


def test_a_quote_over_two_lines_is_shown_on_one_and_cited_as_it_stands() -> None:
    answer = found("Siapa yang pulang?", "Putin tiba.\nIa pulang ke Moskow.")
    assert "“Putin tiba. Ia pulang ke Moskow.”" in answer.text
    assert answer.citations[0].quote == "Putin tiba.\nIa pulang ke Moskow."


# Disagreements


def test_sides_name_their_outlets_and_prefer_none() -> None:
    answer = disputed(*DATES)
    assert answer.status == "conflicting"
    assert answer.short_answer in ("1992", "2002")
    assert outlets(answer) == {"1992": {"Kabar", "Berita"}, "2002": {"Warta"}}
    assert {side.claim: set(side.outlets) for side in answer.sides} == outlets(answer)
    assert "1992 (Kabar dan Berita)" in answer.text or "1992 (Berita dan Kabar)" in answer.text
    assert "2002 (Warta)" in answer.text
    assert len({side.citations[0] for side in answer.sides} & {1, 2}) == 2  # each side before any twice


def test_three_outlets_are_listed() -> None:
    quotes = tuple(Quote(article("CSTO.", name.lower(), name), Span(0, 4), ()) for name in ("A", "B", "C"))
    sides = (ConflictSide("1992", quotes), ConflictSide("2002", quotes[:1]))
    answer = compose(conflicting(parse_question(QUESTION), sides, 0.8), "sedang", None, ())
    assert answer.text == "Artikel-artikel berbeda keterangan: 1992 (A, B, dan C); 2002 (A)."


def test_sides_told_by_one_sentence_share_its_citation() -> None:
    told = article("Konon 1992 atau 2002.")
    one, other = (Quote(told, Span(0, len(told.text)), (Span(at, at + 4),)) for at in (6, 16))
    sides = (ConflictSide("1992", (one,)), ConflictSide("2002", (other,)))
    answer = compose(conflicting(parse_question(QUESTION), sides, 0.8), "sedang", None, ())
    assert len(answer.citations) == 1
    assert [side.citations for side in answer.sides] == [(1,), (1,)]


def test_a_side_is_shown_only_with_a_quote() -> None:
    told = [article(f"CSTO didirikan pada {year}.", f"kabar-{year}") for year in range(1990, 2000)]
    sides = [ConflictSide(str(1990 + n), (Quote(each, Span(0, 25), ()),)) for n, each in enumerate(told)]
    answer = compose(conflicting(parse_question(QUESTION), sides, 0.8), "sedang", None, ())
    assert [side.citations for side in answer.sides] == [(n,) for n in range(1, MAX_CITATIONS + 1)]
    assert "1997" in answer.text
    assert "1998" not in answer.text


def test_a_refusal_claims_nothing() -> None:
    finding = Finding(parse_question(REFUSED), "not_found", 0.2)
    answer = compose(finding, "rendah", "Apa itu X?", ["Apa itu CSTO?"])
    assert (answer.status, answer.short_answer, answer.confidence, answer.probability) == ("not_found", *[None] * 3)
    assert (answer.citations, answer.sides, answer.parts) == ((), (), ())
    assert answer.text.startswith("Tidak ditemukan.")
    assert (answer.understood_as, answer.suggestions) == ("Apa itu X?", ("Apa itu CSTO?",))


def test_a_refusal_after_a_search_in_some_articles_speaks_of_those_alone() -> None:
    question = replace(parse_question(REFUSED), articles=frozenset({"kabar"}))
    text = compose(Finding(question, "not_found", 0.2), "rendah", None, ()).text
    assert text.startswith("Tidak ditemukan.")
    assert "Artikel lain belum diperiksa." in text
    assert "Artikel lain" not in refused().text


# Several questions


def test_parts_stand_in_order_each_with_its_own_quotes() -> None:
    place = found(HEADQUARTERS, "Kantor pusat CSTO di Moskow.")
    answer = compose_parts([(QUESTION, disputed(*DATES)), (HEADQUARTERS, place)], ("Apa itu NATO?",))
    assert [(part.question, part.status, part.short_answer) for part in answer.parts] == [
        (QUESTION, "conflicting", answer.short_answer),
        (HEADQUARTERS, "answered", "Moskow"),
    ]
    quotes = [[answer.citations[n - 1].quote for n in part.citations] for part in answer.parts]
    assert (sorted(quotes[0]), quotes[1]) == (sorted(DATES), ["Kantor pusat CSTO di Moskow."])
    assert answer.text.index("2002 (Warta)") < answer.text.index(HEADQUARTERS) < answer.text.index("Moskow")
    assert outlets(answer) == {"1992": {"Kabar", "Berita"}, "2002": {"Warta"}}
    assert answer.suggestions == ("Apa itu NATO?",)


def test_a_part_may_be_refused() -> None:
    place = found(HEADQUARTERS, "Kantor pusat CSTO di Moskow.")
    answer = compose_parts([(REFUSED, refused()), (HEADQUARTERS, place)], ())
    assert [part.status for part in answer.parts] == ["not_found", "answered"]
    assert [part.citations for part in answer.parts] == [(), (1,)]
    assert (answer.status, answer.short_answer, answer.confidence) == ("answered", "Moskow", "tinggi")
    assert answer.probability == place.probability
    assert answer.text == f"{REFUSED} Tidak ditemukan dalam artikel. {HEADQUARTERS} {place.text}"


def test_the_first_quote_proves_the_short_answer_of_the_first_part_that_has_one() -> None:
    place = found(HEADQUARTERS, "Kantor pusat CSTO di Moskow.")
    answer = compose_parts([(HEADQUARTERS, place), (QUESTION, disputed(*DATES))], ())
    assert (answer.status, answer.short_answer) == ("answered", "Moskow")
    assert "Moskow" in answer.citations[0].quote
    assert outlets(answer) == {"1992": {"Kabar", "Berita"}, "2002": {"Warta"}}


def test_parts_that_are_all_refused_quote_nothing() -> None:
    answer = compose_parts([(REFUSED, refused()), ("Kapan hujan?", refused("Kapan hujan?"))], ())
    assert (answer.status, answer.citations, answer.confidence) == ("not_found", (), None)
    assert [part.status for part in answer.parts] == ["not_found", "not_found"]


def test_parts_share_the_room_for_quotes_and_each_side_keeps_one() -> None:
    dates = disputed("CSTO didirikan pada 1992.", "CSTO didirikan pada 2002.", "CSTO didirikan pada 2012.")
    assert len(dates.sides) == 3
    others = [
        (question, found(question, *articles))
        for question, *articles in (
            (HEADQUARTERS, "Kantor pusat CSTO di Moskow."),
            ("Siapa presiden Rusia?", "Presiden Rusia Vladimir Putin tiba."),
            ("Siapa presiden Tajikistan?", "Presiden Tajikistan Emomali Rahmon tiba."),
        )
    ]
    answer = compose_parts([(QUESTION, dates), *others], ())
    assert len(answer.citations) <= MAX_CITATIONS
    assert [citation.n for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert all(part.citations for part in answer.parts)
    assert all(side.citations for side in answer.sides)


@pytest.mark.parametrize(("disputes", "sides"), [(1, 3), (2, 6), (3, 7), (4, 8)])
def test_no_side_is_shown_without_a_quote_and_none_gives_way_to_a_further_quote(disputes: int, sides: int) -> None:
    dates = disputed("CSTO didirikan pada 1992.", "CSTO didirikan pada 2002.", "CSTO didirikan pada 2012.")
    plain = found("Apa itu CSTO?", "CSTO adalah aliansi.", "CSTO adalah pakta.", "CSTO adalah blok.")
    assert len(plain.citations) == 3
    answer = compose_parts([(QUESTION, dates)] * disputes + [("Apa itu CSTO?", plain)] * (4 - disputes), ())
    assert all(part.citations for part in answer.parts)
    assert all(side.citations for side in answer.sides)
    assert len(answer.sides) == sides
    assert len(answer.citations) == MAX_CITATIONS


def test_a_question_asked_twice_keeps_its_places() -> None:
    place = found(HEADQUARTERS, "Kantor pusat CSTO di Moskow.")
    answer = compose_parts([(REFUSED, refused()), (HEADQUARTERS, place), (REFUSED, refused())], ())
    assert [part.question for part in answer.parts] == [REFUSED, HEADQUARTERS, REFUSED]


# Small talk

ARTICLES = [article("Satu.", "a", "Kabar"), article("Dua.", "b", "Warta"), article("Tiga.", "c", "Kabar")]


@pytest.mark.parametrize("talk", get_args(Talk))
def test_every_kind_of_small_talk_has_its_reply(talk: Talk) -> None:
    answer = compose_talk(talk, ARTICLES, None, ["Apa itu CSTO?"])
    assert answer.status == "smalltalk"
    assert answer.text.endswith(".")
    assert (answer.citations, answer.confidence, answer.suggestions) == ((), None, ("Apa itu CSTO?",))


def test_the_sources_are_the_articles_of_their_outlets() -> None:
    text = compose_talk("sources", ARTICLES, None, ()).text
    assert text.endswith("3 artikel: Kabar dan Warta. Tanggal terbitnya tidak tercantum.")
    dated = [replace(article, published="17 Mei 2022") for article in ARTICLES]
    assert compose_talk("sources", dated, None, ()).text.endswith("Kabar dan Warta.")


def test_a_message_in_another_language_is_told_so_in_both() -> None:
    text = compose_talk("language", ARTICLES, None, ()).text
    assert "bahasa Indonesia" in text
    assert "Indonesian" in text


def test_which_side_is_right_is_not_judged() -> None:
    text = compose_talk("trust", ARTICLES, disputed(*DATES), ()).text
    assert "tidak memilih" in text
    assert all(each in text for each in ("1992", "2002", "Kabar", "Warta", "Berita"))


def test_how_sure_an_answer_was() -> None:
    text = compose_talk("trust", ARTICLES, found(QUESTION, DATES[0]), ()).text
    assert "dikutip" not in text
    assert all(each in text for each in ("Kabar", "tinggi", "91 dari 100"))


@pytest.mark.parametrize("last", [None, refused()])
def test_without_an_answer_before_there_is_nothing_to_trust(last: Answer | None) -> None:
    text = compose_talk("trust", ARTICLES, last, ()).text
    assert "tidak menilai" in text
    assert "dari 100" not in text
