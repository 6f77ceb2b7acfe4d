"""The filter: which articles a question is asked of, by the day they were published and by their outlets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from tanya_csto.corpus.articles import Corpus
from tanya_csto.corpus.dates import published_date
from tanya_csto.errors import QuestionError

MAX_NAMED: Final = 10  # outlets that an error names


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
    known = {article.outlet.casefold(): article.outlet for article in corpus.articles}
    wanted = {outlet.strip().casefold() for outlet in outlets}
    if not wanted <= known.keys():
        listed = ", ".join(list(known.values())[:MAX_NAMED]) + (", ..." if len(known) > MAX_NAMED else "")
        raise QuestionError("filter-unknown-outlet", known=listed)
    found = [article for article in corpus.articles if not wanted or article.outlet.casefold() in wanted]
    if since is not None or until is not None:
        first, last = _day(since, date.min), _day(until, date.max)
        days = ((article, published_date(article.published or "")) for article in found)
        found = [article for article, day in days if day is not None and first <= day <= last]
    if not found:
        raise QuestionError("filter-empty")
    return frozenset(article.id for article in found)


def _day(text: str | None, otherwise: date) -> date:
    day = otherwise if text is None else published_date(text)
    if day is None:
        raise QuestionError("filter-bad-date")
    return day
