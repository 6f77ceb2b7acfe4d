"""The engine on the question sets that it was tuned on: no figure falls, and what is published is what was measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from tanya_csto.evaluate import FIGURES
from tests.update_baseline import (
    COLUMNS,
    MODES,
    MORE,
    PUBLISHED,
    ROOT,
    SETS,
    TUNED,
    Figures,
    measure,
    read_baseline,
    with_figures,
)

SPREAD = {"light": 0.005, "full": 0.03}  # int8 arithmetic differs a little between processors


@pytest.fixture(scope="module")
def measured() -> Figures:
    return measure(TUNED, more=False)


@pytest.mark.slow
@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize("column", [f"{mode}-{name}" for mode in MODES for name in TUNED])
def test_no_figure_falls(measured: Figures, column: str, figure: str) -> None:
    assert measured[column][figure] >= read_baseline()[column][figure] - SPREAD[column.split("-")[0]]


@pytest.mark.slow
def test_every_quote_is_exact(measured: Figures) -> None:
    assert {column: figures["verbatim"] for column, figures in measured.items()} == dict.fromkeys(measured, 1.0)


def test_every_figure_is_in_the_baseline() -> None:
    baseline = read_baseline()
    assert {name: set(figures) for name, figures in baseline.items()} == {name: {*FIGURES, *MORE} for name in COLUMNS}


@pytest.mark.parametrize("page", PUBLISHED, ids=[page.name for page in PUBLISHED])
def test_what_is_published_is_the_baseline(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert all(f"\n| blind | {mode} | " in text for mode in MODES)
    assert text == with_figures(text, read_baseline()), "run python -m tests.update_baseline"


def test_every_set_is_published() -> None:
    text = (ROOT / "docs" / "quality.md").read_text(encoding="utf-8")
    assert all(f"\n| {name} | {mode} | " in text for name in SETS for mode in MODES)
