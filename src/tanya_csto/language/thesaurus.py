"""The thesaurus: what may stand in for a word or phrase, found by its stems."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple

from tanya_csto.language.lexicon import synonym_groups
from tanya_csto.language.stems import stem
from tanya_csto.language.terms import Term

Phrase = tuple[str, ...]  # stems

# how much a form counts for, when it stands in for the word that was asked
SYNONYM: Final = 0.75
LOOSE: Final = 0.5  # also for a synonym of another word of the same stem


class _Thesaurus(NamedTuple):
    groups: Sequence[tuple[float, Sequence[Phrase]]]  # with what a member counts for; the surer ones last
    by_phrase: Mapping[Phrase, Sequence[int]]  # the groups by their members, and by the single words among them
    by_word: Mapping[str, Sequence[int]]


def synonyms_of(term: Term) -> Mapping[Phrase, float]:
    """Return what may stand in for a word, with its worth in (0, 1).

    What stands in for another word of its stem counts less: "tertarik" is no "ditarik".
    """
    found = synonyms_of_phrase((term.stem,))
    if (numbers := _thesaurus().by_word.get(term.token.norm)) is None:
        return found
    own = {phrase for number in numbers for phrase in _thesaurus().groups[number][1]}
    return {phrase: worth if phrase in own else min(worth, LOOSE) for phrase, worth in found.items()}


def synonyms_of_phrase(stems: Phrase) -> Mapping[Phrase, float]:
    """Return what may stand in for a phrase, with its worth in (0, 1)."""
    found: dict[Phrase, float] = {}
    for number in _thesaurus().by_phrase.get(stems, ()):
        worth, phrases = _thesaurus().groups[number]
        found.update({phrase: worth for phrase in phrases if phrase != stems})
    return found


@cache
def longest_phrase() -> int:
    """Return how many words the longest phrase has."""
    return max(map(len, _thesaurus().by_phrase))


@cache
def _thesaurus() -> _Thesaurus:
    groups: list[tuple[float, Sequence[Phrase]]] = []
    by_phrase: dict[Phrase, list[int]] = {}
    by_word: dict[str, list[int]] = {}
    for worth, name in ((LOOSE, "synonyms-loose"), (SYNONYM, "synonyms")):
        for members in synonym_groups(name):
            words = [member.split() for member in members]
            phrases = tuple(dict.fromkeys(tuple(map(stem, each)) for each in words))
            for phrase in phrases:
                by_phrase.setdefault(phrase, []).append(len(groups))
            for each in words:
                if len(each) == 1:
                    by_word.setdefault(each[0], []).append(len(groups))
            groups.append((worth, phrases))
    return _Thesaurus(groups, by_phrase, by_word)
