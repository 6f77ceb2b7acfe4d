"""Validation: what is accepted as a question, and in which form it goes on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanya_csto.corpus.records import MAX_QUESTION
from tanya_csto.errors import QuestionError
from tanya_csto.question.validation import MAX_HISTORY, validate_history, validate_question


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("  Apa itu CSTO?  ", "Apa itu CSTO?"),
        ("Apa\n\titu \r\n CSTO?", "Apa itu CSTO?"),
        ("Apa\u00a0itu\u2003CSTO?", "Apa itu CSTO?"),
        ("A\u200bpa \ufeffitu\u200d CSTO?\u202e", "Apa itu CSTO?"),
        ("Tu\u0308rkiye", "Türkiye"),
        ("<b>{{ 7*7 }}</b> %s 🛡️", "<b>{{ 7*7 }}</b> %s 🛡️"),
        ("x" * MAX_QUESTION, "x" * MAX_QUESTION),
        (" " * 600 + "CSTO" + " " * 600, "CSTO"),
    ],
)
def test_taken(typed: str, taken: str) -> None:
    assert validate_question(typed) == taken


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "question-empty"),
        (" \n\t\u00a0", "question-empty"),
        ("\u200b\u200d\ufeff", "question-empty"),
        ("x" * (MAX_QUESTION + 1), "question-too-long"),
        ("x" * 100_000, "question-too-long"),
        ("CSTO\x00", "question-unreadable"),
        ("CS\x1b[31mTO", "question-unreadable"),
        ("CSTO\x85", "question-unreadable"),
        ("CSTO \ud800", "question-unreadable"),
    ],
)
def test_refused(typed: str, code: str) -> None:
    with pytest.raises(QuestionError) as caught:
        validate_question(typed)
    assert caught.value.code == code
    assert "CSTO" not in str(caught.value)


def test_every_earlier_question_is_taken_in_order() -> None:
    assert validate_history([" satu ", "dua\n"]) == ("satu", "dua")
    assert validate_history([]) == ()
    assert len(validate_history(["x"] * MAX_HISTORY)) == MAX_HISTORY


@pytest.mark.parametrize(
    ("history", "code"),
    [
        (["x"] * (MAX_HISTORY + 1), "history-too-long"),
        (["satu", " "], "question-empty"),
        (["x" * 501], "question-too-long"),
        (["\x00"], "question-unreadable"),
    ],
)
def test_a_history_that_could_not_be_asked_is_refused(history: list[str], code: str) -> None:
    with pytest.raises(QuestionError) as caught:
        validate_history(history)
    assert caught.value.code == code


@given(st.text(max_size=600))
def test_any_text_is_taken_or_refused(text: str) -> None:
    try:
        taken = validate_question(text)
    except QuestionError:
        return
    assert taken == " ".join(taken.split()) != ""
    assert validate_question(taken) == taken or len(taken) > MAX_QUESTION  # NFC may make a text longer
