"""Land the figures: measure the engine on the question sets and write them into landed.toml and both READMEs.

Run it when the engine has become better: `python tests/land.py`, then look at the difference before you commit it.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from tanya_csto import Tanya
from tanya_csto.evaluate import FIGURES, Evaluation, evaluate
from tanya_csto.models.networks import Mode, networks_for

ROOT = Path(__file__).parents[1]
QUESTIONS = ROOT / "tests" / "questions"
LANDED = QUESTIONS / "landed.toml"
READMES = (ROOT / "README.md", ROOT / "README.id.md")
SETS = ("dev", "second", "third", "fourth", "blind")
MODES: tuple[Mode, ...] = ("light", "full")
COLUMNS = tuple(f"{mode}-{name}" for mode in MODES for name in SETS)

Figures = dict[str, dict[str, float]]  # by mode and question set, by name


def landed_toml(figures: Figures) -> str:
    """Return landed.toml with these figures, its comment kept."""
    comment = LANDED.read_text(encoding="utf-8").partition("[")[0]
    tables = (_table(column, figures[column]) for column in COLUMNS)
    return comment + "\n\n".join(tables) + "\n"


def _table(name: str, figures: dict[str, float]) -> str:
    return "\n".join([f"[{name}]", *(f'"{key}" = {value:.3f}' for key, value in figures.items())])


def landed_readme(text: str, figures: Figures) -> str:
    """Return a README with the figures of its table replaced: a row for each question set and mode."""
    for name in SETS:
        for mode in MODES:
            row = table_row(name, mode, figures)
            text = re.sub(rf"^\| {name} \| {mode} \|.*$", row, text, flags=re.MULTILINE)
    return text


def table_row(name: str, mode: Mode, figures: Figures) -> str:
    """Return the row of a question set and mode."""
    cells = (f"{figures[f'{mode}-{name}'][figure]:.3f}" for figure in FIGURES)
    return f"| {name} | {mode} | {' | '.join(cells)} |"


def read_landed() -> Figures:
    """Return the landed figures."""
    return tomllib.loads(LANDED.read_text(encoding="utf-8"))


def measure() -> dict[str, Evaluation]:
    """Return the evaluation of each question set in each mode."""
    engines = {mode: Tanya(networks=networks_for(mode)) for mode in MODES}
    return {f"{mode}-{name}": evaluate(engines[mode], QUESTIONS / f"{name}.jsonl") for mode in MODES for name in SETS}


if __name__ == "__main__":
    measured = {column: evaluation.figures for column, evaluation in measure().items()}
    LANDED.write_text(landed_toml(measured), encoding="utf-8")
    for readme in READMES:
        readme.write_text(landed_readme(readme.read_text(encoding="utf-8"), measured), encoding="utf-8")
