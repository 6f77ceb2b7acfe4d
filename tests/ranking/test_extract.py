"""Extraction: the exact words of a sentence that answer."""

from __future__ import annotations

import pytest

from tanya_csto.ranking.extract import candidate_spans
from tests.ranking.setting import Case


def extracted(question: str, sentence: str) -> list[str]:
    case = Case(question, sentence)
    retrieved = case.retrieved()
    return [span.of(retrieved.indexed.article.text) for span in candidate_spans(case.question, retrieved)]


@pytest.mark.parametrize(
    ("question", "sentence", "answer"),
    [
        ("Kapan CSTO didirikan?", "CSTO didirikan pada tahun 1992 di Tashkent.", "1992"),
        ("Kapan perjanjian CSTO ditandatangani?", "Perjanjian CSTO ditandatangani pada 15 Mei 1992.", "15 Mei 1992"),
        ("Kapan pemimpin CSTO bertemu?", "Pemimpin CSTO bertemu, Senin (17/5/2022), di sana.", "Senin (17/5/2022)"),
        ("Berapa personel CSTO?", "Jumlah personel CSTO adalah sekitar 3.600 orang.", "sekitar 3.600 orang"),
        ("Siapa presiden Tajikistan?", "Kata Presiden Tajikistan Emomali Rahmon, niat itu ada.", "Emomali Rahmon"),
        ("Di mana kantor pusat CSTO?", "Kantor pusat CSTO berada di Moskow sejak dulu.", "Moskow"),
        ("Organisasi apa yang menyaingi CSTO?", "Rusia tahu CSTO menyaingi NATO di Eropa.", "NATO"),
        ("Pasal berapa yang mengatur agresi CSTO?", "Pada 1992 agresi diatur Pasal 4 CSTO itu.", "Pasal 4"),
        ("Mengapa Armenia menangguhkan?", "Armenia menangguhkan karena CSTO diam saja.", "karena CSTO diam saja"),
        ("Mengapa Armenia pulang?", "Armenia pulang karena pukul 06.00 gelap.", "karena pukul 06.00 gelap"),
        ("Apa itu CSTO?", "Organisasi CSTO adalah aliansi militer.", "adalah aliansi militer"),
    ],
)
def test_the_words_that_answer_come_first(question: str, sentence: str, answer: str) -> None:
    assert extracted(question, sentence)[0] == answer


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Kapan CSTO didirikan?", "CSTO didirikan di Tashkent."),
        ("Siapa presiden Tajikistan?", "Presiden Tajikistan pulang."),
        ("Berapa personel CSTO?", "Personel CSTO banyak."),
        ("Apakah CSTO aliansi?", "CSTO adalah aliansi."),
        ("Organisasi apa yang merayakan panen?", "Warga merayakan panen saat KTT itu."),
        ("Organisasi apa yang merayakan panen?", "Warga merayakan panen saat HUT itu."),
        ("Mengapa Armenia menangguhkan?", "Armenia menangguhkan partisipasi."),
    ],
)
def test_nothing_is_made_up(question: str, sentence: str) -> None:
    assert extracted(question, sentence) == []


def test_what_the_question_names_is_no_answer_to_it() -> None:
    assert "Rusia" not in extracted("Negara mana yang dibantu Rusia?", "Rusia membantu Armenia.")
    assert "2012" not in extracted("Pada tahun 2012 kapan Uzbekistan keluar?", "Uzbekistan keluar pada 2012.")


SIBLINGS = "Juara menerima hadiah Rp2 juta, sedangkan peringkat kedua Rp1 juta."


@pytest.mark.parametrize(
    ("question", "sentence", "answer"),
    [
        ("Berapa hadiah juara?", SIBLINGS, "Rp2 juta"),
        ("Berapa hadiah peringkat kedua?", SIBLINGS, "Rp1 juta"),
        ("Berapa hadiah Armenia?", "Juara menerima hadiah Rp2 juta; Armenia Rp1 juta.", "Rp1 juta"),
        ("Berapa hadiah Armenia?", "Armenia menerima Rp2 juta, tetapi hadiah kedua Rp1 juta.", "Rp2 juta"),
        ("Berapa jatah guru?", "Jatah siswa 5 buku, dan guru 12 buku.", "12 buku"),
        ("Berapa jatah siswa?", "Jatah siswa 5 buku, dan guru 12 buku.", "5 buku"),
    ],
)
def test_of_things_set_against_each_other_the_one_asked_about_answers(
    question: str, sentence: str, answer: str
) -> None:
    assert extracted(question, sentence)[0] == answer


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Pukul berapa jembatan runtuh?", "pukul 07.15"),
        ("Hari apa jembatan runtuh?", "Selasa"),
        ("Tahun berapa jembatan runtuh?", "4 Februari 2025"),
    ],
)
def test_the_part_of_a_date_that_is_asked_for_comes_first(question: str, answer: str) -> None:
    sentence = "Pada Selasa jembatan runtuh pada pukul 07.15, kata laporan tertanggal 4 Februari 2025 di sana."
    assert extracted(question, sentence)[0] == answer


@pytest.mark.parametrize(
    ("question", "sentence", "answer"),
    [
        ("Siapa Gubernur Jambi?", "Gubernur Jambi Fachrul Rozi tiba.", "Fachrul Rozi"),
        ("Siapa Menteri Pekerjaan Umum?", "Menteri Pekerjaan Umum Bagas Tirta tiba.", "Bagas Tirta"),
        ("Siapa nama lengkap Dewi?", "Bupati Dewi Kartika tiba.", "Dewi Kartika"),
    ],
)
def test_a_person_is_named_without_the_office(question: str, sentence: str, answer: str) -> None:
    assert extracted(question, sentence)[0] == answer


def test_the_date_next_to_what_is_asked_comes_first() -> None:
    sentence = "Pada 1991 Uni Soviet bubar dan beberapa waktu sesudah itu CSTO didirikan pada 1992."
    assert extracted("Kapan CSTO didirikan?", sentence) == ["1992", "1991"]
