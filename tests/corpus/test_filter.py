"""The filter: the articles that are left of a corpus."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tanya_csto.corpus.articles import Corpus
from tanya_csto.corpus.filter import articles_within
from tanya_csto.errors import QuestionError
from tests.conftest import corpus_of


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
