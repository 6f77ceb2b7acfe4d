"""Reranking: the networks put the sentence that means the same first, and the promises hold in the full mode, too."""

from __future__ import annotations

import pytest

from tanya_csto import Tanya
from tanya_csto.models.networks import load_networks


@pytest.fixture(scope="module")
def tanya() -> Tanya:
    return Tanya(networks=load_networks())


def test_the_features_are_bounded(tanya: Tanya) -> None:
    ranked = tanya.rank(tanya.understand("Siapa Sekretaris Jenderal CSTO?"))
    for candidate in ranked:
        assert {"similarity", "reading", "answerable"} <= set(candidate.features)
        assert -1 <= candidate.features["reading"] <= 1
        assert -1 <= candidate.features["answerable"] <= 1


def test_what_is_read_ranks_above_what_is_not(tanya: Tanya) -> None:
    ranked = tanya.rank(tanya.understand("Di mana kantor pusat CSTO?"))
    assert ranked[0].features["reading"] > -1
    assert "Moskow" in tanya.quote(ranked[0], tanya.understand("Di mana kantor pusat CSTO?"))


@pytest.mark.parametrize(
    ("question", "history"),
    [
        ("Kapan CSTO didirikan?", []),
        ("Kenapa Armenia membekukan keikutsertaannya?", []),
        ("jumlahnya brp?", ["Apa itu pasukan penjaga perdamaian CSTO?"]),
        ("Siapa juara Piala Dunia 2022?", []),
        ("<script>alert(1)</script> {{ 7 * 7 }}", []),
    ],
)
def test_the_promises_hold(tanya: Tanya, question: str, history: list[str]) -> None:
    answer = tanya.ask(question, history)
    assert answer == tanya.ask(question, history)
    for citation in answer.citations:
        assert citation.article.text[citation.span.start : citation.span.end] == citation.quote
        assert all(citation.span.contains(mark) for mark in citation.highlights)
    assert bool(answer.citations) == (answer.status in ("answered", "conflicting"))


def test_the_mode_is_told(tanya: Tanya) -> None:
    assert (tanya.mode, Tanya().mode) == ("full", "light")
