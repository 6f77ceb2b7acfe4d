"""Land the figures: measure the engine on the question sets and write them into landed.toml and both READMEs.

Run it when the engine has become better: `python tests/land.py`, then look at the difference before you commit it.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from tanya_csto import Tanya
from tanya_csto.evaluate import FIGURES, evaluate

ROOT = Path(__file__).parents[1]
QUESTIONS = ROOT / "tests" / "questions"
LANDED = QUESTIONS / "landed.toml"
READMES = (ROOT / "README.md", ROOT / "README.id.md")
SETS = ("dev", "second", "blind")

Figures = dict[str, dict[str, float]]  # by question set, by name


def landed_toml(figures: Figures) -> str:
    """Return landed.toml with these figures, its comment kept."""
    comment = LANDED.read_text(encoding="utf-8").partition("[")[0]
    tables = (
        "\n".join([f"[{name}]", *(f'"{key}" = {value:.3f}' for key, value in figures[name].items())]) for name in SETS
    )
    return comment + "\n\n".join(tables) + "\n"


def _table(name: str, figures: dict[str, float]) -> str:
    return "\n".join([f"[{name}]", *(f'"{key}" = {value:.3f}' for key, value in figures.items())])


def landed_readme(text: str, figures: Figures) -> str:
    """Return a README with the figures of its table's rows replaced."""
    for name in FIGURES:
        cells = " | ".join(f"{figures[set_name][name]:.3f}" for set_name in SETS)
        text = re.sub(rf"^(\| {name} \| )[\d.]+(?: \| [\d.]+){{2}}", rf"\g<1>{cells}", text, flags=re.MULTILINE)
    return text


def read_landed() -> Figures:
    """Return the landed figures."""
    return tomllib.loads(LANDED.read_text(encoding="utf-8"))


if __name__ == "__main__":
    tanya = Tanya()
    measured = {name: evaluate(tanya, QUESTIONS / f"{name}.jsonl").figures for name in SETS}
    LANDED.write_text(landed_toml(measured), encoding="utf-8")
    for readme in READMES:
        readme.write_text(landed_readme(readme.read_text(encoding="utf-8"), measured), encoding="utf-8")
