"""Features: the sentence that answers stands before those that only share its words."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from tanya_csto.ranking.features import Candidate, Features, candidates
from tests.ranking.setting import Case, says


def features(question: str, article: str, words: str = "") -> Features:
    ranked = Case(question, article).ranked
    return next(each.features for each in ranked if words in each.retrieved.indexed.sentence.text)


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("Kapan CSTO didirikan?", "CSTO didirikan pada 1992.", "CSTO didirikan untuk perdamaian."),
        ("Berapa personel CSTO?", "Personel CSTO berjumlah 3.600 orang.", "Personel CSTO terlatih."),
        ("Siapa presiden Rusia?", "Presiden Rusia Vladimir Putin tiba.", "Presiden Rusia tiba hari ini."),
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
    ranked = Case("Kapan CSTO didirikan?", "CSTO didirikan pada 1992. CSTO besar.").ranked
    assert [each.short.of(each.article.text) for each in ranked if each.short] == ["1992"]


def test_nothing_found_no_candidates() -> None:
    assert Case("Siapa presiden Brasil?", "CSTO adalah aliansi.").ranked == ()


def test_a_candidate_is_the_sentence_of_its_number() -> None:
    case = Case("Apa itu CSTO?", "Pembuka.", "CSTO adalah aliansi.")
    (candidate,) = case.ranked
    assert candidate.article is case.index.corpus.articles[1]
    assert candidate.number == 1 == candidate.retrieved.indexed.number


def test_how_much_of_the_question_is_said() -> None:
    whole = features("Kapan CSTO didirikan?", "CSTO didirikan pada 1992.")
    part = features("Kapan CSTO didirikan?", "Pasukan CSTO besar.")
    told_before = features("Kapan CSTO didirikan?", "CSTO ada di Asia. Ia didirikan pada 1992.", "Ia")
    assert whole["context"] == told_before["context"] == 1
    assert 0 < part["context"] < 1
    assert part["bm25"] < whole["bm25"]


def test_headings_are_marked() -> None:
    article = "Sejarah CSTO\nCSTO didirikan pada 1992."
    assert features("Apa sejarah CSTO?", article, "Sejarah")["heading"] == 1
    assert features("Apa sejarah CSTO?", article, "1992")["heading"] == 0


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
    assert features("Mengapa Rusia keluar?", article, "keluar")["replaced"] == replaced


@pytest.mark.parametrize(
    ("article", "replaced"),
    [
        ("Armenia keluar pada 2018.", 1.0),
        ("Armenia keluar pada 17 Mei 2018, kembali pada 2020.", 1.0),
        ("Armenia keluar pada 2018, kembali pada 2022.", 0.0),
        ("Armenia keluar pada 2018 hingga 2024.", 0.0),
        ("Armenia keluar pada 17 Mei.", 0.0),
        ("Armenia keluar.", 0.0),
    ],
)
def test_a_sentence_about_another_date_is_told_from_one_about_none(article: str, replaced: float) -> None:
    assert features("Mengapa Armenia keluar pada 2022?", article, "keluar")["replaced"] == replaced


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Kapan CSTO didirikan?", "CSTO didirikan di Tashkent."),
        ("Berapa personel CSTO?", "Personel CSTO terlatih."),
        ("Di mana kantor pusat CSTO?", "Kantor pusat CSTO sangat besar."),
        ("Apa isi pasal 5 CSTO?", "Isi pasal 4 CSTO jelas."),
    ],
)
def test_what_cannot_answer_does_not_fit(question: str, sentence: str) -> None:
    assert features(question, sentence)["fit"] == -1


@pytest.mark.parametrize(
    ("question", "sentence", "fit"),
    [
        ("Kapan CSTO didirikan?", "CSTO didirikan pada 1992.", 1),
        ("Siapa presiden Rusia?", "Presiden Rusia Vladimir Putin tiba.", 1),
        ("Siapa yang memimpin CSTO?", "CSTO dipimpin oleh Rusia.", 0.5),
        ("Siapa presiden Rusia?", "Presiden Rusia tiba hari ini.", 0),
        ("Mengapa Armenia keluar?", "Armenia keluar karena kecewa.", 1),
        ("Mengapa Armenia keluar?", "Armenia keluar untuk bergabung dengan NATO.", 0.6),
        ("Mengapa Armenia keluar?", "Armenia keluar dari ruang itu.", 0),
        ("Apa itu CSTO?", "CSTO adalah aliansi.", 1),
        ("Apa itu CSTO?", "Pasukan CSTO besar.", 0),
        ("Apakah Rusia anggota CSTO?", "Rusia anggota CSTO.", 0.5),
        ("Berapa lama sidang berlangsung?", "Sidang itu berlangsung 11 pekan.", 1),
        ("Berapa lama sidang berlangsung?", "Sidang berlangsung di hadapan 40 orang.", 0),
        ("Berapa persen warga setuju?", "Sebanyak 40% warga setuju.", 1),
        ("Berapa persen warga setuju?", "Sebanyak 40 warga setuju.", 0),
        ("Apa isi pasal 4 CSTO?", "Isi pasal 4 CSTO jelas.", 0.5),
    ],
)
def test_how_well_a_sentence_holds_what_is_asked_for(question: str, sentence: str, fit: float) -> None:
    assert features(question, sentence)["fit"] == fit


def test_the_bank_and_the_vectors_add_theirs() -> None:
    case = Case("Apa itu CSTO?", "CSTO adalah aliansi.", "Pasukan CSTO besar.")
    assert not {"told", "supported", "similarity"} & set(case.ranked[0].features)
    found = [replace(each, similarity=0.5) for each in case.found]
    told, other = sorted(candidates(case.question, found, says(0, {0: 0.9}, {0: 0.95})), key=_number)
    assert told.features["told"] == pytest.approx(math.log(0.9), abs=0.01)
    assert told.features["supported"] == pytest.approx(math.log(0.95), abs=0.01)
    assert other.features["told"] == other.features["supported"] < -3
    assert told.features["similarity"] == other.features["similarity"] == 0.5


def _number(candidate: Candidate) -> int:
    return candidate.number
