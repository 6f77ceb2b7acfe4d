"""Dates: what they state, and whether two of them may be one."""

from __future__ import annotations

import pytest

from tanya_csto.language.dates import agreement, date_parts, dates_in, days_of


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("15 Mei 1992", {"day": {"15"}, "month": {"5"}, "year": {"1992"}}),
        ("05 Mei", {"day": {"5"}, "month": {"5"}}),
        ("25-06-2021", {"day": {"25"}, "month": {"6"}, "year": {"2021"}}),
        ("Jum'at, 25 Juni", {"day": {"25"}, "month": {"6"}, "weekday": {"jumat"}}),
        ("hari Ahad", {"weekday": {"minggu"}}),
        ("1992", {"year": {"1992"}}),
        ("antara tahun 1992 dan 2002", {"year": {"1992", "2002"}}),
        ("Senin (17/5/2022)", {"day": {"17"}, "month": {"5"}, "year": {"2022"}, "weekday": {"senin"}}),
        ("(25/06/22)", {"day": {"25"}, "month": {"6"}, "year": {"2022"}}),
        ("Selasa (25/6)", {"day": {"25"}, "month": {"6"}, "weekday": {"selasa"}}),
        ("Januari dan Februari 1933", {"month": {"1", "2"}, "year": {"1933"}}),
        ("12 dan 13 Mei 2025", {"day": {"12", "13"}, "month": {"5"}, "year": {"2025"}}),
        ("12-13 Mei 2025", {"day": {"12", "13"}, "month": {"5"}, "year": {"2025"}}),
        ("pertengahan Agustus", {"month": {"8"}}),
        ("17 Agt 1945", {"day": {"17"}, "month": {"8"}, "year": {"1945"}}),
        ("Kamis (29/5)", {"day": {"29"}, "month": {"5"}, "weekday": {"kamis"}}),
        ("pukul 04.30 WIB", {"time": {"4.30"}}),
        ("Pukul 9", {"time": {"9.00"}}),
        ("pekan lalu", {}),
    ],
)
def test_what_a_date_states(text: str, parts: dict[str, set[str]]) -> None:
    assert date_parts(text) == parts


def test_the_dates_of_a_sentence_in_order() -> None:
    assert dates_in("Sejak 2019 hingga Rabu (5/7) ia dirawat dua minggu.") == (
        date_parts("2019"),
        date_parts("Rabu (5/7)"),
    )


@pytest.mark.parametrize(
    ("asked", "stated", "sign"),
    [
        ("5 Juli 2025", "Per 5 Juli, 96 orang.", 1),
        ("5 Juli 2025", "Per 28 Juni 2025, 41 orang.", -1),
        ("5 Juli 2025", "Dari 28 Juni hingga 5 Juli, 41 orang.", 1),
        ("5 Juli", "Pada 2025, 41 orang.", 0),
        ("Rabu", "Pada Kamis 41 orang.", -1),
        ("2025", "Hanya 41 orang.", 0),
        ("2022", "Ia pergi pada 2018.", -1),
        ("2022", "Ia pergi pada 2018 dan kembali pada 2022.", 1),
        ("2020", "Ia menjabat dari 2018 hingga 2022.", 1),
        ("18 Mei", "Pertemuan berlangsung 17-19 Mei 2022.", 1),
        ("20 Mei", "Pertemuan berlangsung 17-19 Mei 2022.", -1),
        ("9 Juni", "Hingga 16 Juni tercatat sembilan kasus.", -1),
        ("10-20 Mei", "Pada 15 Mei loket tutup.", 1),
        ("1 Juni", "Loket tutup dari 28 Mei hingga 3 Juni 2022.", 1),
        ("1 Juli", "Loket tutup dari 28 Mei hingga 3 Juni 2022.", -1),
    ],
)
def test_a_date_agrees_as_far_as_both_tell(asked: str, stated: str, sign: int) -> None:
    assert agreement(date_parts(asked), dates_in(stated)) == sign


def test_the_time_of_the_day_is_no_part_of_the_day() -> None:
    assert days_of(date_parts("Senin, 5 Juli 2025 pukul 10.00")) == date_parts("5 Juli 2025")
