"""Spelling: chat shorthand and typing mistakes turned into the words they stand for; a right word is left alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA, LCSseq

from tanya_csto.language.lexicon import lexicon, synonym_groups
from tanya_csto.language.names import longest_name, name_index
from tanya_csto.language.stems import is_word, roots
from tanya_csto.language.tokens import Token, tokenize, words_of

CACHE_SIZE: Final = 10_000  # tokens
_SHORTEST: Final = 4  # letters from which on a word is mended
_LONGEST_WORD: Final = 30
_ROOT_REPAIR: Final = 6  # letters from which on a word is also repaired to a root that the corpus does not use
_DOUBLED: Final = re.compile(r"\b([^\W\d_]{3,})2(nya)?\b")  # negara2 -> negara-negara
_STRETCHED: Final = re.compile(r"(.)\1{2,}")  # bangeeet -> banget
_NOT_STRETCHED: Final = re.compile(r"[ivxlcdm]+|(.)\1+")  # Perang Dunia III, PPP
_SUFFIX: Final = re.compile(r"(?<=\w{4})(?:nya|kah|lah|pun)$")
_VOWELS: Final = re.compile(r"[aiueo]")


class Speller:
    """Repairs questions against a vocabulary of folded words with their counts (the words of the corpus).

    >>> Speller({"pasukan": 3}).repair("brp pasuken sih?")
    'berapa pasukan sih?'
    """

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._counts = {word: count for word, count in vocabulary.items() if word.isalpha()}
        words_of_names = {word for name in name_index() for word in name if len(word) > 3}
        talk = (*lexicon("slang")["particles"], *lexicon("stop")["courtesy"])
        self._known = frozenset({*self._counts, *_common_words(), *words_of_names, *talk})
        # a slip is taken for a name of one word, which means nothing else, only where the corpus has it
        names_alone = {name[0] for name in name_index() if len(name) == 1} - roots()
        self._targets = sorted({*self._counts, *(_common_words() - names_alone)})
        self._by_consonants: dict[str, list[str]] = {}
        for word in self._targets:
            self._by_consonants.setdefault(_VOWELS.sub("", word), []).append(word)
        self._correction = lru_cache(maxsize=CACHE_SIZE)(self._correct)

    def repair(self, question: str) -> str:
        """Return `question` with shorthand spelled out and misspelt words mended; all else stays as it was typed."""
        text = _DOUBLED.sub(r"\1-\1\2", question)
        tokens = tokenize(text)
        right = _right_phrases(tokens)
        parts: list[str] = []
        end = 0
        for position, token in enumerate(tokens):
            word = token.surface if position in right else self._replacement(token, first=position == 0)
            parts += [text[end : token.span.start], word]
            end = token.span.end
        return "".join(parts) + text[end:]

    def knows(self, norm: str) -> bool:
        """Tell whether a folded token is a word that needs no repair."""
        return is_word(norm) or norm in self._known or _SUFFIX.sub("", norm) in self._known

    def _replacement(self, token: Token, first: bool) -> str:
        stretched = token.norm not in self._counts and not _NOT_STRETCHED.fullmatch(token.norm)
        norm = _STRETCHED.sub(r"\1", token.norm) if stretched else token.norm
        if not norm.isalpha() or len(norm) > _LONGEST_WORD:
            return token.surface
        slang: Mapping[str, str] = lexicon("slang")["words"]
        if norm in slang and not (token.surface.isupper() and len(token.surface) > 1):
            return slang[norm]
        if self.knows(norm):
            return self._with_vowels(norm) or (token.surface if norm == token.norm else norm)
        if norm.endswith("ny") and is_word(norm.removesuffix("ny")):
            return norm + "a"  # istriny -> istrinya
        return self._correction(norm, token.is_capitalised, token.is_capitalised and not first) or token.surface

    def _with_vowels(self, norm: str) -> str | None:
        """Return the common word that an inflected word is, but for one vowel: "dikrim" is no form of "krim"."""
        is_right = norm in roots() or norm in self._known or (norm,) in name_index()
        near = () if is_right else self._by_consonants.get(_VOWELS.sub("", norm), ())
        return next((word for word in near if len(word) > len(norm) and OSA.distance(norm, word) == 1), None)

    def _correct(self, norm: str, capitalised: bool, name: bool) -> str | None:
        """Return the nearest known word within reach, or None; ties go to the commoner word.

        What looks like a `name` is not mended to a common word: "Pertamax" is not "pertama".
        """
        bare = norm.removesuffix("nya")
        if bare != norm and len(bare) > 3 and (mended := self._correct(bare, capitalised, name)) is not None:
            return None if mended in _words_of_talk() and mended not in roots() else mended + "nya"
        if len(norm) < _SHORTEST:
            return None
        if bare_of_vowels := self._by_consonants.get(norm):  # "kpnjngn"
            return max(bare_of_vowels, key=lambda word: self._counts.get(word, 0))
        reach = 1 if len(norm) < 8 else 2 if len(norm) < 12 else 3
        if capitalised:  # fewer edits for what looks like a foreign name
            reach = max(reach - 1, int(len(norm) > 5))
        roots_near = _roots_by_initial().get(norm[0], []) if len(norm) >= _ROOT_REPAIR else []
        for pool, limit in ((self._targets, reach + 1), (roots_near, 1)):
            found = process.extract(norm, pool, scorer=OSA.distance, score_cutoff=limit, limit=None)
            near = [
                (word, distance)
                for word, distance, _ in found
                if _is_slip(norm, word, int(distance), reach) and not (name and word in roots())
            ]
            if near:
                return min(near, key=lambda pair: self._cost(norm, *pair))[0]
        return None

    def _cost(self, norm: str, word: str, distance: float) -> tuple[float, bool, bool, int, str]:
        swapped = sorted(norm) == sorted(word)
        share = 0.5 if _drops_vowels(norm, word) else 0.75 if swapped else 1.0
        cost = distance * share + (word[0] != norm[0]) * 0.5
        count = self._counts.get(word, 0)
        unknown = count == 0 and not any(word in words for words in lexicon("stop").values())
        return cost + 0.3 * unknown, count == 0, word[-1] != norm[-1], -count, word


def _is_slip(norm: str, word: str, distance: int, reach: int) -> bool:
    """Tell whether `norm` can be a slip for `word`; one more edit is allowed where only vowels were left out.

    A word with letters added to it is a form of its own ("presidensi"), not a slip, but for its last one twice.
    """
    if (norm.startswith(word) and norm != word + word[-1]) or (word[0] != norm[0] and distance > 1):
        return False
    return distance <= reach or _drops_vowels(norm, word)


def _drops_vowels(norm: str, word: str) -> bool:
    """Tell whether `norm` is `word` but for vowels left out: "mrkas" is "markas"."""
    kept = LCSseq.similarity(norm, word) == len(norm) < len(word)
    return kept and _VOWELS.sub("", norm) == _VOWELS.sub("", word)


@cache
def _common_words() -> frozenset[str]:
    """Return the words of our own lists: question words, function words, synonyms, words of the trade."""
    words = {word for group in synonym_groups("synonyms") for phrase in group for word in phrase.split()}
    listed = [word for name in ("stop", "question") for words in lexicon(name).values() for word in words]
    return frozenset(filter(str.isalpha, words)) | _words(listed) | _words_of_talk()


@cache
def _words_of_talk() -> frozenset[str]:
    """Return the words of small talk, which take no endings."""
    lists = lexicon("smalltalk")
    phrases = [*lists["fillers"], *lists["address"]]
    phrases += [phrase for talk in lists.values() if isinstance(talk, dict) for phrase in talk["phrases"]]
    return _words(phrases)


def _words(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(word for phrase in phrases for word in words_of(phrase) if word.isalpha())


def _right_phrases(tokens: Sequence[Token]) -> frozenset[int]:
    """Return the positions of the tokens that stand in a name or phrase of several words which is right as it is."""
    words = tuple(token.norm for token in tokens)
    fixed = {words_of(phrase) for phrase in lexicon("slang")["right_phrases"]}
    kept: set[int] = set()
    for start in range(len(words)):
        for width in range(2, min(longest_name(), len(words) - start) + 1):
            phrase = words[start : start + width]
            if phrase in name_index() or phrase in fixed:
                kept.update(range(start, start + len(phrase)))
    return frozenset(kept)


@cache
def _roots_by_initial() -> dict[str, list[str]]:
    words = sorted(word for word in roots() if len(word) > 3 and word.isalpha())
    return {initial: list(group) for initial, group in groupby(words, itemgetter(0))}
