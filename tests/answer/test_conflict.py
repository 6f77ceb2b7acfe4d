"""Disagreement: sides that answer the same question differently, from different articles; and nothing else."""

from __future__ import annotations

import pytest

from tanya_csto.answer.conflict import find_conflict_sides
from tests.ranking.setting import Case


def conflict_sides(question: str, *articles: str) -> list[set[str]]:
    case = Case(question, *articles)
    return [set(conflict_side.articles) for conflict_side in find_conflict_sides(case.question, case.ranked)]


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
    assert sorted(map(sorted, conflict_sides(question, *articles))) == [["kabar"], ["warta"]]


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
        ("Siapa presiden Rusia?", []),
    ],
)
def test_articles_that_agree_or_speak_of_something_else(question: str, articles: list[str]) -> None:
    assert conflict_sides(question, *articles or ["CSTO adalah aliansi."]) == []


def test_what_one_article_says_side_by_side_is_no_disagreement() -> None:
    assert conflict_sides("Berapa personel CSTO?", "Personel CSTO 3.600 orang. Personel CSTO 25 ribu tentara.") == []


def test_those_who_agree_are_one_side_and_the_best_sentence_comes_first() -> None:
    case = Case(
        "Kapan CSTO didirikan?", "CSTO didirikan pada 1992.", "CSTO didirikan tahun 1992.", "CSTO didirikan pada 2002."
    )
    found = find_conflict_sides(case.question, case.ranked)
    assert sorted(sorted(conflict_side.articles) for conflict_side in found) == [["berita"], ["kabar", "warta"]]
    assert case.ranked[0].article.id in found[0].articles
    assert {conflict_side.label for conflict_side in found} == {"1992", "2002"}


def test_who_leads_is_told_in_two_ways() -> None:
    case = Case(
        "Siapa yang memimpin CSTO?",
        "CSTO adalah aliansi militer yang dipimpin oleh Rusia.",
        "Perdana Menteri Armenia Nikol Pashinyan memimpin CSTO tahun ini.",
    )
    found = find_conflict_sides(case.question, case.ranked)
    assert {conflict_side.label for conflict_side in found} == {"Rusia", "Nikol Pashinyan"}
