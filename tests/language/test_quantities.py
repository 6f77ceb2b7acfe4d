"""Quantities: "enam negara" and "6 negara" are one figure, percentages and money have units."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanya_csto.language.lexicon import lexicon
from tanya_csto.language.quantities import figure_of, unit_of


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("enam negara", "6"),
        ("6 negara", "6"),
        ("sekitar 3.600 orang", "3600"),
        ("25 ribu tentara", "25000"),
        ("25.000 tentara", "25000"),
        ("Rp14.200 per kilogram", "14200"),
        ("tiga sampai delapan bulan", "3 8"),
        ("3 hingga 8 bulan", "3 8"),
        ("Rp2,5 juta hingga Rp35 juta", "2500000 35000000"),
        ("20.153,15 km2", "20153.15"),
        ("dua belas orang", "12"),
        ("dua puluh satu nyawa", "21"),
        ("seratus lima orang", "105"),
        ("seribu delapan ratus lima puluh orang", "1850"),
        ("dua ratus ribu hektare", "200000"),
        ("tiga juta lima ratus ribu rupiah", "3500000"),
        ("Rp1,47 triliun", "1470000000000"),
        ("satu setengah juta", "1500000"),
        ("sepuluh ribu", "10000"),
        ("skor 3-2", "3 2"),
        ("Pasal 51 ayat 2", "51 2"),
        ("2,5%", "2.5"),
        ("banyak negara", ""),
    ],
)
def test_the_figure_of_a_quantity(text: str, figure: str) -> None:
    assert figure_of(text) == figure


def in_words(number: int) -> str:
    """Return a number below 10**12 in Indonesian."""
    for power, name, one in ((10**9, "miliar", ""), (10**6, "juta", "sejuta"), (1000, "ribu", "seribu")):
        if number >= power:
            many, rest = divmod(number, power)
            return (
                f"{one if many == 1 and one else f'{in_words(many)} {name}'} {in_words(rest) if rest else ''}".strip()
            )
    if number >= 100:
        many, rest = divmod(number, 100)
        return f"{'seratus' if many == 1 else f'{in_words(many)} ratus'} {in_words(rest) if rest else ''}".strip()
    if number >= 20:
        many, rest = divmod(number, 10)
        return f"{in_words(many)} puluh {in_words(rest) if rest else ''}".strip()
    if number >= 12:
        return f"{in_words(number - 10)} belas"
    return "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas".split()[number]


@pytest.mark.parametrize("word", lexicon("entities")["numerals"])
def test_every_numeral_has_a_value(word: str) -> None:
    assert figure_of(f"{word} orang")


@given(st.text(alphabet="0123456789., ribujt", max_size=60))
def test_any_figure_has_a_value(text: str) -> None:
    assert all(set(figure) <= set("0123456789.") for figure in figure_of(text).split())


def test_a_figure_of_any_length_has_a_value() -> None:
    assert figure_of("9" * 1_000_000 + " ribu") == figure_of("9" * 2_000_000 + " ribu")


@given(st.integers(0, 10**12 - 1))
def test_words_and_digits_are_one_figure(number: int) -> None:
    grouped = f"{number:,}".replace(",", ".")
    assert figure_of(f"{in_words(number)} orang") == figure_of(f"{grouped} orang") == str(number)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("US$6 juta", "dolar"),
        ("Rp14.200", "rupiah"),
        ("2,5%", "persen"),
        ("enam jam", "jam"),
        ("enam orang", ""),
        ("5 km", "kilometer"),
        ("20 °C", "derajat"),
        ("lantai dua", "lantai"),
    ],
)
def test_the_unit_of_a_quantity(text: str, unit: str) -> None:
    assert unit_of(text) == unit
