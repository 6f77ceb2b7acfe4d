"""Dates: days as publishers write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanya_csto.corpus.dates import published_date


@pytest.mark.parametrize(
    "stated",
    [
        "2022-05-07",
        "2022-05-07T23:59:00+07:00",
        "7 Mei 2022",
        "Sabtu, 07 Mei 2022 | 10:05 WIB",
        "Sabtu (7/5/2022)",
        "07-05-2022",
        "7.5.2022",
        "Sat, 07 May 2022 03:05:00 GMT",
    ],
)
def test_a_day_is_read_however_it_is_written(stated: str) -> None:
    assert published_date(stated) == date(2022, 5, 7)


@pytest.mark.parametrize(
    ("stated", "month"),
    [("1 Pebruari 2022", 2), ("1 Agu. 2022", 8), ("1 Okt 2022", 10), ("1 Nopember 2022", 11), ("1 Desember 2022", 12)],
)
def test_months_go_by_their_old_and_short_names(stated: str, month: int) -> None:
    assert published_date(stated) == date(2022, month, 1)


@pytest.mark.parametrize("stated", ["", "kemarin", "2022", "31 Februari 2022", "45/45/2022", "12 Orang 2022"])
def test_what_names_no_day_is_none(stated: str) -> None:
    assert published_date(stated) is None


@given(st.text())
def test_nothing_that_a_file_states_breaks_it(stated: str) -> None:
    found = published_date(stated)
    assert found is None or date.min <= found
