"""Names: countries, capitals, regions and organisations, and which words stand for the same one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from tanya_csto.language.lexicon import lexicon
from tanya_csto.language.tokens import words_of

NameKind = Literal["country", "city", "organisation", "region"]
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)  # each name is made once
class Name:
    """One name of the gazetteer: `key` is its usual form; `spellings` name the same thing, `metonyms` stand for it.

    A metonym is what news writes instead ("Kremlin" for Rusia, the members of a region for the region). All forms are
    tuples of folded words.
    """

    key: str
    kind: NameKind
    spellings: frozenset[Words]
    metonyms: frozenset[Words] = frozenset()


@cache
def names() -> tuple[Name, ...]:
    """Return the gazetteer."""
    data = lexicon("names")
    found = []
    for country in data["country"]:
        usual, capitals, metonyms = country["names"], country.get("capitals", ()), country.get("metonyms", ())
        own, seat, spoken = map(_spellings, (usual, capitals, metonyms))
        found.append(Name(usual[0], "country", own, (seat | spoken) - own))
        if capitals:
            found.append(Name(capitals[0], "city", seat, (own | spoken) - seat))
        found += [Name(metonym, "organisation", _spellings([metonym]), own | seat) for metonym in metonyms]
    found += [Name(forms[0], "organisation", _spellings(forms)) for forms in data["organisations"]]
    found += [Name(key, "region", _spellings([key]), _spellings(members)) for key, members in data["regions"].items()]
    return tuple(found)


def _spellings(forms: Iterable[str]) -> frozenset[Words]:
    return frozenset(map(words_of, forms))


@cache
def name_index() -> dict[Words, tuple[Name, ...]]:
    """Return the names by each of their spellings."""
    index: dict[Words, tuple[Name, ...]] = {}
    for name in names():
        for spelling in sorted(name.spellings):
            index[spelling] = (*index.get(spelling, ()), name)
    return index


def names_in(words: Words) -> frozenset[Name]:
    """Return the names whose spellings stand among folded words."""
    places = ((start, end) for start in range(len(words)) for end in range(start + 1, start + longest_name() + 1))
    return frozenset(name for start, end in places for name in name_index().get(words[start:end], ())[:1])


@cache
def longest_name() -> int:
    """Return the number of words of the longest name."""
    return max(map(len, name_index()))


def is_name(norm: str) -> bool:
    """Tell whether a folded token is a name of its own or one word of a longer name that is no common word."""
    return (norm,) in name_index() or norm in lexicon("names")["protected"]
