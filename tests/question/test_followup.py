"""Follow-ups: which questions lean on earlier ones, and how they read with what they leave out put in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanya_csto.question.followup import (
    as_sentence,
    is_substitution,
    leans_on_earlier,
    points_back,
    points_to_person,
    resolutions,
)
from tanya_csto.question.parser import parse_question

WORDS = ["CSTO", "nato", "Putin", "dia", "itu", "anggotanya", "kalau", "kapan", "apa", "siapa", "didirikan", "?", ","]
texts = st.text(max_size=80) | st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)


def resolved(earlier: str, text: str, person: str = "") -> str | None:
    return next(iter(resolutions(parse_question(text), parse_question(earlier), person)), None)


@pytest.mark.parametrize(
    "text",
    [
        "Siapa sekretaris jenderalnya?",
        "Berapa jumlah anggotanya?",
        "di mana kantor pusatnya",
        "Kapan itu terjadi?",
        "Apa tujuan organisasi tersebut?",
        "Siapa yang memimpin mereka?",
        "Siapa yang memimpin organisasi itu?",
        "dia lahir di mana",
        "kalau NATO?",
        "Bagaimana dengan Uzbekistan?",
        "lalu Armenia?",
        "sejak kapan?",
        "kenapa begitu?",
        "kapan didirikan?",
    ],
)
def test_it_leans(text: str) -> None:
    assert leans_on_earlier(parse_question(text))


@pytest.mark.parametrize(
    "text",
    [
        "Apa itu NATO?",
        "Siapa Sekretaris Jenderal NATO?",
        "Kapan Rusia menyerang Ukraina?",
        "apa sebenarnya CSTO",
        "Apa saja negara anggota CSTO saat ini?",
        "Apa kepanjangannya CSTO?",
    ],
)
def test_it_stands_alone(text: str) -> None:
    assert not leans_on_earlier(parse_question(text))


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("dia lahir di mana?", True),
        ("Apa kata beliau?", True),
        ("Apa jabatan Putin?", False),
        ("di mana markasnya?", False),
    ],
)
def test_a_pronoun_points_to_a_person(text: str, points: bool) -> None:
    assert points_to_person(parse_question(text)) == points


@pytest.mark.parametrize(
    ("earlier", "text", "expected"),
    [
        ("Apa kepanjangan CSTO?", "kalau NATO?", "Apa kepanjangan NATO?"),
        ("Siapa presiden Rusia?", "bagaimana dengan Tajikistan?", "Siapa presiden Tajikistan?"),
        ("Apakah Rusia anggota CSTO?", "kalau Uzbekistan?", "Apakah Uzbekistan anggota CSTO?"),
        ("Apakah Rusia anggota CSTO?", "kalau NATO?", "Apakah Rusia anggota NATO?"),
        ("Apa tujuan CSTO?", "terus nato sih?", "Apa tujuan NATO?"),
        ("Siapa istri Muara Sitorus?", "kalau Rangga Wibisono?", "Siapa istri Rangga Wibisono?"),
        ("Apa kata Putin soal Finlandia dan Swedia?", "kalau Norwegia?", "Apa kata Putin soal Norwegia?"),
    ],
)
def test_a_new_subject_takes_the_place_of_the_old_one_of_its_kind(earlier: str, text: str, expected: str) -> None:
    assert is_substitution(parse_question(text))
    assert resolved(earlier, text) == expected


@pytest.mark.parametrize(
    ("earlier", "text", "expected"),
    [
        ("Berapa tarif cek darah untuk mahasiswa?", "kalau untuk umum?", "Berapa tarif cek darah untuk umum?"),
        ("Berapa orang tewas pada hari pertama?", "kalau di hari kedua?", "Berapa orang tewas pada hari kedua?"),
        ("Berapa orang tewas pada hari pertama?", "kalau hari kedua?", "Berapa orang tewas pada hari kedua?"),
        ("Berapa kapasitas baterai Standar?", "yang Plus?", "Berapa kapasitas baterai Plus?"),
        ("Jam berapa jembatan runtuh?", "kalau menurut Suara?", "Jam berapa jembatan runtuh menurut Suara?"),
        ("Siapa presiden Rusia?", "kalau perdana menteri Armenia?", "Siapa perdana menteri Armenia?"),
        ("Apa isi Pasal 4?", "kalau Pasal 5?", "Apa isi Pasal 5?"),
        ("Siapa presiden Rusia?", "kalau Armenia siapa?", "Siapa presiden Armenia?"),
        ("Apa kata Putin soal Finlandia dan Swedia?", "kalau soal lab?", "Apa kata Putin soal lab?"),
        ("Berapa uang pangkal golongan A?", "kalau golongan C?", "Berapa uang pangkal golongan C?"),
        ("Berapa biaya pemandu berbahasa Inggris?", "yang berbahasa Melayu?", "Berapa biaya pemandu berbahasa Melayu?"),
        ("Berapa tablet untuk orang dewasa?", "kalau anak-anak?", "Berapa tablet untuk anak-anak?"),
        ("Kenapa presiden Rusia pergi?", "kalau presiden Armenia?", "Kenapa presiden Armenia pergi?"),
        ("Kapan pasukan Rusia masuk Ukraina?", "kalau pasukan NATO?", "Kapan pasukan NATO masuk Ukraina?"),
        ("Berapa jarak dari Jakarta ke Bandung?", "kalau dari Surabaya?", "Berapa jarak dari Surabaya ke Bandung?"),
        ("Di mana kelas A belajar?", "kalau kelas B?", "Di mana kelas B belajar?"),
        ("Apa sanksi pelanggaran kedua perdes?", "kalau yang ketiga?", "Apa sanksi pelanggaran ketiga perdes?"),
        ("Siapa tersangka kedua?", "lalu yang pertama siapa?", "Siapa tersangka pertama?"),
        ("Siapa pelatih Elang Muara sekarang?", "yang sebelumnya?", "Siapa pelatih Elang Muara sebelumnya?"),
        ("Kapan rapat NATO diadakan?", "kalau yang berikutnya kapan?", "Kapan rapat NATO berikutnya diadakan?"),
        ("Berapa pendapatan NATO tahun 2025?", "kalau 2024?", "Berapa pendapatan NATO tahun 2024?"),
        ("Siapa yang datang 12 Juni?", "kalau 5 Mei?", "Siapa yang datang 5 Mei?"),
        ("Berapa suhu pukul 10.00 pada 5 Mei?", "kalau pukul 12.00?", "Berapa suhu pukul 12.00 pada 5 Mei?"),
        ("Berapa siswa kelas 7 tahun 2023?", "kalau kelas 8?", "Berapa siswa kelas 8 tahun 2023?"),
        ("Berapa anggaran tahun 2024?", "kalau tahun lalu?", "Berapa anggaran tahun lalu?"),
    ],
)
def test_new_words_take_the_place_of_those_like_them(earlier: str, text: str, expected: str) -> None:
    assert is_substitution(parse_question(text))
    assert resolved(earlier, text) == expected


@pytest.mark.parametrize(
    ("earlier", "text", "expected"),
    [
        ("Apa pekerjaan Nona?", "kalau adiknya?", "Apa pekerjaan adik Nona?"),
        ("Berapa tunggakan menurut Hendrik?", "kalau menurut menterinya?", "Berapa tunggakan menurut menteri Hendrik?"),
        ("Apa pekerjaan Nona?", "kalau adiknya yang bungsu?", "Apa pekerjaan adik Nona yang bungsu?"),
    ],
)
def test_what_belongs_to_the_subject_takes_its_place(earlier: str, text: str, expected: str) -> None:
    assert resolved(earlier, text) == expected


def test_a_name_alone_may_be_a_new_subject() -> None:
    assert leans_on_earlier(parse_question("NATO?"))
    assert resolved("Apa kepanjangan CSTO?", "NATO?") == "Apa kepanjangan NATO?"


def test_a_school_is_named_with_its_kind_and_number() -> None:
    found = resolutions(parse_question("Siapa kepalanya?"), parse_question("Di mana SMP Negeri 3 Karangjati?"))
    assert "Siapa kepala SMP Negeri 3 Karangjati?" in found


@pytest.mark.parametrize("text", ["Rapat sebelumnya kapan?", "Apa selanjutnya yang dibahas?", "Ada yang lainnya?"])
def test_what_comes_before_and_after_points_to_nothing(text: str) -> None:
    assert not points_back(parse_question(text))


@pytest.mark.parametrize("text", ["yang jadi Sekjen CSTO siapa?", "kalau ketua lomba siapa?", "yang pertama di mana?"])
def test_what_asks_by_itself_is_no_substitution(text: str) -> None:
    assert not is_substitution(parse_question(text))


def test_a_new_subject_asked_for_by_another_word_takes_no_place() -> None:
    assert resolved("Siapa presiden Rusia?", "kalau Armenia kapan?") is None


def test_the_pronoun_may_stand_for_who_was_asked_about_too() -> None:
    earlier = parse_question("putin bertemu siapa?")
    assert resolutions(parse_question("dia bilang apa?"), earlier, "Viktor") == (
        "Viktor bilang apa?",
        "Putin bilang apa?",
    )


def test_a_new_subject_finds_no_place_where_none_was() -> None:
    assert resolved("kapan perang itu dimulai?", "kalau NATO?") is None


@pytest.mark.parametrize(
    "text",
    [
        "Kapan NATO didirikan?",
        "NATO",
        "kalau NATO dan CSTO?",
        "lalu bagaimana?",
        "kalau begitu kenapa?",
        "yang memimpin?",
        "kalau menuju?",
        "untuk selama?",
    ],
)
def test_no_substitution(text: str) -> None:
    assert not is_substitution(parse_question(text))


@pytest.mark.parametrize(
    ("earlier", "text", "expected"),
    [
        ("Apa itu CSTO?", "anggotanya siapa?", "anggota CSTO siapa?"),
        ("kapan csto didirikan", "Di mana kantor pusatnya?", "Di mana kantor pusat CSTO?"),
        ("Apa itu CSTO?", "Apa tujuan organisasi tersebut?", "Apa tujuan organisasi CSTO?"),
        ("Apa itu CSTO?", "Siapa yang memimpin mereka?", "Siapa yang memimpin CSTO?"),
        ("Siapa Putin?", "dia lahir di mana?", "Putin lahir di mana?"),
        ("tasmagambetov mengatakan apa?", "dia jabat sejak kapan?", "Tasmagambetov jabat sejak kapan?"),
        ("Apakah Rusia anggota CSTO?", "Di mana markasnya?", "Di mana markas CSTO?"),
        ("Kapan KM Nusa Permai tenggelam?", "Siapa nakhodanya?", "Siapa nakhoda KM Nusa Permai?"),
    ],
)
def test_what_points_back_gives_way_to_the_name(earlier: str, text: str, expected: str) -> None:
    assert resolved(earlier, text) == expected


def test_a_noun_that_the_earlier_question_has_too_is_said_once() -> None:
    found = resolutions(parse_question("Siapa ketuanya?"), parse_question("Siapa ketua panitia khusus NATO?"))
    assert "Siapa ketua panitia khusus NATO?" in found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dia lahir di mana?", "Imangali Tasmagambetov lahir di mana?"),
        ("Apa yang dia katakan?", "Apa yang Imangali Tasmagambetov katakan?"),
        ("Apa jabatan dia di CSTO?", "Apa jabatan Imangali Tasmagambetov di CSTO?"),
    ],
)
def test_the_person_who_was_the_answer_is_meant_by_the_pronoun(text: str, expected: str) -> None:
    assert resolved("Siapa sekjen CSTO?", text, "Imangali Tasmagambetov") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kapan didirikan?", "kapan CSTO didirikan?"),
        ("siapa sekretaris jenderal?", "siapa sekretaris jenderal CSTO?"),
        ("berapa jumlah tentara", "berapa jumlah tentara CSTO"),
        ("mengapa keluar?", "mengapa CSTO keluar?"),
        ("kapan mengirim pasukan?", "kapan CSTO mengirim pasukan?"),
        ("kapan perang dimulai?", "kapan perang CSTO dimulai?"),
    ],
)
def test_a_question_without_a_subject_takes_that_of_the_earlier_one(text: str, expected: str) -> None:
    assert resolved("Apa itu CSTO?", text) == expected


@pytest.mark.parametrize(
    ("earlier", "text", "expected"),
    [
        ("Kapan CSTO didirikan?", "di mana?", "di mana CSTO didirikan?"),
        ("kapan csto didirikan", "kenapa", "kenapa csto didirikan?"),
        ("Mengapa CSTO mengirim pasukan?", "ke negara mana?", "ke negara mana CSTO mengirim pasukan?"),
        ("Kapan perang itu dimulai?", "siapa yang menang?", "siapa yang menang, perang itu dimulai?"),
    ],
)
def test_a_question_that_only_asks_takes_over_all_that_was_asked_about(earlier: str, text: str, expected: str) -> None:
    assert resolved(earlier, text) == expected


@pytest.mark.parametrize("text", ["kenapa?", "siapa anggotanya?", "kalau NATO?"])
def test_an_earlier_question_about_nothing_has_nothing_to_give(text: str) -> None:
    assert resolved("Apa itu?", text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kapan csto didirikan", "Kapan CSTO didirikan?"),
        ("  apa itu nato ??", "Apa itu NATO?"),
        ("sebutkan anggota CSTO!", "Sebutkan anggota CSTO?"),
        ("kapan amerika serikat masuk nato", "Kapan Amerika Serikat masuk NATO?"),
        ("Siapa Putin?", "Siapa Putin?"),
    ],
)
def test_a_question_is_written_down_as_a_person_would(text: str, expected: str) -> None:
    assert as_sentence(parse_question(text)) == expected


@given(texts, texts, st.sampled_from(["", "Imangali Tasmagambetov"]))
def test_any_two_questions_can_follow_one_another(earlier: str, text: str, person: str) -> None:
    found = resolved(earlier, text, person)
    assert found is None or found.strip()
    assert as_sentence(parse_question(text)).endswith("?")
