"""Names: countries, capitals, regions and organisations, and which words stand for the same one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from tanya_csto.language.lexicon import lexicon
from tanya_csto.language.tokens import norms

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


def words_of(text: str) -> Words:
    """Return the folded words of a name."""
    return tuple(norms(text))


@cache
def names() -> tuple[Name, ...]:
    """Return the gazetteer."""
    data = lexicon("names")
    return (*_countries(data["country"]), *_organisations(data["organisation"]), *_regions(data["regions"]))


@cache
def name_index() -> dict[Words, tuple[Name, ...]]:
    """Return the names by each of their spellings."""
    index: dict[Words, tuple[Name, ...]] = {}
    for name in names():
        for spelling in sorted(name.spellings):
            index[spelling] = (*index.get(spelling, ()), name)
    return index


@cache
def longest_name() -> int:
    """Return the number of words of the longest name."""
    return max(map(len, name_index()))


def is_name(norm: str) -> bool:
    """Tell whether a folded token is a name of its own or one word of a longer name that is no common word."""
    return norm in _name_words()


@cache
def _name_words() -> frozenset[str]:
    single = {spelling[0] for spelling in name_index() if len(spelling) == 1}
    protected: Iterable[str] = lexicon("names")["protected"]
    return frozenset(single | set(protected))


def _spellings(*forms: str) -> frozenset[Words]:
    return frozenset(words_of(form) for form in forms)


def _countries(entries: list[dict[str, object]]) -> Iterable[Name]:
    for entry in entries:
        name, capital = str(entry["name"]), entry.get("capital")
        capitals = [str(capital), *_strings(entry, "capital_aliases")] if capital else []
        metonyms = _strings(entry, "metonyms")
        own = _spellings(name, *_strings(entry, "aliases"))
        yield Name(name, "country", own, _spellings(*capitals, *metonyms) - own)
        if capital:
            yield Name(
                str(capital), "city", _spellings(*capitals), (own | _spellings(*metonyms)) - _spellings(*capitals)
            )
        for metonym in metonyms:
            yield Name(metonym, "organisation", _spellings(metonym), own | _spellings(*capitals))


def _organisations(entries: list[dict[str, object]]) -> Iterable[Name]:
    for entry in entries:
        forms = [str(entry["abbreviation"]), *_strings(entry, "other_abbreviations"), *_strings(entry, "names")]
        yield Name(forms[0], "organisation", _spellings(*forms))


def _regions(entries: dict[str, list[str]]) -> Iterable[Name]:
    for region, members in entries.items():
        yield Name(region, "region", _spellings(region), _spellings(*members))


def _strings(entry: dict[str, object], key: str) -> list[str]:
    value = entry.get(key, [])
    return [str(item) for item in value] if isinstance(value, list) else []
