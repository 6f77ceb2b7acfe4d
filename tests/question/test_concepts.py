"""Concepts: what a question is about, names whole, function words left out, other wordings added."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanya_csto.language.terms import analyse, stems_of
from tanya_csto.language.thesaurus import SYNONYM
from tanya_csto.question.concepts import MAX_CONCEPTS, METONYM, SAME, Concept, find_concepts


def concepts(text: str) -> tuple[Concept, ...]:
    return find_concepts(analyse(text))


def surfaces(text: str) -> list[tuple[str, str]]:
    return [(concept.surface, concept.kind) for concept in concepts(text)]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Apa itu CSTO?", [("CSTO", "name")]),
        ("apa itu csto?", [("csto", "name")]),
        ("Siapa Perdana Menteri Armenia?", [("Perdana Menteri", "word"), ("Armenia", "name")]),
        ("apakah amerika serikat ikut", [("amerika serikat", "name")]),
        ("pada 17 Mei 2022 ada apa", [("17 Mei 2022", "number")]),
        ("apa yang terjadi Januari 2022", [("Januari 2022", "number")]),
        ("apa yang terjadi Januari 2022 itu", [("Januari 2022", "number")]),
        ("apakah 17 Mei NATO bersidang", [("17 Mei", "number"), ("NATO", "name"), ("bersidang", "word")]),
        (
            "apakah 17 Mei 300 tentara tiba",
            [("17 Mei", "number"), ("300", "number"), ("tentara", "word"), ("tiba", "word")],
        ),
        ("berapa harga Redmi X2", [("harga", "word"), ("Redmi", "name"), ("X 2", "number")]),
        ("jaringan 5G", [("jaringan", "word"), ("5 G", "number")]),
        ("ada 3.600 tentara", [("3.600", "number"), ("tentara", "word")]),
        ("apa kata Tasmagambetov", [("Tasmagambetov", "name")]),
        ("berapa tiket untuk lima orang", [("tiket", "word"), ("lima", "word")]),
        ("kapan Lima didirikan", [("Lima", "name"), ("didirikan", "word")]),
        ("apa apa yang di ke dari", []),
        ("apakah AS anggota", [("AS", "name"), ("anggota", "word")]),
        ("🛡️ !!", []),
    ],
)
def test_what_a_question_is_about(question: str, expected: list[tuple[str, str]]) -> None:
    assert surfaces(question) == expected


def worth(concept: Concept, phrase: str) -> float | None:
    return concept.forms.get(stems_of(phrase))


def test_a_question_is_about_no_more_than_the_first_concepts() -> None:
    text = " ".join(str(number) for number in range(100, 100 + 2 * MAX_CONCEPTS))
    assert [surface for surface, _ in surfaces(text)] == text.split()[:MAX_CONCEPTS]


def test_spellings_count_in_full_and_metonyms_for_less() -> None:
    (rusia,) = concepts("rusia")
    assert worth(rusia, "Rusia") == worth(rusia, "Federasi Rusia") == SAME
    assert worth(rusia, "Kremlin") == METONYM
    (kirgistan,) = concepts("kirgistan")
    assert worth(kirgistan, "Kyrgyzstan") == SAME


def test_synonyms_count_for_less_than_the_word_itself() -> None:
    (founded,) = concepts("didirikan")
    assert worth(founded, "mendirikan") == SAME
    assert worth(founded, "dibentuk") == SYNONYM


def test_the_asked_form_comes_first() -> None:
    assert all(next(iter(concept.forms.values())) == SAME for concept in concepts("aliansi militer pimpinan rusia"))


@pytest.mark.parametrize("date", ["17 Mei 2022", "17 mei 2022", "5 Des 2022"])
def test_a_date_is_also_known_in_digits(date: str) -> None:
    (concept,) = concepts(date)
    assert worth(concept, "5/12/2022" if "Des" in date else "17/5/2022") == SAME


@pytest.mark.parametrize("digits", ["5/5/2022", "05/05/2022"])
def test_the_digits_of_a_date_may_be_padded(digits: str) -> None:
    (concept,) = concepts("5 Mei 2022")
    assert worth(concept, digits) == SAME


def test_a_month_alone_is_no_date() -> None:
    assert [kind for _, kind in surfaces("maret itu")] != ["number"]


words = st.sampled_from(["CSTO", "apa", "17", "mei", "2022", "amerika", "as"])


@given(st.text(max_size=100) | st.lists(words).map(" ".join))
def test_concepts_of_any_text_are_sorted_apart_and_worth_something(text: str) -> None:
    found = concepts(text)
    assert all(left.span.end <= right.span.start for left, right in pairwise(found))
    for concept in found:
        assert concept.forms
        assert all(phrase and 0 < value <= SAME for phrase, value in concept.forms.items())


@pytest.mark.parametrize(("asked", "told"), [("gerbong 2", "dua"), ("gerbong dua", "2"), ("pukul sebelas", "11")])
def test_a_number_may_be_told_in_digits_or_in_words(asked: str, told: str) -> None:
    assert worth(concepts(asked)[-1], told) == SYNONYM
