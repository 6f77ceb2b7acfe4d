import tomllib
from pathlib import Path

import pytest

from tanya_csto.models import reader as module
from tanya_csto.models.networks import Networks
from tanya_csto.models.reader import Reader, Reading, trim

USE = tomllib.loads(Path(module.__file__).with_name("reader.toml").read_text(encoding="utf-8"))["use"]

PASSAGE = (
    "Jembatan Ampera adalah sebuah jembatan di Kota Palembang, Sumatra Selatan. Jembatan ini diresmikan pada "
    "tahun 1965 oleh Letnan Jenderal Ahmad Yani. Panjangnya 1.117 meter. Ampera dibangun karena warga "
    "membutuhkan penghubung antara daerah Seberang Ulu dan Seberang Ilir."
)
OTHER = (
    "Padi adalah tanaman pangan dari keluarga rumput-rumputan. Beras dimasak menjadi nasi, makanan pokok "
    "sebagian besar penduduk Asia."
)


@pytest.fixture
def reader(networks: Networks) -> Reader:
    return networks.reader


def answers(reading: Reading) -> bool:
    """Tell whether a reading is an answer at the operating point that training found."""
    return reading.start < reading.end and reading.span_score + USE["weight"] * reading.answerable > USE["threshold"]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Kapan Jembatan Ampera diresmikan?", "1965"),
        ("siapa yg meresmikan jembatan ampera", "Ahmad Yani"),
        ("Di kota mana Jembatan Ampera berada?", "Palembang"),
        ("Berapa panjang Jembatan Ampera?", "1.117"),
        ("Mengapa Jembatan Ampera dibangun?", "penghubung"),
    ],
)
def test_finds_the_words_that_answer(reader: Reader, question: str, answer: str) -> None:
    reading = reader.read(question, PASSAGE)
    assert answers(reading)
    assert answer in PASSAGE[reading.start : reading.end]


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("Kapan Jembatan Ampera diresmikan?", OTHER),
        ("Siapa presiden pertama Brasil?", PASSAGE),
        ("Berapa harga emas hari ini?", OTHER),
        ("Bagaimana cara membuat roti?", PASSAGE),
    ],
)
def test_refuses_a_passage_that_does_not_answer(reader: Reader, question: str, passage: str) -> None:
    assert not answers(reader.read(question, passage))


@pytest.mark.parametrize("passage", [PASSAGE, OTHER, f"\n\t{PASSAGE}\u00a0🤝 (“{OTHER}”)\r\n", "satu", "é" * 700])
def test_spans_lie_inside_and_have_clean_edges(reader: Reader, passage: str) -> None:
    reading = reader.read("Apa itu?", passage)
    assert 0 <= reading.start <= reading.end <= len(passage)
    words = passage[reading.start : reading.end]
    assert words == words.strip(" \t\r\n.,;:\u00a0")


@pytest.mark.parametrize("passage", ["", "   ", "...", "\x00"])
def test_a_passage_without_words_answers_nothing(reader: Reader, passage: str) -> None:
    assert not answers(reader.read("Apa itu CSTO?", passage))


def test_finds_an_answer_deep_in_a_long_passage(reader: Reader) -> None:
    passage = f"{OTHER} " * 20 + PASSAGE
    reading = reader.read("Kapan Jembatan Ampera diresmikan?", passage)
    assert passage[reading.start : reading.end].endswith("1965")


def test_is_deterministic(reader: Reader) -> None:
    question = "Kapan Jembatan Ampera diresmikan?"
    assert reader.read(question, PASSAGE) == reader.read(question, PASSAGE) == Reader.load().read(question, PASSAGE)


def test_each_sentence_has_its_own_best_words(reader: Reader) -> None:
    sentences = ["Jembatan Ampera panjang.", "", "Jembatan ini diresmikan pada tahun 1965.", OTHER]
    readings = reader.read_sentences("Kapan Jembatan Ampera diresmikan?", sentences)
    assert [s[r.start : r.end] for s, r in zip(sentences, readings, strict=True)][1:3] == ["", "1965"]
    assert max(readings, key=lambda reading: reading.span_score) is readings[2]
    assert all(0 <= r.start <= r.end <= len(s) for s, r in zip(sentences, readings, strict=True))


def test_the_form_of_a_question_changes_nothing(reader: Reader) -> None:
    forms = [
        "Kapan Jembatan Ampera diresmikan?",
        "kapan jembatan ampera diresmikan",
        "KAPAN  JEMBATAN AMPERA DIRESMIKAN ??",
    ]
    assert len({reader.read(form, PASSAGE) for form in forms}) == 1


@pytest.mark.parametrize(
    ("text", "start", "end", "words"),
    [
        ("pada 2001, lalu", 4, 10, "2001"),
        ("(seluas 2 km²)", 0, 13, "seluas 2 km²"),
        ("PBB (1945) itu", 0, 10, "PBB (1945)"),
        ("kota (Roma).", 6, 12, "Roma"),
        ('kata "damai" itu', 5, 12, '"damai"'),
        ('kata "damai" itu', 6, 12, "damai"),
        ("Kami siap,” ujarnya", 0, 19, "Kami siap"),
        ('Kami siap," ujar Budi', 0, 21, "Kami siap"),
        ('Budi berkata, "Kami siap', 0, 24, 'Budi berkata, "Kami siap'),
        ('Suara "Muara" kota', 0, 18, 'Suara "Muara" kota'),
        ('layar 24" itu', 0, 13, 'layar 24" itu'),
        (" .,: ", 0, 5, ""),
        ("cafe\u0301 itu", 0, 4, "cafe\u0301"),
    ],
)
def test_trim(text: str, start: int, end: int, words: str) -> None:
    start, end = trim(text, start, end)
    assert text[start:end] == words
