"""Parts: the questions of a message that asks several."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tanya_csto.language.lexicon import lexicon, pattern
from tanya_csto.language.terms import analyse
from tanya_csto.messages import capitalised
from tanya_csto.question.answer_type import is_generic
from tanya_csto.question.concepts import is_stop
from tanya_csto.question.smalltalk import find_smalltalk

MAX_PARTS: Final = 4  # what comes after is asked together with the last


def split_questions(text: str) -> tuple[str, ...]:
    """Return the questions of a message, each as it stands; a message that asks one thing is one.

    >>> split_questions("Kapan CSTO dibentuk dan di mana markasnya?")
    ('Kapan CSTO dibentuk?', 'Di mana markasnya?')
    """
    clauses = [clause for sentence in pattern("between_sentences").split(text) for clause in _clauses(sentence)]
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
        if not says_something(questions[place]):  # "kapan dan di mana ..."
            questions[place] += f" {pattern('leading').sub('', questions[place + 1], count=1)}"
    kept = [*questions[: MAX_PARTS - 1], " ".join(questions[MAX_PARTS - 1 :])]
    return tuple(finished(question) for question in kept if question)


def _clauses(sentence: str) -> Iterator[str]:
    """Yield the stretches of a sentence that each ask something, parted where one question is joined to the next."""
    start = 0
    commas = bool(pattern("asking").match(sentence))  # in a sentence that starts by asking a comma is as good as "dan"
    joints = list(pattern("joint").finditer(sentence))
    ends = [*(joint.start() for joint in joints), len(sentence)][1:]
    for joint, end in zip(joints, ends, strict=True):
        before, after = sentence[start : joint.start()], sentence[joint.end() : end]
        if _asks_next(before, (joint["word"] or "").casefold(), after, commas=commas):
            yield before.strip()
            start = joint.end()
    if rest := sentence[start:].strip():
        yield rest


def _asks_next(before: str, word: str, after: str, *, commas: bool) -> bool:
    """Tell whether what comes after a joint is the next question: it starts by asking, or each of both asks."""
    after = pattern("then").sub("", after)
    if pattern("asking").match(after) or pattern("which").match(after):
        return commas or bool(word)
    if not word or not _ends_by_asking(after) or not says_something(after):
        return False
    return _ends_by_asking(before) or (_asks(before) and word in lexicon("question")["sequencing"])


def _ends_by_asking(text: str) -> bool:
    """Tell whether the word that asks comes last, or but for what it counts: "markasnya di mana sih", "berapa lama"."""
    ends = [found.end() for found in pattern("asking").finditer(text)]
    return bool(ends) and all(is_stop(term) or is_generic(term) for term in analyse(text[ends[-1] :]))


def finished(question: str) -> str:
    """Return a question as a sentence of its own."""
    return f"{capitalised(question.strip(' ,;.?!'))}?"


def _asks(text: str) -> bool:
    return bool(pattern("asking").search(text) or pattern("or_not").search(text))


def says_something(text: str) -> bool:
    """Tell whether a text has a word with content."""
    return any(not is_stop(term) for term in analyse(text))
