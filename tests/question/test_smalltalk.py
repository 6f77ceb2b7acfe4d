"""Small talk: told from questions."""

from __future__ import annotations

import pytest

from tanya_csto.engine import Tanya
from tanya_csto.question.smalltalk import find_smalltalk, is_english


@pytest.mark.parametrize(
    ("text", "talk"),
    [
        ("Halo!", "greeting"),
        ("hai kak", "greeting"),
        ("Halo, nama saya Budi", "greeting"),
        ("Selamat pagi", "greeting"),
        ("Assalamualaikum", "greeting"),
        ("Terima kasih banyak", "thanks"),
        ("makasih ya", "thanks"),
        ("Sampai jumpa lagi", "farewell"),
        ("Apa kabar?", "wellbeing"),
        ("Siapa kamu?", "identity"),
        ("kamu robot?", "identity"),
        ("Kamu bisa apa?", "capability"),
        ("bagus sekali", "praise"),
        ("yakin?", "trust"),
        ("masa sih", "trust"),
        ("kok beda-beda?", "trust"),
        ("Sumbernya dari mana?", "sources"),
        ("kamu tahu dari mana?", "sources"),
        ("oke", "acknowledge"),
        ("Halo, makasih ya", "thanks"),
        ("Halo, makasih, kamu siapa?", "identity"),
        ("HALO, SELAMAT SIANG 👋", "greeting"),
    ],
)
def test_small_talk(text: str, talk: str) -> None:
    assert find_smalltalk(text) == talk


@pytest.mark.parametrize(
    "text",
    [
        "Halo, apa itu CSTO?",
        "Selamat pagi, siapa sekjen CSTO?",
        "Terima kasih, lalu kapan CSTO didirikan?",
        "hai kak mau tanya berapa anggota csto",
        "Siapa presiden Rusia?",
        "harga beras naik oke",
        "csto",
        "Menurut siapa harga beras naik?",
        "Apa buktinya Rusia menyerang?",
        "Apakah benar Armenia keluar?",
        "dari artikel apa pernyataan itu",
        "Apakah anda tahu kapan perjanjian CSTO itu ditandatangani oleh Rusia?",
        "🛡️",
        "",
        "nomor pusat bantuan rumahkilat",
        "Siapa juara Lomba Robot?",
        "Berapa daya mesin motor itu?",
    ],
)
def test_a_question_is_no_small_talk(text: str) -> None:
    assert find_smalltalk(text) is None


def test_no_suggestion_is_small_talk(tanya: Tanya) -> None:
    assert [text for text in tanya.corpus.suggestions if find_smalltalk(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "What is CSTO?",
        "Who is the secretary general?",
        "How many members are there?",
        "Is Armenia a member of CSTO?",
        "tell me about CSTO",
        "WHEN WAS IT FOUNDED",
    ],
)
def test_english(text: str) -> None:
    assert is_english(text)


@pytest.mark.parametrize(
    "text",
    [
        "Apa itu CSTO?",
        "Apa itu Collective Security Treaty Organization?",
        "Collective Security Treaty Organization",
        "siapa the leader of CSTO",
        "what is CSTO dan kapan didirikan",
        "CSTO",
        "member csto",
        "baca buku The Art of War",
        "",
        "🛡️",
    ],
)
def test_not_english(text: str) -> None:
    assert not is_english(text)
