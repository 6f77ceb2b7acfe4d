"""Time a newsroom's work at its size: `add` of thousands of articles, `index`, and questions in both modes.

    python -m tests.benchmarks.newsroom --data DIR [--articles 3500] [--questions 300] [--land]

The articles are paragraphs of IDK-MRC (Putri and Oh 2022, doi 10.48550/arXiv.2210.13778), one each; DIR/idk-mrc holds
train.json and valid.json. The commands run as processes of their own; each question is asked once, after ten others.
`--land` writes the table into docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter

from tanya_csto import Tanya
from tanya_csto.models.networks import networks_for
from tests.benchmarks.page import at, publish

WARM_UP = 10


def rows(data: Path, articles: int, questions: int) -> Iterator[str]:
    """Yield the rows of the table, each as it is measured."""
    texts, asked = _material(data, articles, questions)
    with tempfile.TemporaryDirectory() as folder:
        corpus, file = Path(folder, "korpus"), Path(folder, "artikel.jsonl")
        lines = (json.dumps({"text": text, "outlet": "Uji", "title": f"Artikel {n}"}) for n, text in enumerate(texts))
        file.write_text("\n".join(lines), encoding="utf-8")
        environment = os.environ | {"XDG_CACHE_HOME": str(Path(folder, "cache"))}
        add = _seconds(["add", "--corpus", str(corpus), str(file)], environment)
        yield f"| `add` of {len(texts):,} articles in JSON Lines | {add:.1f} s |"
        yield f"| `index`, full | {_seconds(['index', '--corpus', str(corpus)], environment):.0f} s |"
        os.environ["XDG_CACHE_HOME"] = environment["XDG_CACHE_HOME"]
        for mode in ("light", "full"):
            start = perf_counter()
            tanya = Tanya(corpus, networks=networks_for(mode))
            yield f"| {mode}: ready in the process after | {perf_counter() - start:.1f} s |"
            times = _times(tanya, asked)
            yield f"| {mode}: a question, median; p95 | {at(times, 0.5):.1f}; {at(times, 0.95):.1f} ms |"


def _material(data: Path, articles: int, questions: int) -> tuple[Sequence[str], Sequence[str]]:
    entries = [each for name in ("train", "valid") for each in json.loads((data / f"idk-mrc/{name}.json").read_text())]
    asked = sorted({qa["question"] for entry in entries for qa in entry["qas"]})
    texts = list(dict.fromkeys(entry["context"] for entry in entries))[:articles]
    return texts, random.Random(2022).sample(asked, questions + WARM_UP)  # noqa: S311


def _seconds(arguments: Sequence[str], environment: dict[str, str]) -> float:
    start = perf_counter()
    subprocess.run([sys.executable, "-m", "tanya_csto", *arguments], env=environment, check=True, capture_output=True)
    return perf_counter() - start


def _times(tanya: Tanya, asked: Sequence[str]) -> list[float]:
    """Return the milliseconds of each question behind the first ten."""
    times = []
    for question in asked:
        start = perf_counter()
        tanya.ask(question)
        times.append((perf_counter() - start) * 1000)
    return times[WARM_UP:]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, metavar="DIR", required=True)
    parser.add_argument("--articles", type=int, default=3500)
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--land", action="store_true")
    options = parser.parse_args()
    table = ["| what | figure |", "| --- | --- |"]
    for row in rows(options.data, options.articles, options.questions):
        print(row, file=sys.stderr, flush=True)
        table.append(row)
    publish("newsroom", table, page=options.land)
