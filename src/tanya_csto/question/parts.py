"""Parts: the questions of a message that asks several."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from tanya_csto.language.lexicon import lexicon
from tanya_csto.language.terms import analyse
from tanya_csto.question.concepts import is_stop
from tanya_csto.question.smalltalk import find_smalltalk

MAX_PARTS: Final = 4  # what comes after is asked together with the last

_SENTENCE: Final = re.compile(r"(?<=[?!])\s+|(?<=[^\W\d_]{2}[.;])\s+|\n+")


def split_questions(text: str) -> tuple[str, ...]:
    """Return the questions of a message, each as it stands; a message that asks one thing is one.

    >>> split_questions("Kapan CSTO dibentuk dan di mana markasnya?")
    ('Kapan CSTO dibentuk?', 'Di mana markasnya?')
    """
    clauses = [clause for sentence in _SENTENCE.split(text) for clause in _clauses(sentence)]
    asking = [clause for clause in clauses if _asks(clause) or find_smalltalk(clause) not in ("thanks", "farewell")]
    questions: list[str] = []
    for clause in asking:
        if questions and not (_asks(clause) and _asks(questions[-1])):
            questions[-1] = f"{questions[-1]} {clause}"
        else:
            questions.append(clause)
    if len(questions) <= 1:
        return tuple(questions) if 0 < len(asking) < len(clauses) else (text,)
    for place in reversed(range(len(questions) - 1)):
        if not _says_something(questions[place]):  # "kapan dan di mana ..."
            questions[place] += f" {_without_asking(questions[place + 1])}"
    kept = [*questions[: MAX_PARTS - 1], " ".join(questions[MAX_PARTS - 1 :])]
    return tuple(_finished(question) for question in kept if question)


def _clauses(sentence: str) -> Iterator[str]:
    """Yield the stretches of a sentence of which each after the first starts with "dan" and a question word.

    In a sentence that itself starts with one, a comma is as good as "dan".
    """
    start = 0
    for found in _joined(commas=bool(_asking().match(sentence))).finditer(sentence):
        yield sentence[start : found.start()].strip()
        start = found.start("asks")
    if rest := sentence[start:].strip():
        yield rest


def _finished(question: str) -> str:
    """Return a question as a sentence of its own."""
    bare = question.strip(" ,;.?!")
    return f"{bare[:1].upper()}{bare[1:]}?"


def _asks(text: str) -> bool:
    return bool(_asking().search(text))


def _says_something(text: str) -> bool:
    return any(not is_stop(term) for term in analyse(text))


def _without_asking(clause: str) -> str:
    return _leading().sub("", clause, count=1)


@cache
def _asking() -> re.Pattern[str]:
    return re.compile(_word_that_asks(), re.IGNORECASE)


@cache
def _leading() -> re.Pattern[str]:
    return re.compile(rf"{_word_that_asks()}\s+(?:saja\s+)?", re.IGNORECASE)


@cache
def _joined(*, commas: bool) -> re.Pattern[str]:
    conjunctions = r"(?:(?:dan|serta|terus|trus|lalu|juga|sama)\s+)"
    joint = rf"(?:,\s*{conjunctions}*|\s+{conjunctions}+)" if commas else rf"(?:,\s*|\s+){conjunctions}+"
    return re.compile(rf"{joint}(?P<asks>{_word_that_asks()})", re.IGNORECASE)


def _word_that_asks() -> str:
    return rf"\b(?:(?:di|ke|dari|sejak|pada|untuk|karena)\s+)?(?:{_words()})(?:kah)?\b"


@cache
def _words() -> str:
    return "|".join(lexicon("question")["interrogative"])
