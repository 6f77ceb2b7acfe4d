"""Framing: what only asks to be told falls away, and no word of a question does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanya_csto.language.terms import analyse
from tanya_csto.question.framing import find_asides, without_frame, without_greeting

QUESTION = "kapan CSTO didirikan"
SETS = (Path(__file__).parents[1] / "questions").glob("*.jsonl")
LINES = sorted(line for file in SETS for line in file.read_text("utf-8").splitlines())


@pytest.mark.parametrize(
    "opener",
    [
        "Mohon informasinya, {}?",
        "Boleh tahu {}?",
        "Izin bertanya, {}?",
        "Bisakah Anda menjelaskan {}?",
        "Apakah Anda tahu {}?",
        "Ada yang tahu {}?",
        "maaf kak mau tanya {}?",
        "buat tugas nih, {}?",
        "Berdasarkan artikel di atas, {}?",
        "Tolong jawab pertanyaan berikut: {}?",
        "Pertanyaan 2: {}?",
        "1. {}?",
        "Oh begitu, oke. {}?",
        "wah menarik! {}?",
        "ok terima kasih atas jawabannya, {}?",
        "hmm {}?",
        "Saya sedang menulis makalah tentang NATO. {}?",
        "{}? Saya butuh jawabannya besok.",
    ],
)
@pytest.mark.parametrize("closer", ["", " Terima kasih.", " Mohon jawabannya ya, kak!", " Jawab singkat saja"])
def test_what_stands_around_a_question_falls_away(opener: str, closer: str) -> None:
    assert without_frame(opener.format(QUESTION) + closer) == f"{QUESTION}?"


def test_a_question_of_mere_keywords_may_stand_behind_a_request_to_be_told() -> None:
    assert without_frame("Boleh tahu kantor pusat CSTO") == "kantor pusat CSTO"
    assert without_frame("mohon infonya markas CSTO makasih") == "markas CSTO"
    assert without_frame("Tahu goreng itu dari mana?") == "Tahu goreng itu dari mana?"
    assert without_frame("Tolong sebutkan negara anggota") == "Tolong sebutkan negara anggota"


@pytest.mark.parametrize("closer", ["makasih", "tolong dijawab ya", "buat tugas nih", "serius tanya", "please"])
def test_courtesy_behind_a_question_without_a_mark(closer: str) -> None:
    assert without_frame(f"{QUESTION} {closer}") == QUESTION


@pytest.mark.parametrize(
    "question",
    [
        "Bantuan apa yang diberikan CSTO?",
        "Untuk apa CSTO dibentuk?",
        "Untuk tugas apa pasukan dikirim?",
        "Pertanyaan apa yang diajukan Putin?",
        "5 negara apa yang ikut?",
        "Apa yang Putin jelaskan?",
        "Apakah boleh minta bantuan CSTO?",
        "Minta bantuan siapa Kazakhstan?",
        "Mau apa Rusia di Ukraina?",
        "Kalau satu anggota diserang, apa yang terjadi?",
        "Negara mana saja yang ikut ya kak",
        "Saya baca Armenia keluar, kenapa?",
        "kamu siapa?",
        "makasih",
        "Oke, makasih kak",
        "Terima kasih banyak, kak!",
        "Mohon informasinya",
        "Saya lupa.",
        "",
    ],
)
def test_what_is_a_question_or_no_question_at_all_stays(question: str) -> None:
    assert without_frame(question) == question


@given(st.sampled_from([json.loads(line)["question"] for line in LINES]))
def test_what_is_left_stands_in_the_message(question: str) -> None:
    left = without_frame(question)
    assert left.removesuffix("?") in question
    assert without_frame(left) == left


@pytest.mark.parametrize(
    "frame", ["buat tugas ya ya ", "terima kasih banyak ", "mohon info dong ", "oh oke, ", "jawab ya "]
)
def test_a_message_of_nothing_but_frames_is_over_soon(frame: str) -> None:
    """Where a pattern may part a repetition in two ways, forty of them would take hours."""
    without_frame(frame * 40 + "CSTO")
    without_frame("CSTO " + frame * 40 + ".")


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Halo, apa itu CSTO?", "apa itu CSTO?"),
        ("Halo min, apa itu CSTO?", "apa itu CSTO?"),
        ("Selamat pagi kak! Siapa sekjen CSTO?", "Siapa sekjen CSTO?"),
        ("Apa itu CSTO?", "Apa itu CSTO?"),
        ("(CSTO) itu apa?", "(CSTO) itu apa?"),
        ("Halo", "Halo"),
        ("", ""),
    ],
)
def test_the_greeting_in_front_is_left_out(text: str, rest: str) -> None:
    assert without_greeting(text) == rest


@pytest.mark.parametrize(
    ("text", "asides"),
    [
        ("Maafkan orang tua ini, kapan CSTO didirikan?", ["Maafkan orang tua ini"]),
        ("Maafkan orang tua ini", []),
        ("Kapan CSTO didirikan, dan oleh siapa?", []),
    ],
)
def test_the_clause_in_which_the_asker_excuses_himself(text: str, asides: list[str]) -> None:
    assert [span.of(text) for span in find_asides(analyse(text))] == asides
