"""The collections that the rankings are timed on, as files of tokens that every peer reads.

`passages` holds a passage a line, `queries` a query a line, tokens apart by a space.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from tanya_csto.language.terms import analyse
from tanya_csto.question.parser import parse_question

QUERIES = 200
ZIPF, MANDELBROT = 1.0, 2.7  # the share of the r-th word is about 1 / (r + 2.7)
_PASSAGES = Path("passages")
_QUERIES = Path("queries")


def write(folder: Path, passages: Iterable[Sequence[str]], queries: Iterable[Sequence[str]]) -> None:
    """Write a collection into a folder."""
    for name, rows in ((_PASSAGES, passages), (_QUERIES, queries)):
        with (folder / name).open("w", encoding="utf-8") as file:
            file.writelines(" ".join(row) + "\n" for row in rows)


def passages_of(folder: Path) -> Iterator[list[str]]:
    """Yield the tokens of each passage."""
    with (folder / _PASSAGES).open(encoding="utf-8") as file:
        for line in file:
            yield line.split()


def queries_of(folder: Path) -> list[list[str]]:
    """Return the tokens of each query."""
    return [line.split() for line in (folder / _QUERIES).read_text(encoding="utf-8").splitlines()]


def write_synthetic(folder: Path, size: int) -> None:
    """Write `size` passages of 15 to 45 words drawn by the law of Zipf and Mandelbrot, and queries of 3 to 7 words.

    The vocabulary grows with the passages by the law of Heaps. A query's words are drawn from one passage, common ones
    and all: harder than a question, which leaves its function words out.
    """
    random = np.random.default_rng(2022)
    vocabulary = int(40 * size**0.6)
    shares = np.cumsum(1 / (np.arange(1, vocabulary + 1) + MANDELBROT) ** ZIPF)
    lengths = random.integers(15, 46, size)
    numbers = np.searchsorted(shares, random.random(lengths.sum()) * shares[-1])
    words = [f"kata{number}" for number in range(vocabulary)]
    ends = np.cumsum(lengths)

    def passage(number: int) -> list[str]:
        return [words[each] for each in numbers[ends[number] - lengths[number] : ends[number]]]

    def query(number: int) -> list[str]:
        return list(random.choice(sorted(set(passage(number))), random.integers(3, 8), replace=False))

    write(folder, map(passage, range(size)), map(query, random.integers(0, size, QUERIES)))


def write_idk_mrc(folder: Path, source: Path) -> None:
    """Write the paragraphs and some questions of IDK-MRC (Putri and Oh, EMNLP 2022), as our analysis stems them."""
    entries = [
        entry for name in ("train", "valid") for entry in json.loads((source / f"{name}.json").read_text("utf-8"))
    ]
    texts = list(dict.fromkeys(entry["context"] for entry in entries))
    questions = sorted({qa["question"] for entry in entries for qa in entry["qas"]})
    chosen = np.random.default_rng(2022).choice(questions, QUERIES, replace=False)
    asked = (
        [stem for concept in parse_question(text).concepts for stem in next(iter(concept.forms))] for text in chosen
    )
    passages = ([term.stem for term in analyse(text)] for text in texts)
    write(folder, (passage for passage in passages if passage), (query for query in asked if query))
