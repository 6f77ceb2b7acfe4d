"""Claims: what sentences say, in a form in which "enam negara" and a list of six are the same."""

from __future__ import annotations

import pytest

from tanya_csto.ranking.claims import (
    date_value,
    find_list,
    membership_claim,
    name_key,
    number_value,
    short_claim,
)
from tanya_csto.retrieval.index import Index
from tests.conftest import corpus_of
from tests.ranking.setting import Case


@pytest.mark.parametrize(
    ("one", "other"), [("Kyrgyzstan", "Kirgistan"), ("Belarusia", "Belarus"), ("Putin", "Vladimir Putin")]
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other) != name_key("Armenia")


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("15 Mei 1992", ("1992",)),
        ("1992", ("1992",)),
        ("antara tahun 1992 dan 2002", ("1992", "2002")),
        ("Senin (17/5/2022)", ("2022",)),
        ("pekan lalu", ()),
    ],
)
def test_the_years_of_a_date(text: str, years: tuple[str, ...]) -> None:
    assert date_value(text) == years


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("enam negara", ("6",)),
        ("6 negara", ("6",)),
        ("sekitar 3.600 orang", ("3.600",)),
        ("25 ribu tentara", ("25", "ribu")),
        ("banyak negara", ()),
    ],
)
def test_the_figure_of_a_quantity(text: str, figure: tuple[str, ...]) -> None:
    assert number_value(text) == figure


def listed(text: str) -> list[str]:
    (indexed,) = Index(corpus_of(text)).indexed_sentences
    return [entity.span.of(text) for entity in find_list(indexed)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Anggotanya Rusia, Belarus,Armenia, dan Tajikistan.", ["Rusia", "Belarus", "Armenia", "Tajikistan"]),
        ("Putin di Moskow bertemu Rusia, Armenia serta Belarus.", ["Rusia", "Armenia", "Belarus"]),
        ("Rusia dan Armenia pulang.", []),
        ("Rusia menyerang Ukraina, lalu Armenia diam.", []),
    ],
)
def test_enumerations(text: str, names: list[str]) -> None:
    assert listed(text) == names


def claimed(question: str, sentence: str) -> tuple[str, ...] | None:
    case = Case(question, f"CSTO adalah aliansi. {sentence}")
    claim = membership_claim(case.question, case.retrieved(sentence))
    return None if claim is None else claim.value


LIST = "CSTO beranggotakan Rusia, Belarusia, dan Kirgistan."


def test_a_list_of_members_is_a_claim_whatever_its_spelling_and_order() -> None:
    same = "CSTO menaungi Kyrgyzstan, Rusia, dan Belarus."
    assert claimed("Siapa saja anggota CSTO?", LIST) == claimed("Siapa saja anggota CSTO?", same) is not None


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        (LIST, ("3",)),
        ("CSTO menyatukan enam negara.", ("6",)),
        ("Rusia bersama 5 negara bergabung dalam CSTO.", ("6",)),
        ("CSTO besar.", None),
    ],
)
def test_the_number_of_members(sentence: str, count: tuple[str, ...] | None) -> None:
    assert claimed("Berapa jumlah negara anggota CSTO?", sentence) == count


@pytest.mark.parametrize(
    ("question", "sentence", "belongs"),
    [
        ("Apakah Rusia anggota CSTO?", LIST, ("ya",)),
        ("Apakah Kirgizstan anggota CSTO?", LIST, ("ya",)),
        ("Apakah Uzbekistan anggota CSTO?", LIST, ("tidak",)),
        ("Apakah Uzbekistan anggota CSTO?", "Uzbekistan merupakan anggota CSTO hingga 2012.", ("tidak",)),
        ("Apakah Uzbekistan anggota CSTO?", "Anggota CSTO seperti Rusia, Armenia, dan Belarus hadir.", None),
        ("Apakah Uzbekistan anggota CSTO?", "Pemimpin Uzbekistan tiba.", None),
    ],
)
def test_whether_a_country_belongs(question: str, sentence: str, belongs: tuple[str, ...] | None) -> None:
    assert claimed(question, sentence) == belongs


def test_the_claim_of_a_short_answer_shows_the_words_of_the_article() -> None:
    case = Case("Kapan CSTO didirikan?", "CSTO didirikan pada 15 Mei 1992.")
    best = case.ranked[0]
    assert best.short is not None
    claim = short_claim(case.question, best.article, best.short)
    assert (claim.value, claim.label, claim.span) == (("1992",), "15 Mei 1992", best.short)
