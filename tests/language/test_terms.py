"""Terms and phrases: found where their stems stand next to one another, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanya_csto.language.terms import analyse, runs_of, stems_of
from tanya_csto.text.spans import Span

TEXT = "Kantor pusatnya di Moskow; pusat kantor itu bukan kantor, pusat.Kantor pusat!"


def found(phrase: tuple[str, ...], text: str = TEXT) -> list[str]:
    terms = analyse(text)
    runs = runs_of(phrase, stems_of(text))
    return [text[terms[run[0]].span.start : terms[run[-1]].span.end] for run in runs]


@pytest.mark.parametrize(
    ("phrase", "places"),
    [
        (("kantor", "pusat"), ["Kantor pusatnya", "kantor, pusat", "Kantor pusat"]),
        (("moskow",), ["Moskow"]),
        (("pusat", "kantor", "itu"), ["pusat kantor itu"]),
        (("kantor", "moskow"), []),
        (("paris",), []),
    ],
)
def test_phrases_by_their_stems(phrase: tuple[str, ...], places: list[str]) -> None:
    assert found(phrase) == places


def test_a_phrase_does_not_run_over_the_end() -> None:
    assert found(("pusat", "kantor"), "kantor pusat") == []


def test_an_empty_text_holds_nothing() -> None:
    assert found(("kantor",), "") == []


def test_terms_keep_their_places_in_the_whole_text() -> None:
    text = "Rusia memimpin CSTO"
    terms = analyse(text, Span(6, len(text)))
    assert [(term.span.of(text), term.stem) for term in terms] == [("memimpin", "pimpin"), ("CSTO", "csto")]


def test_the_stems_of_a_phrase() -> None:
    assert stems_of("negara-negara anggotanya") == ("negara", "negara", "anggota")


@given(st.lists(st.sampled_from(["rusia", "csto", "dan"]), max_size=8), st.integers(0, 7), st.integers(1, 3))
def test_every_run_of_words_is_found_where_it_stands(words: list[str], start: int, width: int) -> None:
    phrase = tuple(words[start : start + width])
    if phrase:
        assert range(start, start + len(phrase)) in runs_of(phrase, tuple(words))


def test_a_phrase_is_found_in_any_number_of_places() -> None:
    """One place after the other; where each is looked up among all the others, it is over after minutes."""
    assert len(list(runs_of(("kantor", "pusat"), ("kantor", "pusat") * 30_000))) == 30_000
