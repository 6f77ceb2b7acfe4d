"""The engine on our own question sets: no figure falls, and what is published is what is measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from tanya_csto import Tanya
from tanya_csto.evaluate import FIGURES, Evaluation, evaluate
from tests.land import LANDED, QUESTIONS, READMES, SETS, landed_readme, landed_toml, read_landed


@pytest.fixture(scope="module")
def evaluations() -> dict[str, Evaluation]:
    tanya = Tanya()
    return {name: evaluate(tanya, QUESTIONS / f"{name}.jsonl") for name in SETS}


def rounded(evaluations: dict[str, Evaluation]) -> dict[str, dict[str, float]]:
    return {
        name: {key: round(value, 3) for key, value in evaluation.figures.items()}
        for name, evaluation in evaluations.items()
    }


def test_every_figure_has_landed() -> None:
    assert {name: tuple(figures) for name, figures in read_landed().items()} == dict.fromkeys(SETS, FIGURES)


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize("name", SETS)
def test_no_figure_falls(evaluations: dict[str, Evaluation], name: str, figure: str) -> None:
    missed = [outcome.question.id for outcome in evaluations[name].outcomes if not outcome.good]
    assert rounded(evaluations)[name][figure] >= read_landed()[name][figure], f"missed: {' '.join(missed)}"


@pytest.mark.parametrize("name", SETS)
def test_every_quote_is_exact(evaluations: dict[str, Evaluation], name: str) -> None:
    assert evaluations[name].figures["verbatim"] == 1.0


def test_what_is_landed_is_what_is_measured(evaluations: dict[str, Evaluation]) -> None:
    assert LANDED.read_text(encoding="utf-8") == landed_toml(rounded(evaluations)), "run python tests/land.py"


@pytest.mark.parametrize("readme", READMES, ids=[readme.name for readme in READMES])
def test_what_is_published_is_what_is_measured(evaluations: dict[str, Evaluation], readme: Path) -> None:
    text = readme.read_text(encoding="utf-8")
    assert text == landed_readme(text, rounded(evaluations)), "run python tests/land.py"


def test_landing_writes_every_figure() -> None:
    figures = {name: {key: n / 100 for n, key in enumerate(FIGURES)} for name in SETS}
    for readme in READMES:
        text = landed_readme(readme.read_text(encoding="utf-8"), figures)
        assert all(
            f"| {key} | {n / 100:.3f} | {n / 100:.3f} | {n / 100:.3f} |" in text for n, key in enumerate(FIGURES)
        )
