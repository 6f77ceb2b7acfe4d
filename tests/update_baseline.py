"""Measure the engine on the question sets and write the figures into baseline.toml, docs/quality.md and the READMEs.

    python -m tests.update_baseline

`score` is also measured without the question bank, and over the questions alone that the bank does not hold word for
word. What is in baseline.toml for the sets that were tuned on is a floor for tests/test_figures.py; `blind` is only
published.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from pathlib import Path

from tanya_csto import Tanya
from tanya_csto.corpus.articles import load_corpus
from tanya_csto.evaluate import Evaluation, evaluate, read_questions
from tanya_csto.models.networks import Mode, networks_for

ROOT = Path(__file__).parents[1]
QUESTIONS = ROOT / "tests" / "questions"
BASELINE = QUESTIONS / "baseline.toml"
PUBLISHED = (ROOT / "README.md", ROOT / "README.id.md", ROOT / "docs" / "quality.md")
TUNED = ("dev", "second", "third", "fourth", "fifth")
SETS = (*TUNED, "blind")
MODES: tuple[Mode, ...] = ("light", "full")
COLUMNS = tuple(f"{mode}-{name}" for mode in MODES for name in SETS)
MORE = ("without bank", "without repeats")

_HEAD = """\
# The figures of the engine on the question sets, as `python -m tests.update_baseline` measured them last. The tables in
# docs/quality.md and the READMEs show them. tests/test_figures.py fails below them on the sets that were tuned on.
"""

Figures = dict[str, dict[str, float]]  # by mode and question set, by name


def measure(sets: tuple[str, ...] = SETS, *, more: bool = True) -> Figures:
    """Return the figures of each question set in each mode; `more` adds those of `MORE`."""
    corpus, figures = load_corpus(), {}
    asked = {_bare(question) for fact in corpus.bank.facts for question in fact.questions} if corpus.bank else set()
    for mode in MODES:
        networks = networks_for(mode)
        tanya = Tanya(corpus, networks)
        alone = Tanya(replace(corpus, bank=None), networks) if more else None
        for name in sets:
            evaluation = evaluate(tanya, read_questions(QUESTIONS / f"{name}.jsonl"))
            found = evaluation.figures
            if alone:
                found["without bank"] = evaluate(alone, read_questions(QUESTIONS / f"{name}.jsonl")).figures["score"]
                found["without repeats"] = _score_without(evaluation, asked)
            figures[f"{mode}-{name}"] = found
    return figures


def _score_without(evaluation: Evaluation, asked: set[str]) -> float:
    scores = [each.marks["score"] for each in evaluation.outcomes if _bare(each.question.text) not in asked]
    return sum(scores) / len(scores)


def _bare(question: str) -> str:
    return " ".join(re.findall(r"\w+", question.casefold()))


def read_baseline() -> Figures:
    """Return the figures that were measured last."""
    return tomllib.loads(BASELINE.read_text(encoding="utf-8"))


def baseline_toml(figures: Figures) -> str:
    """Return baseline.toml with these figures."""
    tables = (
        "\n".join([f"[{column}]", *(f'"{name}" = {value:.3f}' for name, value in figures[column].items())])
        for column in COLUMNS
    )
    return _HEAD + "\n" + "\n\n".join(tables) + "\n"


def with_figures(text: str, figures: Figures) -> str:
    """Return a text with the rows of its tables replaced; a table's first line names its columns."""
    lines, columns = [], []
    for line in text.splitlines():
        cells = line.strip("| ").split(" | ")
        if cells[1:2] == ["mode"]:
            columns = cells[2:]
        found = figures.get("-".join(cells[1::-1]))
        lines.append(_row(cells[:2], [found[column] for column in columns]) if found else line)
    return "\n".join(lines) + "\n"


def _row(labels: list[str], values: list[float]) -> str:
    return f"| {' | '.join([*labels, *(f'{value:.3f}' for value in values)])} |"


if __name__ == "__main__":
    measured = measure()
    BASELINE.write_text(baseline_toml(measured), encoding="utf-8")
    for page in PUBLISHED:
        page.write_text(with_figures(page.read_text(encoding="utf-8"), measured), encoding="utf-8")
