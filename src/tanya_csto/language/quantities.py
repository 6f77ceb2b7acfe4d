"""Quantities: the figure and the unit of one, by which two of them are compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Final

from tanya_csto.language.lexicon import lexicon, pattern
from tanya_csto.language.tokens import words_of

_SIGNS: Final = {"Rp": "rupiah", "$": "dolar", "€": "euro", "%": "persen", "°": "derajat"}
_GROUPED: Final = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_THOUSAND: Final = 1000
_LONGEST: Final = 24  # digits and signs of a number that are looked at
_POWER: Final = re.compile(r"(?<=m)[23]\b")  # of a unit: "km2"


def figure_of(text: str) -> str:
    """Return the figure of a quantity in plain digits, so that two ways of writing one are alike.

    >>> figure_of("1.850 pekerja"), figure_of("seribu delapan ratus lima puluh orang"), figure_of("Rp1,5 juta")
    ('1850', '1850', '1500000')
    """
    numerals: Sequence[str] = lexicon("entities")["numerals"]
    numbers: list[list[str]] = []
    for before, word in pairwise(["", *words_of(_POWER.sub("", text))]):
        first = not numbers or pattern("up_to").fullmatch(f" {before} ")
        if word[0].isdigit() or (word in numerals and first):
            numbers.append([word])
        elif word in numerals:
            numbers[-1].append(word)
    return " ".join(f"{_value(words).normalize():f}" for words in numbers)


def _value(words: Sequence[str]) -> Decimal:
    """Return the value of a number: digits, or numerals, or digits with a power of ten behind."""
    digits, powers, teen = (lexicon("entities")[name] for name in ("digits", "powers", "teen"))
    total = below = digit = Decimal(0)  # of thousands and more, of tens and hundreds, of what is not multiplied yet
    for word in words:
        power = Decimal(powers.get(word, 0))
        if word == teen:
            below, digit = below + digit + 10, Decimal(0)
        elif not power:
            digit += Decimal(digits[word]) if word in digits else _decimal(word)
        elif power < _THOUSAND:
            below, digit = below + (digit or 1) * power, Decimal(0)
        else:
            total, below, digit = total + (below + digit or 1) * power, Decimal(0), Decimal(0)
    return total + below + digit


def _decimal(digits: str) -> Decimal:
    """Return the value of digits as Indonesian writes them, points between thousands and a comma before the rest."""
    digits = digits[:_LONGEST]
    if _GROUPED.fullmatch(digits):
        digits = digits.replace(".", "")
    whole, *rest = re.split("[.,]", digits)
    return Decimal(f"{whole}.{''.join(rest)}" if rest else whole)


def unit_of(text: str) -> str:
    """Return the unit in which a quantity is stated, or what its number tells apart; none where it counts.

    >>> unit_of("US$6 juta"), unit_of("35 %"), unit_of("enam orang"), unit_of("36 km"), unit_of("Pasal 51")
    ('dolar', 'persen', '', 'kilometer', 'pasal')
    """
    for sign, unit in _SIGNS.items():
        if sign in text:
            return unit
    return next((_units()[word] for word in words_of(text) if word in _units()), "")


@cache
def _units() -> dict[str, str]:
    return {word: word for word in lexicon("entities")["numbered"]} | measures()


@cache
def measures() -> dict[str, str]:
    """Return the units by the folded words that name them."""
    return {name: names[0] for names in lexicon("entities")["measures"] for name in names}
