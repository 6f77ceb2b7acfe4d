"""Features: the sentence that answers stands before those that only share its words."""

from __future__ import annotations

import pytest

from tests.ranking.setting import MODEL, Case


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("Kapan CSTO didirikan?", "CSTO didirikan pada 1992.", "CSTO didirikan untuk perdamaian."),
        ("Berapa personel CSTO?", "Personel CSTO berjumlah 3.600 orang.", "Personel CSTO terlatih."),
        ("Siapa presiden Rusia?", "Presiden Rusia Vladimir Putin tiba.", "Presiden Rusia tiba di Moskow."),
        ("Mengapa Armenia keluar?", "Armenia keluar karena kecewa.", "Armenia keluar dari ruang itu."),
        ("Di mana kantor pusat CSTO?", "Kantor pusat CSTO di Moskow.", "Kantor pusat CSTO sangat besar."),
        ("Siapa sekutu Armenia?", "Rusia adalah sekutu Armenia.", "Siapa sekutu kita hari ini di dunia itu."),
    ],
)
def test_the_sentence_that_answers_comes_first(question: str, right: str, wrong: str) -> None:
    for articles in ((right, wrong), (wrong, right)):
        assert Case(question, *articles).ranked[0].retrieved.indexed.sentence.text == right


def test_a_sentence_that_asks_is_never_an_answer_but_a_heading_may_be() -> None:
    case = Case("Apa itu CSTO?", "Lalu apa itu CSTO? CSTO adalah aliansi.", "Mengenal CSTO Sekutu Rusia?\nIsi lain.")
    texts = [candidate.retrieved.indexed.sentence.text for candidate in case.ranked]
    assert texts[0] == "CSTO adalah aliansi."
    assert "Lalu apa itu CSTO?" not in texts
    assert "Mengenal CSTO Sekutu Rusia?" in texts


def test_the_short_answer_is_part_of_its_sentence() -> None:
    for candidate in Case("Kapan CSTO didirikan?", "CSTO didirikan pada 1992. CSTO besar.").ranked:
        sentence = candidate.retrieved.indexed.sentence
        assert candidate.short is None or sentence.span.contains(candidate.short)


def test_equal_sentences_keep_the_order_of_the_corpus() -> None:
    ranked = Case("Apa itu CSTO?", *["CSTO adalah aliansi."] * 3).ranked
    assert [candidate.retrieved.indexed.number for candidate in ranked] == [0, 1, 2]


def test_every_feature_has_its_weight() -> None:
    (candidate,) = Case("Apa itu CSTO?", "CSTO adalah aliansi.").ranked
    assert set(candidate.features) == set(MODEL.ranker)


def test_nothing_found_nothing_ranked() -> None:
    assert Case("Siapa presiden Brasil?", "CSTO adalah aliansi.").ranked == ()


@pytest.mark.parametrize(
    ("article", "replaced"),
    [
        ("Armenia keluar karena kecewa.", 1.0),
        ("Rusia kecewa. Armenia keluar karena itu.", 1.0),
        ("Rusia keluar karena kecewa.", 0.0),
        ("Rusia dan Armenia bersekutu. Keduanya keluar.", 0.0),
        ("Pasukan keluar dari kota.", 0.0),
    ],
)
def test_a_sentence_about_another_is_told_from_one_about_no_one(article: str, replaced: float) -> None:
    ranked = Case("Mengapa Rusia keluar?", article).ranked
    told = next(candidate for candidate in ranked if "keluar" in candidate.retrieved.indexed.sentence.text)
    assert told.features["replaced"] == replaced


def test_who_belongs_is_no_answer_to_who_wishes_to() -> None:
    members = "CSTO beranggotakan Rusia, Armenia, Belarus dan Tajikistan."
    wishes = "Negara yang berminat bergabung dengan CSTO ialah Iran, Serbia dan Kuba."
    question = "Negara mana saja yang berminat bergabung dengan CSTO?"
    assert Case(question, members, wishes).ranked[0].retrieved.indexed.sentence.text == wishes
    assert Case(question, members).ranked[0].features["fit"] < 0 < Case(question, wishes).ranked[0].features["fit"]
