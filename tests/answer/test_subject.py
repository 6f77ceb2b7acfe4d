"""Subjects: a sentence about someone else's role, or another organisation, is no answer."""

from __future__ import annotations

import pytest

from tanya_csto.answer.subject import of_another
from tanya_csto.question.question import understand
from tanya_csto.search.index import Index
from tanya_csto.search.retrieval import retrieve
from tests.conftest import corpus_of


def speaks_of_another(question: str, sentence: str, earlier: str | None = None) -> bool:
    asked = understand(question, understand(earlier) if earlier else None)
    (evidence,) = retrieve(asked.concepts, Index(corpus_of(sentence)))
    return of_another(asked, evidence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Siapa Perdana Menteri Kazakhstan?", "Perdana Menteri Armenia Nikol Pashinyan tiba di Kazakhstan."),
        ("Siapa presiden Kazakhstan?", "Presiden Tajikistan Emomali Rahmon tiba di Kazakhstan."),
        ("Siapa Sekretaris Jenderal CSTO?", "Sekretaris Jenderal NATO Jens Stoltenberg menyebut CSTO."),
        ("Kapan NATO didirikan?", "CSTO didirikan pada 1992."),
    ],
)
def test_another(question: str, sentence: str) -> None:
    assert speaks_of_another(question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Siapa Perdana Menteri Armenia?", "Perdana Menteri Armenia Nikol Pashinyan tiba di Kazakhstan."),
        ("Siapa pemimpin CSTO?", "Perdana Menteri Armenia Nikol Pashinyan mengepalai dewan CSTO."),
        ("Siapa presiden Belarusia?", "Presiden Belarus Ani Budi tiba."),
        ("Siapa presiden yang tiba?", "Presiden Tajikistan Emomali Rahmon tiba."),
        ("Siapa sekretaris jenderalnya?", "Sekretaris Jenderal NATO Jens Stoltenberg tiba."),
        ("Apa tujuan CSTO?", "Aliansi ini punya tujuan yang mirip dengan NATO."),
        ("Apa itu CSTO?", "NATO disaingi CSTO."),
        ("Kapan perang dimulai?", "NATO tahu perang dimulai pada 2022."),
    ],
)
def test_the_same(question: str, sentence: str) -> None:
    assert not speaks_of_another(question, sentence)


def test_a_follow_up_asks_for_the_role_in_what_was_spoken_of() -> None:
    sentence = "Sekretaris Jenderal NATO Jens Stoltenberg menyebut CSTO."
    assert speaks_of_another("Siapa sekretaris jenderalnya?", sentence, earlier="Apa itu CSTO?")
    assert not speaks_of_another("Siapa sekretaris jenderalnya?", sentence, earlier="Apa itu NATO?")
