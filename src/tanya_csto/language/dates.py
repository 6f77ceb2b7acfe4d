"""Dates: the parts that one states, by which two of them are compared."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

from tanya_csto.language.lexicon import lexicon, pattern
from tanya_csto.language.tokens import words_of

DateParts = Mapping[str, frozenset[str]]
"""The years, months, days of the month, days of the week and times that a date states, as far as it does."""

_ORDERED: Final = ("year", "month", "day")  # parts by which one date may lie between two others
YEAR: Final = re.compile(r"\b(?:1[0-9]|20)[0-9]{2}\b")
_NUMERIC: Final = re.compile(r"\b(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d\d))?\b")
_DASHED: Final = re.compile(r"\b(\d{1,2})-(\d{1,2})-(?=\d{4}\b)")


def date_parts(text: str) -> DateParts:
    """Return the parts of a date, months as their numbers.

    >>> {part: sorted(values) for part, values in date_parts("Rabu, 25 Juni").items()}
    {'month': ['6'], 'day': ['25'], 'weekday': ['rabu']}
    """
    words = words_of(text)
    years = set(YEAR.findall(text))
    months = {str(month_numbers()[word]) for word in words if word in month_numbers()}
    days = {str(int(word)) for word in words if word.isdigit() and len(word) <= 2 and (months or "tanggal" in words)}
    for day, month, year in _NUMERIC.findall(_DASHED.sub(r"\1/\2/", text)):
        days.add(str(int(day)))
        months.add(str(int(month)))
        if year:
            years.add(year if len(year) == 4 else f"20{year}")
    same = lexicon("entities")["same_days"]
    weekdays = {same.get(word, word) for word in words if word in _weekdays()}
    times = {f"{int(told['hour'])}.{told['minute'] or '00'}" for told in pattern("clock").finditer(text)}
    stated = {"year": years, "month": months, "day": days, "weekday": weekdays, "time": times}
    return {part: frozenset(values) for part, values in stated.items() if values}


@lru_cache(maxsize=1024)
def dates_in(text: str) -> tuple[DateParts, ...]:
    """Return the dates that a text states."""
    return tuple(filter(None, (date_parts(found.group()) for found in pattern("date").finditer(text))))


def agreement(asked: DateParts, stated: tuple[DateParts, ...]) -> int:
    """Return 1 where one of the dates stated is, as far as both tell, the one asked about; -1 where all are others.

    A period agrees with what lies in it; of one over several months, the days tell nothing.

    >>> agreement(date_parts("18 Mei 2022"), (date_parts("17-19 Mei 2022"),))
    1
    """
    own = _comparable(asked)
    shared = [(date, parts) for date in stated if (parts := own & _comparable(date))]
    others = [any(_apart(part, asked[part], date[part]) for part in parts) for date, parts in shared]
    return 0 if not shared else -1 if all(others) else 1


def _comparable(date: DateParts) -> set[str]:
    return date.keys() - ({"day"} if len(date.get("month", ())) > 1 else set[str]())


def days_of(date: DateParts) -> DateParts:
    """Return the parts of a date by which it may lie between two others: its years, months and days."""
    return {part: date[part] for part in _ORDERED if part in date}


def _apart(part: str, one: frozenset[str], other: frozenset[str]) -> bool:
    if part not in _ORDERED:
        return one.isdisjoint(other)
    left, right = sorted(map(int, one)), sorted(map(int, other))
    return left[-1] < right[0] or right[-1] < left[0]


@cache
def _weekdays() -> frozenset[str]:
    return frozenset(day.casefold() for day in lexicon("entities")["days"])


@cache
def month_numbers() -> dict[str, int]:
    """Return the number of each month by its folded name, long or short."""
    names = [name.casefold() for name in lexicon("entities")["months"]]
    long = {name[:3]: number for number, name in enumerate(names[:12], start=1)} | {"agt": 8}
    return {name: long[name[:3]] for name in names}
