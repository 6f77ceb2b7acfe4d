"""Word lists: a dictionary's answers without the dictionary."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanya_csto.retrieval.wordlist import Counts, WordList

words = st.sets(st.text(max_size=5), max_size=20)


@given(words, st.text(max_size=5))
def test_a_word_list_answers_like_a_dictionary(listed: set[str], other: str) -> None:
    found = WordList.of(listed)
    expected = {word: number for number, word in enumerate(sorted(listed))}
    assert dict(found) == expected
    assert list(found) == sorted(listed)
    assert found.get(other) == expected.get(other)


def test_half_a_character_is_a_word_too() -> None:
    assert dict(WordList.of(["\ud800", "a"])) == {"a": 0, "\ud800": 1}


def test_counts_belong_to_their_words() -> None:
    counts = Counts(WordList.of(["csto", "aliansi"]), np.array([7, 9]))
    assert dict(counts) == {"aliansi": 7, "csto": 9}
    assert "rusia" not in counts
    with pytest.raises(KeyError):
        counts["rusia"]
