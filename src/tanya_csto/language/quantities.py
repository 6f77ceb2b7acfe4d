"""Quantities: the figure and the unit of one, by which two of them are compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from tanya_csto.language.lexicon import lexicon
from tanya_csto.language.tokens import tokenize

_SIGNS: Final = {"Rp": "rupiah", "$": "dolar", "€": "euro", "%": "persen"}
_POWER: Final = re.compile(r"(?<=m)[23]\b")  # of a unit: "km2"


def figure_of(text: str) -> str:
    """Return the figure of a quantity, in digits where it is a simple numeral: "enam negara" and "6 negara" are one."""
    numerals: Sequence[str] = lexicon("entities")["numerals"]
    figures: list[str] = []
    for word in (token.norm for token in tokenize(_POWER.sub("", text))):
        if word == "belas" and figures and figures[-1].isdigit():
            figures[-1] = str(int(figures[-1]) + 10)
        elif word in numerals[:12]:
            figures.append(str(numerals.index(word)))
        elif word in numerals or word[0].isdigit():
            figures.append(word)
    return " ".join(figures)


def unit_of(text: str) -> str:
    """Return the unit in which a quantity is stated; none where it counts people or things.

    >>> unit_of("US$6 juta"), unit_of("35 %"), unit_of("enam orang"), unit_of("36 meter")
    ('dolar', 'persen', '', 'meter')
    """
    for sign, unit in _SIGNS.items():
        if sign in text:
            return unit
    words = (token.norm for token in tokenize(text))
    return next((word for word in words if word in lexicon("entities")["measures"]), "")
