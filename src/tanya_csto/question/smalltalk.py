"""Small talk: greetings, thanks and questions about the bot itself, told from questions about the articles."""

from __future__ import annotations

from functools import cache
from typing import Final, get_args

from tanya_csto.corpus.bank import Talk
from tanya_csto.language.lexicon import lexicon
from tanya_csto.language.names import Words, name_index
from tanya_csto.language.tokens import words_of

_WHOLE: Final = {"sources", "trust"}  # what is said of an answer begins questions, too: "Menurut siapa harga naik?"
_SHORT_REST: Final = 3  # words
_SHORT_QUESTION: Final = 8  # words
_QUESTION_WORDS: Final = frozenset("apa apakah siapa kapan mana berapa mengapa kenapa bagaimana gimana itu".split())


def find_smalltalk(question: str) -> Talk | None:
    """Return the kind of small talk that a question consists of, or None where it asks about anything else.

    Phrases and particles are taken away from the front; a message of which nothing is left is small talk, and so is
    a short rest that asks nothing, or a question put to the bot itself ("kamu robot?"). What doubts an answer, or asks
    for its sources, leaves nothing.

    >>> find_smalltalk("Halo, selamat pagi!"), find_smalltalk("Halo, apa itu CSTO?")
    ('greeting', None)
    """
    words, order = words_of(question), list(lexicon("smalltalk")).index
    found: list[Talk] = []
    position = 0
    while position < len(words):
        talk, width = phrase_at(words, position)
        if talk is not None:
            found.append(talk)
        elif words[position] not in fillers():
            break
        position += max(width, 1)
    rest = words[position:]
    asks_nothing = len(rest) <= _SHORT_REST and not _QUESTION_WORDS & set(rest)
    if found and (not rest or (asks_nothing and not _WHOLE & set(found))):
        return min(found, key=order)
    if not _asks(question, words) and (meant := _anywhere(words)):
        return min(meant, key=order)
    addressed = set(words) & set(lexicon("smalltalk")["address"])
    return "identity" if addressed and len(words) <= _SHORT_QUESTION else None


def is_english(question: str) -> bool:
    """Tell whether a message is in English: most of its words are, and more than one word of grammar.

    >>> is_english("What is CSTO?"), is_english("Apa itu CSTO?")
    (True, False)
    """
    words = words_of(question)
    grammar = sum(word in lexicon("smalltalk")["english"] for word in words)
    indonesian = sum(word in _question_words() for word in words)
    return grammar >= 2 and indonesian == 0 and 2 * grammar + 1 >= len(words)


def phrase_at(words: Words, start: int) -> tuple[Talk | None, int]:
    """Return the small talk that the words from `start` on are, if any, and of how many of them."""
    for width in range(min(_longest(), len(words) - start), 0, -1):
        if (talk := _phrases().get(words[start : start + width])) is not None:
            return talk, width
    return None, 0


@cache
def fillers() -> frozenset[str]:
    """Return the words that may stand between small talk and mean nothing there."""
    return frozenset((*lexicon("slang")["particles"], *lexicon("smalltalk")["fillers"]))


def _asks(question: str, words: Words) -> bool:
    """Tell whether a message asks something, or names somebody or something to ask about."""
    asking = _QUESTION_WORDS | set(lexicon("stop")["question"])
    return "?" in question or any(word in asking or (word,) in name_index() for word in words)


def _anywhere(words: Words) -> list[Talk]:
    """Return the small talk of several words or many letters that stands anywhere in a message.

    One word asks for help only where it is all that is said: "nomor pusat bantuan" does not.
    """
    found = zip((phrase_at(words, position) for position in range(len(words))), words, strict=True)
    return [
        talk
        for (talk, width), word in found
        if talk and talk not in _WHOLE and (width > 1 or (len(word) > 4 and talk != "capability"))
    ]


@cache
def _phrases() -> dict[Words, Talk]:
    lists = lexicon("smalltalk")
    return {words_of(phrase): kind for kind in get_args(Talk) if kind in lists for phrase in lists[kind]["phrases"]}


@cache
def _question_words() -> frozenset[str]:
    lists = lexicon("stop")
    return frozenset((*lists["function"], *lists["question"], *lexicon("slang")["particles"]))


@cache
def _longest() -> int:
    return max(map(len, _phrases()))
