"""Membership: who belongs to something, how many do or whether one does, and not what members do or who would join."""

from __future__ import annotations

import pytest

from tanya_csto.language.terms import analyse
from tanya_csto.question.membership import tells_wish
from tanya_csto.question.parser import parse_question


@pytest.mark.parametrize(
    "text",
    [
        "Apa saja negara anggota CSTO?",
        "anggota csto",
        "Siapa saja yang tergabung dalam CSTO?",
        "Negara mana saja yang ikut CSTO?",
        "Berapa jumlah anggota CSTO?",
        "Berapa negara yang tergabung dalam CSTO?",
        "csto ada berapa negara?",
        "Apakah Armenia anggota CSTO?",
        "Apakah Rusia termasuk anggota CSTO saat ini?",
    ],
)
def test_it_asks_who_belongs(text: str) -> None:
    assert parse_question(text).asks_membership


@pytest.mark.parametrize(
    "text",
    [
        "Apa itu CSTO?",
        "Apa saja tugas anggota CSTO?",
        "Kapan Armenia bergabung dengan CSTO?",
        "Negara mana yang ingin bergabung dengan CSTO?",
        "Apakah Serbia mau masuk CSTO?",
        "Berapa jumlah tentara CSTO?",
        "Berapa negara yang menolak perang?",
        "Mengapa Uzbekistan keluar dari CSTO?",
        "Apakah CSTO punya anggota?",
        "",
    ],
)
def test_it_asks_something_else(text: str) -> None:
    assert not parse_question(text).asks_membership


@pytest.mark.parametrize(
    ("text", "wishes"),
    [
        ("Negara mana yang ingin bergabung?", True),
        ("siapa calon anggota", True),
        ("Armenia mengajukan keanggotaan", True),
        ("Armenia adalah anggota", False),
    ],
)
def test_a_wish_to_belong_is_told_from_belonging(text: str, wishes: bool) -> None:
    assert tells_wish(analyse(text)) == wishes
