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
