"""Answers from collections of other articles, without a question bank.

`python -m tests.benchmarks.collections`; with `--data DIR`, where DIR/idk-mrc holds valid.json of IDK-MRC (Putri and Oh
2022, doi 10.48550/arXiv.2210.13778), also from its paragraphs as one collection, half of whose questions nothing
answers. No weight and no threshold was fitted on that split. On the others they were; `python -m training.decision`
prints what it measures where each is left out.

`short F1` is over all questions that have an answer, 0 where none was given; `tinggi` is how many answers were called
sure, and the share of them that is right.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from training.collections import Collection, of_paragraphs, without_bank

from tanya_csto import Tanya
from tanya_csto.evaluate import Evaluation, evaluate, short_f1
from tanya_csto.models.networks import Mode, networks_for

COLUMNS = ("score", "answered@1", "answered@3", "conflict", "abstained")


def idk_valid(folder: Path) -> Collection:
    """Return the valid split of IDK-MRC as one collection."""
    rows = json.loads((folder / "idk-mrc" / "valid.json").read_text("utf-8"))
    return of_paragraphs(
        "IDK-MRC valid",
        (
            (row["context"], asked["question"], [] if asked["is_impossible"] else [a["text"] for a in asked["answers"]])
            for row in rows
            for asked in row["qas"]
        ),
    )


def row(mode: Mode, collection: Collection) -> str:
    """Return the figures of one collection as a row of a table."""
    tanya = Tanya(collection.corpus, networks=networks_for(mode))
    evaluation = evaluate(tanya, collection.questions)
    figures = [f"{evaluation.figures[name]:.3f}" if name in evaluation.figures else "" for name in COLUMNS]
    cells = [mode, collection.name, *figures, f"{_short(evaluation):.3f}", _sure(evaluation)]
    return f"| {' | '.join(cells)} |"


def _short(evaluation: Evaluation) -> float:
    answerable = [each for each in evaluation.outcomes if each.question.answerable]
    shares = (
        short_f1(each.answer.short_answer, (one for item in each.question.evidence for one in item.answers))
        for each in answerable
    )
    return sum(shares) / len(answerable)


def _sure(evaluation: Evaluation) -> str:
    sure = [each for each in evaluation.outcomes if each.answer.confidence == "tinggi"]
    right = sum(each.good for each in sure)
    return f"{len(sure)}, {right / len(sure):.3f}" if sure else "0"


def _collections(data: Path | None) -> Iterator[Collection]:
    yield from without_bank()
    if data:
        yield idk_valid(data)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, metavar="DIR")
    options = parser.parse_args()
    print(f"| mode | collection | {' | '.join(COLUMNS)} | short F1 | tinggi |")
    print(f"|{' --- |' * (len(COLUMNS) + 4)}")
    for collection in _collections(options.data):
        for mode in ("light", "full"):
            print(row(mode, collection), flush=True)
