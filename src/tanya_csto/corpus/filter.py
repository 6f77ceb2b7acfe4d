"""The filter: which articles a question is asked of, by the day they were published and by their outlets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from tanya_csto.corpus.articles import Corpus
from tanya_csto.errors import QuestionError

MONTHS: Final = {  # by the first letters of their names, Indonesian, old and English
    start: number
    for number, starts in enumerate(
        "jan,feb peb,mar,apr,mei may,jun,jul,agu ags aug,sep,okt oct,nov nop,des dec".split(","), start=1
    )
    for start in starts.split()
}
MAX_NAMED: Final = 10  # outlets that an error names

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
        elif (found := _WORDS.search(text.lower())) and found[2][:3] in MONTHS:
            day, month, year = int(found[1]), MONTHS[found[2][:3]], int(found[3])
        else:
            return None
        return date(year, month, day)
    except ValueError:
        return None


def articles_within(
    corpus: Corpus, since: str | None = None, until: str | None = None, outlets: Sequence[str] = ()
) -> frozenset[str] | None:
    """Return the ids of the articles that were published from `since` to `until`, both included, by the `outlets`.

    What is not given narrows nothing; None where nothing is. An article without a date is within no period.

    Raises:
        QuestionError: a day cannot be read, an outlet has no article, or none is left.
    """
    if since is None and until is None and not outlets:
        return None
    names = {outlet.casefold(): outlet for outlet in (article.outlet for article in corpus.articles)}
    if any(outlet.strip().casefold() not in names for outlet in outlets):
        known = list(names.values())
        listed = ", ".join(known[:MAX_NAMED]) + (", ..." if len(known) > MAX_NAMED else "")
        raise QuestionError("filter-unknown-outlet", known=listed)
    wanted = {outlet.strip().casefold() for outlet in outlets} or names.keys()
    first, last = _day(since) or date.min, _day(until) or date.max
    undated = since is None and until is None
    found = frozenset(
        article.id
        for article in corpus.articles
        if article.outlet.casefold() in wanted
        and (undated or ((day := published_date(article.published or "")) is not None and first <= day <= last))
    )
    if not found:
        raise QuestionError("filter-empty")
    return found


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    if (day := published_date(text)) is None:
        raise QuestionError("filter-bad-date")
    return day
