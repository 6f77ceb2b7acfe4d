"""One ranking on one collection, timed in a process of its own: `python -m tests.benchmarks.peers PEER FOLDER`.

It prints one JSON object: seconds to build (reading the tokens included, the same for all), milliseconds a query,
MiB of resident memory that it adds, and the ten best passages of each query.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

from tests.benchmarks.gathered import passages_of, queries_of

BEST = 10
K1, B = 1.2, 0.75
SECONDS = 60.0  # for the queries of one peer; the first is never left out
INDEX = "index"

Search = Callable[[Sequence[str]], list[int]]


def rank_bm25(folder: Path) -> Search:
    """rank-bm25 with nothing but its idf mended; what `get_top_n` does, for numbers instead of texts."""
    from tests.retrieval.oracle import MendedOkapi

    bm25 = MendedOkapi(passages_of(folder), k1=K1, b=B)
    numbers = range(bm25.corpus_size)
    return lambda query: bm25.get_top_n(query, numbers, BEST)


def bm25s(folder: Path) -> Search:
    import bm25s as library

    bm25 = library.BM25(method="lucene", k1=K1, b=B)
    bm25.index(list(passages_of(folder)), show_progress=False)

    def search(query: Sequence[str]) -> list[int]:
        found, _ = bm25.retrieve([list(query)], k=BEST, show_progress=False)
        return list(map(int, found[0]))

    return search


def tantivy(folder: Path) -> Search:
    import tantivy as library

    schema = library.SchemaBuilder().add_text_field("text", tokenizer_name="whitespace", index_option="freq")
    schema = schema.add_integer_field("number", stored=True, fast=True).build()
    index = library.Index(schema)
    writer = index.writer(heap_size=256 << 20, num_threads=1)
    for number, passage in enumerate(passages_of(folder)):
        writer.add_document(library.Document(text=" ".join(passage), number=number))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(query: Sequence[str]) -> list[int]:
        terms = [(library.Occur.Should, library.Query.term_query(schema, "text", term)) for term in query]
        hits = searcher.search(library.Query.boolean_query(terms), limit=BEST, count=False).hits
        return [searcher.doc(address)["number"][0] for _, address in hits]

    return search


def haystack(folder: Path) -> Search:
    from haystack import Document
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    store = InMemoryDocumentStore(
        bm25_tokenization_regex=r"\S+", bm25_algorithm="BM25Okapi", bm25_parameters={"k1": K1, "b": B}, shared=False
    )
    store.write_documents(
        [
            Document(id=str(number), content=" ".join(passage), meta={"number": number})
            for number, passage in enumerate(passages_of(folder))
        ]
    )
    return lambda query: [found.meta["number"] for found in store.bm25_retrieval(" ".join(query), top_k=BEST)]


def tanya_csto(folder: Path) -> Search:
    """Our weights, built and kept in a folder."""
    from dataclasses import asdict

    from tanya_csto.retrieval.bm25 import LuceneBM25
    from tanya_csto.retrieval.matrix import WeightMatrix
    from tanya_csto.retrieval.store import Tables

    weights = WeightMatrix.of(LuceneBM25(passages_of(folder)))
    Tables({"indices": weights.indices, "data": weights.data}, asdict(weights.statistics)).write(folder / INDEX, INDEX)
    idf = weights.statistics.idf
    return lambda query: [number for number, _ in weights.top({term: idf(term) for term in query}, BEST)]


def tanya_csto_kept(folder: Path) -> Search:
    """The same from the folder, as a worker of the service finds it."""
    from tanya_csto.retrieval.bm25 import Statistics
    from tanya_csto.retrieval.matrix import WeightMatrix
    from tanya_csto.retrieval.store import Tables

    tables = Tables.read(folder / INDEX, INDEX)
    assert tables is not None
    weights = WeightMatrix(Statistics(**tables.words), tables.arrays["indices"], tables.arrays["data"])
    idf = weights.statistics.idf
    return lambda query: [number for number, _ in weights.top({term: idf(term) for term in query}, BEST)]


PEERS: dict[str, Callable[[Path], Search]] = {
    "rank-bm25": rank_bm25,
    "Haystack": haystack,
    "bm25s": bm25s,
    "tantivy": tantivy,
    "Tanya CSTO": tanya_csto,
    "Tanya CSTO, kept": tanya_csto_kept,
}


def measure(peer: str, folder: Path) -> dict[str, Any]:
    """Return what one peer needs, and finds."""
    queries = queries_of(folder)
    before = _resident()
    start = perf_counter()
    search = PEERS[peer](folder)
    built = perf_counter() - start
    search(queries[0])  # what is loaded late is no part of a query
    found = list(_asked(search, queries))
    return {
        "build": built,
        "times": [time for time, _ in found],
        "memory": _resident() - before,
        "found": [list(map(int, numbers)) for _, numbers in found],
    }


def _asked(search: Search, queries: Sequence[Sequence[str]]) -> Iterator[tuple[float, list[int]]]:
    end = perf_counter() + SECONDS
    for query in queries:
        start = perf_counter()
        found = search(query)
        now = perf_counter()
        yield 1000 * (now - start), found
        if now > end:
            return


def _resident() -> float:
    """Return the MiB of memory that this process holds."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], Path(sys.argv[2]))))
