"""Stems: Sastrawi for one token at a time, with reviewed overrides and protected names in front of it.

The stems of the thesaurus' words are kept in `lexicon/stems.txt`, as a start would find 12,000 of them anew.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from Sastrawi.Stemmer.Stemmer import Stemmer
from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

from tanya_csto.language.lexicon import lexicon, read_list
from tanya_csto.language.names import is_name

CACHE_SIZE: Final = 20_000  # tokens; anything a visitor types passes through here
MAX_WORD: Final = 40  # letters; no Indonesian word is longer, and Sastrawi's cost grows with the length

_COLLOQUIAL_ONSETS: Final = {"ng": ("", "k"), "ny": ("s", "c"), "n": ("t",), "m": ("p",)}


@lru_cache(maxsize=CACHE_SIZE)
def stem(norm: str) -> str:
    """Return the stem of a folded token: the override, the name itself, or what `reduce` makes of it.

    >>> stem("memerangi"), stem("keanggotaan"), stem("bali")
    ('perang', 'anggota', 'bali')
    """
    if norm in _overrides():
        return _overrides()[norm]
    if is_name(norm) or not norm.isalpha() or not norm.isascii() or len(norm) > MAX_WORD:
        return norm
    return _kept().get(norm) or reduce(norm)


def reduce(norm: str) -> str:
    """Return what Sastrawi makes of a folded token, or what is left of a spoken form that it does not know."""
    result = str(_stemmer().stem(norm))
    if result in roots():
        return result
    bare = norm.removesuffix("nya")
    return _colloquial(norm) or (stem(bare) if bare != norm and len(bare) > 2 else result)


def is_word(norm: str) -> bool:
    """Tell whether a folded token is a right Indonesian word or a known name, so that nothing in it needs repair."""
    if is_name(norm) or norm in _overrides() or stem(norm) in roots():
        return True
    endings = lexicon("overrides")["endings"]  # that Sastrawi does not take off ("duluan", "tegaskan")
    return any(norm.endswith(ending) and norm.removesuffix(ending) in roots() for ending in endings)


@cache
def _overrides() -> dict[str, str]:
    return {word: root for root, words in lexicon("overrides")["stems"].items() for word in words}


@cache
def _kept() -> dict[str, str]:
    lines = (line.split() for line in read_list("stems.txt").splitlines())
    return {word: root for root, *words in lines for word in words}


@cache
def roots() -> frozenset[str]:
    """Return Sastrawi's root words."""
    return frozenset(StemmerFactory().get_words())


@cache
def _stemmer() -> Stemmer:
    return StemmerFactory().create_stemmer().delegatedStemmer


def _colloquial(norm: str) -> str | None:
    """Undo the nasal prefix and the suffix -in of spoken Indonesian: "ngumpulin" -> "kumpul", "nyita" -> "sita"."""
    bare = norm.removesuffix("in")
    for word in (bare, norm) if bare != norm and len(bare) > 3 else (norm,):
        if word != norm and (found := str(_stemmer().stem(word))) in roots():
            return found
        for nasal, onsets in _COLLOQUIAL_ONSETS.items():
            rest = word.removeprefix(nasal)
            if rest != word and len(rest) > 2:
                for onset in onsets:
                    if onset + rest in roots():
                        return onset + rest
    return None
