"""Validation: what is accepted as a question at all."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

from tanya_csto.corpus.records import MAX_QUESTION
from tanya_csto.errors import QuestionError

MAX_HISTORY: Final = 10  # earlier questions

_ALLOWED_CONTROLS: Final = "\t\n\r"
_FORMAT: Final = "Cf"  # the category of invisible characters: joiners of scripts and emoji, and marks of direction


def validate_question(text: str) -> str:
    """Return the question trimmed, its white space folded and invisible characters dropped.

    Raises:
        QuestionError: it is empty, longer than `MAX_QUESTION`, or holds control characters or lone surrogates.
    """
    if len(text.strip()) > MAX_QUESTION:  # first: what follows costs up to the square of the length
        raise QuestionError("question-too-long", limit=MAX_QUESTION)
    if any(unicodedata.category(char) in ("Cc", "Cs") and char not in _ALLOWED_CONTROLS for char in text):
        raise QuestionError("question-unreadable")
    visible = "".join(char for char in text if unicodedata.category(char) != _FORMAT)
    question = " ".join(unicodedata.normalize("NFC", visible).split())
    if not question:
        raise QuestionError("question-empty")
    return question


def validate_history(history: Sequence[str]) -> tuple[str, ...]:
    """Return the earlier questions, each as `validate_question` returns it.

    Raises:
        QuestionError: there are more than `MAX_HISTORY`, or one of them could not be asked.
    """
    if len(history) > MAX_HISTORY:
        raise QuestionError("history-too-long", limit=MAX_HISTORY)
    return tuple(validate_question(question) for question in history)
