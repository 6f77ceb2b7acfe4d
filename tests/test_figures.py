"""The engine on our own question set: no figure falls, and what is published is what is measured."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tanya_csto import Tanya
from tanya_csto.evaluate import FIGURES, Evaluation, evaluate
from tests.land import PLACES, QUESTIONS, landed

LANDED: dict[str, float] = tomllib.loads((QUESTIONS / "landed.toml").read_text(encoding="utf-8"))["dev"]


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    return evaluate(Tanya(), QUESTIONS / "dev.jsonl")


def test_every_figure_has_landed() -> None:
    assert tuple(LANDED) == FIGURES


@pytest.mark.parametrize("name", LANDED)
def test_no_figure_falls(evaluation: Evaluation, name: str) -> None:
    missed = [outcome.question.id for outcome in evaluation.outcomes if not outcome.good]
    assert round(evaluation.figures[name], 3) >= LANDED[name], f"missed: {' '.join(missed)}"


def test_every_quote_is_exact(evaluation: Evaluation) -> None:
    assert evaluation.figures["verbatim"] == 1.0


@pytest.mark.parametrize("place", PLACES, ids=[place.name for place in PLACES])
def test_what_is_published_is_what_is_measured(evaluation: Evaluation, place: Path) -> None:
    text = place.read_text(encoding="utf-8")
    assert text == landed(text, evaluation.figures), "better than published: run python tests/land.py"


def test_landing_writes_every_figure() -> None:
    figures = {name: n / 100 for n, name in enumerate(FIGURES)}
    toml, english, indonesian = (landed(place.read_text(encoding="utf-8"), figures) for place in PLACES)
    assert tomllib.loads(toml)["dev"] == figures
    for readme in (english, indonesian):
        assert all(f"| {name} | {value:.3f} |" in readme for name, value in figures.items())
