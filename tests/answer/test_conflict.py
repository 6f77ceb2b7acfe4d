"""Disagreement: sides that answer the same question differently, from different articles; and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tanya_csto.answer.conflict import find_sides, has_unread_rival, sides_of_fact
from tanya_csto.answer.finding import ConflictSide
from tanya_csto.corpus.bank import BankSide, Evidence, Fact
from tanya_csto.ranking.model import AnswerModel
from tanya_csto.text.spans import Span
from tests.ranking.setting import MODEL, Case, says

FOUNDED = "Kapan CSTO didirikan?"


def sides(question: str, *articles: str) -> tuple[ConflictSide, ...]:
    case = Case(question, *articles)
    return find_sides(case.question, case.ranked, MODEL, case.index)


@pytest.mark.parametrize(
    ("question", "articles"),
    [
        (FOUNDED, {"1992": "CSTO didirikan pada 1992.", "2002": "CSTO didirikan pada tahun 2002."}),
        (FOUNDED, {"15 Mei 1992": "CSTO didirikan pada 15 Mei 1992.", "15 Juni": "CSTO didirikan pada 15 Juni."}),
        (
            "Berapa personel CSTO?",
            {"3.600 orang": "Personel CSTO 3.600 orang.", "25 ribu orang": "Personel CSTO 25 ribu orang."},
        ),
        (
            "Berapa negara anggota CSTO?",
            {"enam negara": "CSTO beranggotakan enam negara.", "9 negara": "CSTO beranggotakan 9 negara."},
        ),
        (
            "Siapa presiden Tajikistan?",
            {
                "Emomali Rahmon": "Presiden Tajikistan Emomali Rahmon tiba.",
                "Zhu Yong": "Presiden Tajikistan Zhu Yong tiba.",
            },
        ),
        ("Di mana kantor CSTO?", {"Moskow": "Kantor CSTO di Moskow.", "Minsk": "Kantor CSTO di Minsk."}),
        (
            "Apakah Georgia anggota CSTO?",
            {"Ya": "Georgia anggota CSTO.", "Tidak": "Georgia bukan anggota CSTO."},
        ),
    ],
)
def test_articles_that_disagree(question: str, articles: dict[str, str]) -> None:
    found = sides(question, *articles.values())
    assert {side.claim: side.outlets for side in found} == dict(zip(articles, [("Kabar",), ("Warta",)], strict=True))
    assert {side.claim: side.quotes[0].article.text for side in found} == articles


@pytest.mark.parametrize(
    ("other", "read", "expected"),
    [
        ("CSTO didirikan pada 2002.", (True, False), True),
        ("CSTO didirikan pada 2002.", (True, True), False),  # it is known how well it reads
        ("CSTO didirikan pada 1992.", (True, False), False),  # agrees
        ("CSTO mengirim pasukan pada Januari 2022.", (True, False), False),  # of something else, however well it reads
        ("Cuaca cerah.", (True, False), False),
    ],
)
def test_a_contradiction_that_may_be_read_yet(other: str, read: tuple[bool, bool], expected: bool) -> None:
    case = Case(FOUNDED, "CSTO didirikan pada 1992.", other)
    ranked = [
        replace(each, features={**each.features, **({"read": 1.0, "reading": 0.5} if known else {})})
        for each, known in zip(case.ranked, read, strict=False)
    ]
    assert has_unread_rival(case.question, ranked, AnswerModel.load("full", bank=False)) is expected


@pytest.mark.parametrize(
    ("question", "articles"),
    [
        (FOUNDED, ["CSTO didirikan pada 1992.", "CSTO didirikan pada 15 Mei 1992."]),
        (FOUNDED, ["CSTO didirikan pada 1992.", "CSTO didirikan antara tahun 1992 dan 2002."]),
        (FOUNDED, ["CSTO didirikan pada 1992.", "CSTO mengirim pasukan pada Januari 2022."]),
        (FOUNDED, ["CSTO didirikan pada 1992.", "NATO didirikan pada 1949."]),
        (FOUNDED, ["CSTO didirikan pada 1992."]),
        ("Berapa negara anggota CSTO?", ["CSTO beranggotakan enam negara.", "CSTO beranggotakan 6 negara."]),
        ("Apakah Rusia anggota CSTO?", ["Rusia anggota CSTO.", "Rusia menjadi anggota CSTO."]),
        ("Mengapa Armenia keluar?", ["Armenia keluar karena kecewa.", "Armenia keluar karena takut."]),
        ("Siapa presiden Rusia?", ["CSTO adalah aliansi."]),
    ],
)
def test_articles_that_agree_or_speak_of_something_else(question: str, articles: list[str]) -> None:
    assert sides(question, *articles) == ()


def test_what_one_article_says_side_by_side_is_no_disagreement() -> None:
    assert sides(FOUNDED, "CSTO didirikan pada 1992. CSTO didirikan pada 2002.") == ()


def test_an_article_may_tell_its_own_side_and_the_other() -> None:
    found = sides(
        FOUNDED, "CSTO didirikan pada 1992.", "Konon CSTO didirikan pada 1992. Konon CSTO didirikan pada 2002."
    )
    assert {side.claim: side.outlets for side in found} == {"1992": ("Kabar", "Warta"), "2002": ("Warta",)}


@pytest.mark.parametrize(("odds", "count"), [(1.0, 2), (0.0, 2), (-1.0, 0)])
def test_the_model_decides_what_is_about_the_same_thing(odds: float, count: int) -> None:
    case = Case(FOUNDED, "CSTO didirikan pada 1992.", "CSTO didirikan pada 2002.")
    model = replace(MODEL, rival={"bias": odds}, rival_from=0.5)
    assert len(find_sides(case.question, case.ranked, model, case.index)) == count


def test_those_who_agree_are_one_side_and_the_best_sentence_comes_first() -> None:
    articles = "CSTO didirikan pada 1992.", "CSTO didirikan tahun 1992.", "CSTO didirikan pada 2002."
    case = Case(FOUNDED, *articles)
    found = find_sides(case.question, case.ranked, MODEL, case.index)
    assert {side.claim: sorted(side.outlets) for side in found} == {"1992": ["Kabar", "Warta"], "2002": ["Berita"]}
    assert found[0].quotes[0].article is case.ranked[0].article


def test_three_claims_are_three_sides() -> None:
    found = sides(FOUNDED, *(f"CSTO didirikan pada {year}." for year in (1992, 2002, 2012)))
    assert [side.claim for side in found] == ["1992", "2002", "2012"]


def test_the_marked_words_are_the_claim() -> None:
    found = sides(FOUNDED, "CSTO didirikan pada 15 Mei 1992 itu.", "Konon CSTO didirikan pada 2002.")
    told = {
        side.claim: [mark.of(quote.article.text) for quote in side.quotes for mark in quote.marks] for side in found
    }
    assert told == {"15 Mei 1992": ["15 Mei 1992"], "2002": ["2002"]}


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
