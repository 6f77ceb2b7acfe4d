"""The engine on our own question set: no figure falls below the one that has landed."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from pending import pending
from tanya_csto import Tanya
from tanya_csto.evaluate import FIGURES, Evaluation, evaluate

QUESTIONS = Path(__file__).parent / "questions"
LANDED: dict[str, float] = tomllib.loads((QUESTIONS / "landed.toml").read_text(encoding="utf-8"))["dev"]


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    return evaluate(Tanya(), QUESTIONS / "dev.jsonl")


def test_every_figure_has_landed() -> None:
    assert tuple(LANDED) == FIGURES


@pending
@pytest.mark.parametrize("name", LANDED)
def test_no_figure_falls(evaluation: Evaluation, name: str) -> None:
    missed = [outcome.question.id for outcome in evaluation.outcomes if not outcome.good]
    assert round(evaluation.figures[name], 3) >= LANDED[name], f"missed: {' '.join(missed)}"


@pending
def test_every_quote_is_exact(evaluation: Evaluation) -> None:
    assert evaluation.figures["verbatim"] == 1.0
