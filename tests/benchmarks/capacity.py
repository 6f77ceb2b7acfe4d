"""What a passage costs a cluster: bytes on disk and in memory, time to load and to ask, on the engine of Qdrant itself.

`python -m tests.benchmarks.capacity --data DIR [--times N]`, where DIR/idk-mrc holds IDK-MRC: its paragraphs are cut
into passages as every corpus is, and loaded N times over into one shard, in this process, with the weights that
`tanya-csto index --to` sends. The questions are those of the valid split. The way to another machine is not in the
figures.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import numpy as np
import qdrant_edge as edge

from tanya_csto.corpus.articles import Article, Corpus
from tanya_csto.question.parser import parse_question
from tanya_csto.retrieval.expansion import QueryExpansion
from tanya_csto.retrieval.index import Index
from tanya_csto.retrieval.matrix import WeightMatrix
from tanya_csto.retrieval.qdrant import BATCH, NUMBER, SPARE, SPARSE
from tanya_csto.retrieval.retriever import PASSAGES
from tests.benchmarks.quality import read

QUESTIONS: Final = 200


def points(weights: WeightMatrix, times: int) -> Iterator[edge.Point]:
    """Yield the points of the passages, `times` over, each with a number of its own."""
    for turn in range(times):
        for number, terms, values in weights.documents():
            at = turn * weights.statistics.size + number
            yield edge.Point(at, {SPARSE: edge.SparseVector(terms.tolist(), values.tolist())}, {NUMBER: at})


def queries(weights: WeightMatrix, questions: list[str]) -> Iterator[edge.QueryRequest]:
    """Yield what the engine asks a cluster for the questions."""
    for question in questions:
        query = QueryExpansion(parse_question(question).concepts, weights.statistics).query()
        numbered = {weights.terms[term]: weight for term, weight in query.items()}
        if numbered:
            vector = edge.SparseVector(list(numbered), list(numbered.values()))
            nearest = edge.Query.Nearest(vector, using=SPARSE)
            yield edge.QueryRequest(limit=PASSAGES + SPARE, query=nearest, with_vector=[SPARSE], with_payload=False)


def resident() -> int:
    """Return the bytes of this process that lie in memory, those of files among them."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) * 1024


def on_disk(folder: Path) -> int:
    """Return the bytes that the segments of a shard take; the log of writes, of fixed size, is left out."""
    return sum(file.stat().st_blocks * 512 for file in (folder / "segments").rglob("*") if file.is_file())


def passages(data: Path) -> tuple[WeightMatrix, list[str], int]:
    """Return the weights of the paragraphs, the questions, and the bytes of the text."""
    paragraphs, _, valid = read(data)
    articles = tuple(Article(str(number), "-", text) for number, text in enumerate(paragraphs))
    questions = [question for question, _ in valid[:QUESTIONS]]
    return Index(Corpus(articles)).weights, questions, sum(len(text.encode()) for text in paragraphs)


def fill(data: Path, times: int, folder: Path) -> float:
    """Load a new shard in `folder`, and return the seconds that it took."""
    weights, _, _ = passages(data)
    start = time.perf_counter()
    shard = edge.EdgeShard.create(str(folder), edge.EdgeConfig(sparse_vectors={SPARSE: edge.EdgeSparseVectorParams()}))
    waiting = points(weights, times)
    while batch := list(islice(waiting, BATCH)):
        shard.update(edge.UpdateOperation.upsert_points(batch))
    shard.optimize()
    shard.close()
    return time.perf_counter() - start


def measure(data: Path, *, times: int, folder: Path) -> dict[str, float]:
    """Load a shard in a process of its own, ask it in this one, and return the figures by name."""
    with ProcessPoolExecutor(1, get_context("spawn")) as other:
        loaded = other.submit(fill, data, times, folder).result()
    weights, questions, text = passages(data)
    asked = list(queries(weights, questions))
    before = resident()
    shard = edge.EdgeShard.load(str(folder))
    seconds = []
    for query in asked:
        start = time.perf_counter()
        shard.query(query)
        seconds.append(time.perf_counter() - start)
    size = weights.statistics.size
    held, number = resident() - before, size * times
    return {
        "passages": number,
        "terms a passage": len(weights.indices) / size,
        "bytes of text a passage": text / size,
        "bytes on disk a passage": on_disk(folder) / number,
        "bytes in memory a passage": held / number,
        "passages loaded a second": number / loaded,
        "ms a question, mean": 1000 * float(np.mean(seconds)),
        "ms a question, p95": 1000 * float(np.quantile(seconds, 0.95)),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument("--times", type=int, default=1, metavar="N")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        figures = measure(options.data, times=options.times, folder=Path(name))
    for figure, value in figures.items():
        print(f"{value:12,.2f}  {figure}")
