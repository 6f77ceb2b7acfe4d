"""The thesaurus: what may stand in for a word or phrase, found by its stems."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final, NamedTuple

from tanya_csto.language.lexicon import lexicon
from tanya_csto.language.terms import Term, analyse

Phrase = tuple[str, ...]  # stems

# how much a form counts for, when it stands in for the word that was asked
SYNONYM: Final = 0.75
LOOSE: Final = 0.5  # also for a synonym of another word of the same stem


class _Thesaurus(NamedTuple):
    by_stems: Mapping[Phrase, Mapping[Phrase, float]]
    by_word: Mapping[str, frozenset[Phrase]]  # of single words as the lists write them
    longest: int


def synonyms_of(term: Term) -> Mapping[Phrase, float]:
    """Return what may stand in for a word, with its worth in (0, 1).

    What stands in for another word of its stem counts less: "tertarik" is no "ditarik".
    """
    found = _thesaurus().by_stems.get((term.stem,), {})
    own = _thesaurus().by_word.get(term.token.norm)
    if own is None:
        return found
    return {phrase: worth if phrase in own else min(worth, LOOSE) for phrase, worth in found.items()}


def synonyms_of_phrase(stems: Phrase) -> Mapping[Phrase, float]:
    """Return what may stand in for a phrase, with its worth in (0, 1)."""
    return _thesaurus().by_stems.get(stems, {})


def longest_phrase() -> int:
    """Return how many words the longest phrase has."""
    return _thesaurus().longest


@cache
def _thesaurus() -> _Thesaurus:
    by_stems: dict[Phrase, dict[Phrase, float]] = {}
    by_word: dict[str, set[Phrase]] = {}
    lists = lexicon("synonyms")
    groups = [(LOOSE, group) for group in lists["loose"]] + [(SYNONYM, group) for group in lists["groups"]]
    for worth, group in groups:  # the surer ones last: they count
        members = [analyse(member) for member in group]
        phrases = dict.fromkeys(tuple(term.stem for term in terms) for terms in members)
        for phrase in phrases:
            by_stems.setdefault(phrase, {}).update({other: worth for other in phrases if other != phrase})
        for terms in members:
            if len(terms) == 1:
                by_word.setdefault(terms[0].token.norm, set()).update(phrases)
    return _Thesaurus(
        by_stems, {word: frozenset(phrases) for word, phrases in by_word.items()}, max(map(len, by_stems))
    )
