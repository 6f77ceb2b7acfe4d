"""The thesaurus: what may stand in for a word, and for how much."""

from __future__ import annotations

import pytest

from tanya_csto.language.terms import analyse, stems_of
from tanya_csto.language.thesaurus import LOOSE, SYNONYM, longest_phrase, synonyms_of, synonyms_of_phrase


@pytest.mark.parametrize(
    ("word", "other", "worth"),
    [
        ("didirikan", "dibentuk", SYNONYM),
        ("izin", "lampu hijau", LOOSE),  # an idiom
        ("didirikan", "dibubarkan", None),
        ("zijlstra", "orang", None),
    ],
)
def test_what_stands_in_for_a_word(word: str, other: str, worth: float | None) -> None:
    (term,) = analyse(word)
    assert synonyms_of(term).get(stems_of(other)) == worth


def test_synonyms_of_another_word_of_the_same_stem_count_less() -> None:
    (leader,), (lead,) = analyse("pemimpin"), analyse("memimpin")
    kepala = stems_of("kepala")
    assert synonyms_of(leader)[kepala] == SYNONYM
    assert synonyms_of(lead)[kepala] == LOOSE


def test_a_phrase_stands_in_for_a_word_and_back() -> None:
    (spokesman,) = analyse("jubir")
    phrase = stems_of("juru bicara")
    assert synonyms_of(spokesman)[phrase] == SYNONYM
    assert spokesman.stem in {stem for stems in synonyms_of_phrase(phrase) for stem in stems}
    assert 2 <= len(phrase) <= longest_phrase()
