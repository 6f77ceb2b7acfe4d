"""The engine on our own question sets: no figure falls, and what is published is what is measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from tanya_csto.evaluate import FIGURES, Evaluation
from tests.land import (
    COLUMNS,
    LANDED,
    MODES,
    READMES,
    SETS,
    landed_readme,
    landed_toml,
    measure,
    read_landed,
    table_row,
)

SPREAD = 0.03  # int8 arithmetic differs a little between processors, so a full-mode figure may, too


@pytest.fixture(scope="module")
def evaluations() -> dict[str, Evaluation]:
    return measure()


def rounded(evaluations: dict[str, Evaluation]) -> dict[str, dict[str, float]]:
    return {
        name: {key: round(value, 3) for key, value in evaluation.figures.items()}
        for name, evaluation in evaluations.items()
    }


def as_landed(evaluations: dict[str, Evaluation]) -> dict[str, dict[str, float]]:
    """Return the measured figures, those of the full mode as landed where they are as near as they can be."""
    landed = read_landed()
    return {
        column: {
            key: landed[column][key]
            if column.startswith("full") and abs(value - landed[column][key]) <= SPREAD
            else value
            for key, value in figures.items()
        }
        for column, figures in rounded(evaluations).items()
    }


def test_every_figure_has_landed() -> None:
    assert {name: tuple(figures) for name, figures in read_landed().items()} == dict.fromkeys(COLUMNS, FIGURES)


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize("column", COLUMNS)
def test_no_figure_falls(evaluations: dict[str, Evaluation], column: str, figure: str) -> None:
    missed = [outcome.question.id for outcome in evaluations[column].outcomes if not outcome.good]
    assert as_landed(evaluations)[column][figure] >= read_landed()[column][figure], f"missed: {' '.join(missed)}"


@pytest.mark.parametrize("column", COLUMNS)
def test_every_quote_is_exact(evaluations: dict[str, Evaluation], column: str) -> None:
    assert evaluations[column].figures["verbatim"] == 1.0


def test_what_is_landed_is_what_is_measured(evaluations: dict[str, Evaluation]) -> None:
    assert LANDED.read_text(encoding="utf-8") == landed_toml(as_landed(evaluations)), "run python tests/land.py"


@pytest.mark.parametrize("readme", READMES, ids=[readme.name for readme in READMES])
def test_what_is_published_is_what_is_measured(evaluations: dict[str, Evaluation], readme: Path) -> None:
    text = readme.read_text(encoding="utf-8")
    assert text == landed_readme(text, as_landed(evaluations)), "run python tests/land.py"


def test_landing_writes_every_figure() -> None:
    figures = {column: {key: n / 100 for n, key in enumerate(FIGURES)} for column in COLUMNS}
    for readme in READMES:
        text = landed_readme(readme.read_text(encoding="utf-8"), figures)
        assert all(table_row(name, mode, figures) in text for name in SETS for mode in MODES)
