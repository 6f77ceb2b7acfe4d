"""The way of one question that stands by itself: candidates, reading, what is found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tanya_csto.corpus.articles import Corpus
from tanya_csto.finder import Finder
from tanya_csto.models.networks import load_networks


@pytest.fixture(scope="module")
def light(corpus: Corpus) -> Finder:
    return Finder(corpus, None, None)


@pytest.fixture(scope="module")
def unbanked(corpus: Corpus) -> Finder:
    return Finder(replace(corpus, bank=None), None, None)


@pytest.mark.parametrize("name", ["light", "unbanked"])
def test_candidates_stand_best_first_and_are_quoted_as_they_would_be(name: str, request: pytest.FixtureRequest) -> None:
    finder: Finder = request.getfixturevalue(name)
    question = finder.parse("Di mana kantor pusat CSTO?")
    ranked, evidence = finder.candidates(question)
    assert (evidence is None) is (name == "unbanked")
    assert [each.score for each in ranked] == sorted((each.score for each in ranked), reverse=True)
    assert "Moskow" in finder.quote(ranked[0], question)
    assert finder.candidates(question, read=True)[0] == ranked  # there is no reader


def test_candidates_are_read_where_that_is_asked_for(corpus: Corpus) -> None:
    full = Finder(corpus, load_networks(), None)
    question = full.parse("Di mana kantor pusat CSTO?")
    unread, read = (full.candidates(question, read=read)[0] for read in (False, True))
    assert not any("read" in each.features for each in unread)
    chosen = [each for each in read if "read" in each.features]
    assert chosen
    assert all(-1 <= each.features[name] <= 1 for each in chosen for name in ("reading", "answerable"))
    assert all("similarity" in each.features for each in read)
    assert sorted(each.number for each in read) == sorted(each.number for each in unread)
    assert "Moskow" in full.quote(read[0], question)


def test_within_some_articles_nothing_else_is_found_and_nothing_else_remembered(light: Finder) -> None:
    asked = "Di mana kantor pusat CSTO?"
    assert light.find(asked).status == "answered"
    silent = light.within(frozenset({"bangkapos"}))
    assert all(quote.article.id == "bangkapos" for quote in silent.find(asked).quotes)
    assert light.find(asked).quotes[0].article.id == "suara"
