"""Intake: what is accepted as a question at all."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

from tanya_csto.errors import QuestionError

LONGEST_QUESTION: Final = 500  # characters, after trimming
LONGEST_HISTORY: Final = 10  # earlier questions

_ALLOWED_CONTROLS: Final = "\t\n\r"
# format characters that words need: joiners of scripts and emoji, and marks of direction
_INVISIBLE: Final = {char: None for char in range(0x110000) if unicodedata.category(chr(char)) == "Cf"}


def take_question(text: str) -> str:
    """Return the question trimmed, its white space folded and invisible characters dropped.

    Raises:
        QuestionError: it is empty, longer than `LONGEST_QUESTION`, or holds control characters or lone surrogates.
    """
    if any(unicodedata.category(char) in ("Cc", "Cs") and char not in _ALLOWED_CONTROLS for char in text):
        raise QuestionError("question-unreadable")
    question = " ".join(unicodedata.normalize("NFC", text.translate(_INVISIBLE)).split())
    if not question:
        raise QuestionError("question-empty")
    if len(text.strip()) > LONGEST_QUESTION:
        raise QuestionError("question-too-long", limit=LONGEST_QUESTION)
    return question


def take_history(history: Sequence[str]) -> tuple[str, ...]:
    """Return the earlier questions, each as `take_question` returns it.

    Raises:
        QuestionError: there are more than `LONGEST_HISTORY`, or one of them could not be asked.
    """
    if len(history) > LONGEST_HISTORY:
        raise QuestionError("history-too-long", limit=LONGEST_HISTORY)
    return tuple(take_question(question) for question in history)
