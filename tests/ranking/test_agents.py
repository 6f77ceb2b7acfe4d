"""Agents: who does what the question asks about."""

from __future__ import annotations

import pytest

from tanya_csto.ranking.agents import find_agent
from tests.ranking.setting import Case


def agent(question: str, sentence: str) -> str | None:
    case = Case(question, sentence)
    found = find_agent(case.retrieved())
    return found.of(sentence) if found else None


@pytest.mark.parametrize(
    ("question", "sentence", "who"),
    [
        ("Siapa yang memimpin CSTO?", "CSTO adalah aliansi yang dipimpin oleh Rusia.", "Rusia"),
        ("Siapa yang memimpin CSTO?", "Rusia diketahui memimpin aliansi militer bernama CSTO.", "Rusia"),
        ("Siapa pemimpin CSTO?", "Aliansi militer CSTO yang dipimpin Rusia bertambah besar.", "Rusia"),
        (
            "Siapa yang mengumumkan keputusan itu?",
            "Keputusan diumumkan oleh Perdana Menteri Armenia Nikol Pashinyan.",
            "Nikol Pashinyan",
        ),
        ("Itu bentukan siapa?", "Pakta Warsawa bentukan Uni Soviet sudah bubar.", "Uni Soviet"),
    ],
)
def test_whoever_does_it_is_found(question: str, sentence: str, who: str) -> None:
    assert agent(question, sentence) == who


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Siapa yang memimpin CSTO?", "CSTO menyaingi NATO yang dipimpin Amerika Serikat."),
        ("Siapa yang mengirim bantuan?", "CSTO menolak sanksi terhadap Rusia atau mengirim bantuan."),
        ("Siapa kepala NATO yang mengecam serangan itu?", "Kepala NATO mengecam serangan Rusia."),
    ],
)
def test_whoever_does_something_else_is_not(question: str, sentence: str) -> None:
    assert agent(question, sentence) is None
