"""Land the figures: measure the engine on dev.jsonl and write them into landed.toml and both READMEs.

Run it when the engine has become better: `python tests/land.py`, then look at the difference before you commit it.
"""

from __future__ import annotations

import re
from pathlib import Path

from tanya_csto import Tanya
from tanya_csto.evaluate import evaluate

ROOT = Path(__file__).parents[1]
QUESTIONS = ROOT / "tests" / "questions"
PLACES = (QUESTIONS / "landed.toml", ROOT / "README.md", ROOT / "README.id.md")


def landed(text: str, figures: dict[str, float]) -> str:
    """Return `text` with the figures of its TOML lines and Markdown rows replaced by `figures`."""
    for name, value in figures.items():
        text = re.sub(rf'^("{name}" = |\| {name} \| )\d\.\d{{3}}', rf"\g<1>{value:.3f}", text, flags=re.MULTILINE)
    return text


if __name__ == "__main__":
    measured = evaluate(Tanya(), QUESTIONS / "dev.jsonl").figures
    for place in PLACES:
        place.write_text(landed(place.read_text(encoding="utf-8"), measured), encoding="utf-8")
