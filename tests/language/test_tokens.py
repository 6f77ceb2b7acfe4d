"""Tokens: what is one word or number, and which spellings are the same word."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanya_csto.language.tokens import fold, tokenize
from tanya_csto.text.spans import Span


def surfaces(text: str) -> list[str]:
    return [token.surface for token in tokenize(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Belarus,Armenia", ["Belarus", "Armenia"]),
        ("3.600 orang", ["3.600", "orang"]),
        ("1,5 juta.", ["1,5", "juta"]),
        ("25/2/2022", ["25", "2", "2022"]),
        ("(17/5/2022).", ["17", "5", "2022"]),
        ("pada 2002.", ["pada", "2002"]),
        ("laman id.rbth.com, katanya", ["laman", "id.rbth.com", "katanya"]),
        ("Suara.com?", ["Suara.com"]),
        ("Perspektif.co.id - CSTO", ["Perspektif.co.id", "CSTO"]),
        ("BANGKAPOS.COM-Perang", ["BANGKAPOS.COM", "Perang"]),
        ("bagi Rusia.Kini CSTO", ["bagi", "Rusia", "Kini", "CSTO"]),
        ("negara-negara pasca-Soviet", ["negara", "negara", "pasca", "Soviet"]),
        ("Jum'at dan Jum’at", ["Jum'at", "dan", "Jum’at"]),
        ("“firewall”", ["firewall"]),
        ("Pertahanan\u00a0Atlantik", ["Pertahanan", "Atlantik"]),
        ("Türkiye", ["Türkiye"]),
        ("4x4 _a_ 🛡️", ["4", "x", "4", "a"]),
        ("...!?", []),
        ("", []),
    ],
)
def test_words_and_numbers(text: str, expected: list[str]) -> None:
    assert surfaces(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [("Türkiye", "turkiye"), ("Jum’at", "jum'at"), ("CSTO", "csto"), ("Rahmón", "RAHMON"), ("ﬁrewall", "firewall")],
)
def test_spellings_that_fold_to_one_word(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_words_that_differ_stay_apart() -> None:
    assert len({fold(word) for word in ("perang", "serang", "perangi", "3600", "3.600")}) == 5


@pytest.mark.parametrize(("word", "number", "capital"), [("3.600", True, False), ("Rusia", False, True)])
def test_what_a_token_tells(word: str, number: bool, capital: bool) -> None:
    (token,) = tokenize(word)
    assert (token.is_number, token.is_capitalised) == (number, capital)


def test_only_the_window_is_read() -> None:
    text = "Rusia dan Armenia"
    assert [token.surface for token in tokenize(text, Span(6, 9))] == ["dan"]


@given(st.text(max_size=120))
def test_tokens_of_any_text_slice_back_in_order(text: str) -> None:
    tokens = tokenize(text)
    assert all(token.span.of(text) == token.surface != "" for token in tokens)
    assert all(token.norm == fold(token.surface) for token in tokens)
    assert all(left.span.end <= right.span.start for left, right in pairwise(tokens))


@given(st.text(max_size=60))
def test_letters_and_digits_are_never_lost(text: str) -> None:
    covered = {place for token in tokenize(text) for place in range(token.span.start, token.span.end)}
    lost = [char for place, char in enumerate(text) if place not in covered and char.isascii() and char.isalnum()]
    assert lost == []
