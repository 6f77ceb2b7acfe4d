"""Dates of publication: read as publishers write them, and written as Indonesians do."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_NAMES: Final = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
_MONTHS: Final = {  # by the first letters of their names, Indonesian, old and English
    start: number
    for number, starts in enumerate(
        "jan,feb peb,mar,apr,mei may,jun,jul,agu ags aug,sep,okt oct,nov nop,des dec".split(","), start=1
    )
    for start in starts.split()
}
_ISO: Final = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)(?!\d)")
_NUMBERS: Final = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b")
_WORDS: Final = re.compile(r"\b(\d{1,2})\s+([a-z]{3,9})\.?\s+(\d{4})\b")


def published_date(text: str) -> date | None:
    """Return the day that a publisher's statement names; None where it names none.

    >>> published_date("Selasa, 17 Mei 2022 10:05 WIB")
    datetime.date(2022, 5, 17)
    >>> published_date("Tue, 17 May 2022 10:05:00 +0700")
    datetime.date(2022, 5, 17)
    >>> published_date("17/05/2022"), published_date("2022-05-17T10:05:00+07:00"), published_date("kemarin")
    (datetime.date(2022, 5, 17), datetime.date(2022, 5, 17), None)
    """
    try:
        if found := _ISO.search(text):
            year, month, day = map(int, found.groups())
        elif found := _NUMBERS.search(text):
            day, month, year = map(int, found.groups())
        elif (found := _WORDS.search(text.lower())) and found[2][:3] in _MONTHS:
            day, month, year = int(found[1]), _MONTHS[found[2][:3]], int(found[3])
        else:
            return None
        return date(year, month, day)
    except ValueError:
        return None


def written(text: str | None) -> str | None:
    """Return the day that a statement names as Indonesians write it; the statement itself where it names none.

    >>> written("2022-05-17")
    '17 Mei 2022'
    """
    day = published_date(text or "")
    return f"{day.day} {_NAMES[day.month - 1]} {day.year}" if day else text
