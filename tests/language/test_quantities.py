"""Quantities: "enam negara" and "6 negara" are one figure, percentages and money have units."""

from __future__ import annotations

import pytest

from tanya_csto.language.quantities import figure_of, unit_of


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("enam negara", "6"),
        ("6 negara", "6"),
        ("sekitar 3.600 orang", "3.600"),
        ("25 ribu tentara", "25 ribu"),
        ("Rp14.200 per kilogram", "14.200"),
        ("20.153,15 km2", "20.153,15"),
        ("dua belas orang", "12"),
        ("2,5%", "2,5"),
        ("banyak negara", ""),
    ],
)
def test_the_figure_of_a_quantity(text: str, figure: str) -> None:
    assert figure_of(text) == figure


@pytest.mark.parametrize(
    ("text", "unit"),
    [("US$6 juta", "dolar"), ("Rp14.200", "rupiah"), ("2,5%", "persen"), ("enam jam", "jam"), ("enam orang", "")],
)
def test_the_unit_of_a_quantity(text: str, unit: str) -> None:
    assert unit_of(text) == unit
