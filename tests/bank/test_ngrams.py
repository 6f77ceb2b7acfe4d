"""N-grams: the same question always falls into the same buckets, and one that looks alike into many of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanya_csto.bank.ngrams import BUCKETS, buckets, ngrams
from tanya_csto.language.terms import analyse


def grams(text: str) -> list[str]:
    return list(ngrams(text, analyse(text)))


def shared(left: str, right: str) -> float:
    """Return the share of the buckets of two questions that both fall into."""
    one, other = (set(buckets(text, analyse(text)).tolist()) for text in (left, right))
    return len(one & other) / len(one | other)


def test_a_question_is_its_stems_their_pairs_and_its_letters() -> None:
    assert grams("Apa itu") == [
        *("apa", "itu", "apa itu"),
        *("<a", "ap", "pa", "a>", "<ap", "apa", "pa>", "<apa", "apa>", "<apa>"),
        *("<i", "it", "tu", "u>", "<it", "itu", "tu>", "<itu", "itu>", "<itu>"),
    ]


def test_stems_see_through_affixes() -> None:
    assert {"pimpin", "siapa pimpin"} <= set(grams("siapa memimpin"))


@pytest.mark.parametrize("other", ["SIAPA SEKJEN CSTO", "siapa  sekjen csto?!"])
def test_capitals_and_marks_make_no_difference(other: str) -> None:
    assert shared("Siapa sekjen CSTO?", other) == 1


def test_a_mistyped_question_stays_nearer_than_another() -> None:
    asked = "Siapa sekretaris jenderal?"
    assert shared(asked, "siapa sekretariss jendral") > 0.5 > shared(asked, "Di mana kantor pusat?")


@pytest.mark.parametrize("text", ["", "🛡️ ?!"])
def test_a_text_without_a_word_falls_into_no_bucket(text: str) -> None:
    assert buckets(text, analyse(text)).tolist() == []


def test_the_buckets_are_those_that_the_shipped_classifiers_were_trained_on() -> None:
    found = buckets("apa", analyse("apa"))
    assert found.dtype == np.int32
    assert found.tolist() == [4394, 7649, 14629, 15047, 15054, 20541, 21938, 24679, 28220, 30223]


@given(st.text(max_size=120))
def test_buckets_of_any_text_are_sorted_in_range_and_always_the_same(text: str) -> None:
    found = buckets(text, analyse(text)).tolist()
    assert found == sorted(set(found)) == buckets(text, analyse(text)).tolist()
    assert all(0 <= bucket < BUCKETS for bucket in found)
