"""Disagreement: sides that answer the same question differently, from different articles; and nothing else."""

from __future__ import annotations

import pytest

from tanya_csto.answer.conflict import find_sides, sides_of_fact
from tanya_csto.answer.finding import ConflictSide
from tanya_csto.corpus.bank import BankSide, Evidence, Fact
from tanya_csto.text.spans import Span
from tests.ranking.setting import Case, says


def sides(question: str, *articles: str) -> tuple[ConflictSide, ...]:
    case = Case(question, *articles)
    return find_sides(case.question, case.ranked, case.index)


@pytest.mark.parametrize(
    ("question", "articles"),
    [
        ("Kapan CSTO didirikan?", ["CSTO didirikan pada 1992.", "CSTO didirikan pada tahun 2002."]),
        ("Berapa personel CSTO?", ["Personel CSTO 3.600 orang.", "Personel CSTO 25 ribu orang."]),
        (
            "Siapa presiden Tajikistan?",
            ["Presiden Tajikistan Emomali Rahmon tiba.", "Presiden Tajikistan Zhu Yong tiba."],
        ),
        (
            "Siapa saja anggota CSTO?",
            ["Anggota CSTO: Rusia, Armenia, dan Belarus.", "Anggota CSTO: Rusia, Armenia, dan Georgia."],
        ),
        (
            "Apakah Georgia anggota CSTO?",
            ["Anggota CSTO: Rusia, Armenia, dan Belarus.", "Anggota CSTO: Rusia, Armenia, dan Georgia."],
        ),
        ("Berapa negara anggota CSTO?", ["CSTO beranggotakan enam negara.", "CSTO beranggotakan 9 negara."]),
    ],
)
def test_articles_that_disagree(question: str, articles: list[str]) -> None:
    assert sorted(side.outlets for side in sides(question, *articles)) == [("Kabar",), ("Warta",)]


@pytest.mark.parametrize(
    ("question", "articles"),
    [
        ("Kapan CSTO didirikan?", ["CSTO didirikan pada 1992.", "CSTO didirikan pada 15 Mei 1992."]),
        ("Kapan CSTO didirikan?", ["CSTO didirikan pada 1992.", "CSTO mengirim pasukan pada Januari 2022."]),
        ("Kapan CSTO didirikan?", ["CSTO didirikan pada 1992."]),
        ("Berapa negara anggota CSTO?", ["CSTO beranggotakan enam negara.", "CSTO beranggotakan 6 negara."]),
        (
            "Siapa saja anggota CSTO?",
            ["Anggota CSTO: Rusia, Armenia, dan Belarus.", "Anggota CSTO: Belarusia, Rusia, dan Armenia."],
        ),
        ("Di mana kantor CSTO?", ["Kantor CSTO di Moskow.", "Kantor CSTO di Minsk."]),
        ("Siapa presiden Rusia?", ["CSTO adalah aliansi."]),
    ],
)
def test_articles_that_agree_or_speak_of_something_else(question: str, articles: list[str]) -> None:
    assert sides(question, *articles) == ()


def test_what_one_article_says_side_by_side_is_no_disagreement() -> None:
    assert sides("Berapa personel CSTO?", "Personel CSTO 3.600 orang. Personel CSTO 25 ribu tentara.") == ()


def test_those_who_agree_are_one_side_and_the_best_sentence_comes_first() -> None:
    articles = "CSTO didirikan pada 1992.", "CSTO didirikan tahun 1992.", "CSTO didirikan pada 2002."
    case = Case("Kapan CSTO didirikan?", *articles)
    found = find_sides(case.question, case.ranked, case.index)
    assert {side.claim: sorted(side.outlets) for side in found} == {"1992": ["Kabar", "Warta"], "2002": ["Berita"]}
    assert found[0].quotes[0].article is case.ranked[0].article


def test_the_marked_words_are_the_claim() -> None:
    found = sides("Kapan CSTO didirikan?", "CSTO didirikan pada 15 Mei 1992 itu.", "Konon CSTO didirikan pada 2002.")
    told = {
        side.claim: [mark.of(quote.article.text) for quote in side.quotes for mark in quote.marks] for side in found
    }
    assert told == {"15 Mei 1992": ["15 Mei 1992"], "2002": ["2002"]}


def test_who_leads_is_told_in_two_ways() -> None:
    found = sides(
        "Siapa yang memimpin CSTO?",
        "CSTO adalah aliansi militer yang dipimpin oleh Rusia.",
        "Perdana Menteri Armenia Nikol Pashinyan memimpin CSTO tahun ini.",
    )
    assert {side.claim for side in found} == {"Rusia", "Nikol Pashinyan"}


# Of a bank


def fact(case: Case, *claims: str) -> Fact:
    """Return a fact on which the articles disagree, one side for each claim that stands in them."""
    articles = case.index.corpus.articles
    bank_sides = []
    for claim in claims:
        told = [article for article in articles if claim in article.text]
        evidence = tuple(
            Evidence(
                article,
                (Span(0, len(article.text)),),
                Span(article.text.index(claim), article.text.index(claim) + len(claim)),
            )
            for article in told
        )
        bank_sides.append(BankSide(f"tahun {claim}", evidence))
    return Fact("contested", ("Kapan CSTO didirikan?",), sides=tuple(bank_sides), topic="tahun")


ARTICLES = "CSTO didirikan pada 1992.", "CSTO lahir pada 2002.", "Aliansi itu ada sejak 1992."


def test_each_side_of_a_fact_quotes_all_its_evidence_with_the_claim_marked() -> None:
    case = Case("Kapan CSTO didirikan?", *ARTICLES)
    first, second = sides_of_fact(fact(case, "1992", "2002"), says(0, {}, {0: 0.5}), case.index)
    assert (first.claim, first.outlets) == ("tahun 1992", ("Kabar", "Berita"))
    assert (second.claim, second.outlets) == ("tahun 2002", ("Warta",))
    for side in (first, second):
        for quote in side.quotes:
            assert quote.span.of(quote.article.text) == quote.article.text
            assert [f"tahun {mark.of(quote.article.text)}" for mark in quote.marks] == [side.claim]


def test_the_side_nearest_to_the_question_comes_first() -> None:
    case = Case("Kapan CSTO didirikan?", *ARTICLES)
    told = fact(case, "1992", "2002")
    for supported, claim in (({0: 0.1, 1: 0.2}, "tahun 2002"), ({1: 0.2, 2: 0.3}, "tahun 1992")):
        assert sides_of_fact(told, says(0, {}, supported), case.index)[0].claim == claim
