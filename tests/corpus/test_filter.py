"""The filter: days as publishers write them, and the articles that are left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanya_csto.corpus.articles import Corpus
from tanya_csto.corpus.filter import articles_within, published_date
from tanya_csto.errors import QuestionError
from tests.conftest import corpus_of


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
    assert published_date(stated) is None or date.min <= published_date(stated)


@pytest.fixture
def corpus() -> Corpus:
    made = corpus_of("Satu.", "Dua.", "Tiga.", "Empat.", outlets=("A", "B", "C", "D"))
    stated = [("Kabar", "1 Mei 2022"), ("Kabar", "2022-05-31"), ("Warta", "3 Juni 2022"), ("Warta", None)]
    articles = [
        replace(article, id=f"a{number}", outlet=outlet, published=published)
        for number, (article, (outlet, published)) in enumerate(zip(made.articles, stated, strict=True), start=1)
    ]
    return Corpus(tuple(articles))


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ({}, None),
        ({"since": "2022-05-31"}, {"a2", "a3"}),
        ({"until": "31 Mei 2022"}, {"a1", "a2"}),
        ({"since": "2022-05-02", "until": "2022-06-02"}, {"a2"}),
        ({"outlets": ["warta"]}, {"a3", "a4"}),
        ({"outlets": ["Kabar", " WARTA "]}, {"a1", "a2", "a3", "a4"}),
        ({"outlets": ["Warta"], "since": "2022-01-01"}, {"a3"}),
    ],
)
def test_the_articles_that_are_left(corpus: Corpus, given: dict[str, object], left: set[str] | None) -> None:
    assert articles_within(corpus, **given) == left  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"since": "besok"}, "filter-bad-date"),
        ({"until": ""}, "filter-bad-date"),
        ({"outlets": ["Kabar", "Suara"]}, "filter-unknown-outlet"),
        ({"outlets": [""]}, "filter-unknown-outlet"),
        ({"since": "2023-01-01"}, "filter-empty"),
        ({"since": "2022-06-01", "until": "2022-05-01"}, "filter-empty"),
    ],
)
def test_a_filter_that_cannot_be_used_says_why(corpus: Corpus, given: dict[str, object], code: str) -> None:
    with pytest.raises(QuestionError) as refused:
        articles_within(corpus, **given)  # type: ignore[arg-type]
    assert refused.value.code == code


def test_an_unknown_outlet_is_told_the_known_ones(corpus: Corpus) -> None:
    with pytest.raises(QuestionError, match="Kabar, Warta"):
        articles_within(corpus, outlets=["Suara"])
