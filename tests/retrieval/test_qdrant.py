"""Qdrant: its ranking is that of the postings to the last bit, and what fails is tried again, then told."""

from __future__ import annotations

import random
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from qdrant_client import QdrantClient

from tanya_csto.corpus.articles import Corpus
from tanya_csto.errors import RankingError
from tanya_csto.retrieval import qdrant
from tanya_csto.retrieval.address import Address
from tanya_csto.retrieval.bm25 import LuceneBM25
from tanya_csto.retrieval.postings import Postings
from tanya_csto.retrieval.qdrant import Cluster, QdrantRanking, collection_of
from tanya_csto.retrieval.store import INDEX, arrays_of, keep, tables_of
from tanya_csto.retrieval.tables import Tables
from tests.retrieval.shards import Shards
from tests.retrieval.wire import Wire

ADDRESS = Address("http://127.0.0.1:1", "uji")
SIZE = 600


def postings_of(size: int, seed: int = 0) -> Postings:
    """Return the postings of documents over a few words, so that many score alike."""
    chance = random.Random(seed)  # noqa: S311
    words = [f"kata{number}" for number in range(40)]
    weights = [1 / (number + 1) for number in range(40)]
    documents = [chance.choices(words, weights, k=chance.randint(0, 6)) for _ in range(size)]
    return Postings.of(LuceneBM25(documents))


def queries(seed: int = 1) -> list[dict[str, float]]:
    chance = random.Random(seed)  # noqa: S311
    words = [*(f"kata{number}" for number in range(40)), "asing"]
    return [{word: chance.uniform(0.1, 7) for word in chance.sample(words, k=chance.randint(1, 5))} for _ in range(40)]


@pytest.fixture(scope="module")
def postings() -> Postings:
    return postings_of(SIZE)


@pytest.fixture(scope="module", params=[1, 3])
def ranking(request: pytest.FixtureRequest, postings: Postings, tmp_path_factory: pytest.TempPathFactory):
    shards = Shards(tmp_path_factory.mktemp("shards"), postings, request.param)
    return QdrantRanking(Cluster(shards, ADDRESS), "uji", postings.terms)  # type: ignore[arg-type]


@pytest.mark.parametrize("most", [1, 10, 100])
@pytest.mark.parametrize("within", [(), (range(100, 250), range(400, 410))], ids=["all", "some"])
def test_the_engine_ranks_as_the_postings_do(ranking, postings: Postings, most: int, within) -> None:
    for query in queries():
        assert ranking.top(query, most, within) == postings.top(query, most, within)


def test_a_query_without_a_known_word_asks_nobody(postings: Postings) -> None:
    ranking = QdrantRanking(Cluster(None, ADDRESS), "uji", postings.terms)  # type: ignore[arg-type]
    assert ranking.top({}, 5) == ranking.top({"asing": 1.0}, 5) == ranking.top({"kata0": 1.0}, 0) == []


def test_the_collection_is_named_after_all_that_is_ranked(postings: Postings) -> None:
    name = collection_of("uji", postings)
    assert name == collection_of("uji", postings_of(SIZE))
    swapped = Postings.of(LuceneBM25([["satu"], ["dua"]])), Postings.of(LuceneBM25([["dua"], ["satu"]]))
    others = [
        collection_of("lain", postings),
        collection_of("uji", postings, model="abc"),
        collection_of("uji", postings_of(SIZE, seed=7)),
        *(collection_of("uji", each) for each in swapped),
    ]
    assert len({name, *others}) == 6


def test_the_name_is_the_same_for_what_is_kept_and_for_what_is_new(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    tables = Tables.of(corpus.articles)
    keep(arrays_of(tables), corpus, INDEX)
    assert collection_of("uji", tables_of(corpus).postings) == collection_of("uji", tables.postings)


def test_another_corpus_is_refused(postings: Postings) -> None:
    cluster = Cluster(QdrantClient(":memory:"), ADDRESS)
    with pytest.raises(RankingError, match="tidak memuat korpus ini") as refused:
        QdrantRanking.connect(cluster, postings)
    assert refused.value.code == "ranking-other-corpus"


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> Iterator[Wire]:
    monkeypatch.setattr(qdrant, "PAUSES", (0.0, 0.0))
    with Wire(QdrantClient(":memory:")) as server:
        yield server


@pytest.mark.parametrize("refused", [[503], [500, 429], [408, 502]])
def test_what_may_pass_is_tried_again(wire: Wire, refused: list[int]) -> None:
    wire.refuse = list(refused)
    assert Cluster.at(Address(wire.url, "uji")).current() is None
    assert len(wire.seen) == len(refused) + 1


@pytest.mark.parametrize(("refused", "tries"), [([503, 503, 503], 3), ([403], 1), ([400], 1)])
def test_what_does_not_pass_is_told(wire: Wire, refused: list[int], tries: int) -> None:
    wire.refuse = list(refused)
    with pytest.raises(RankingError, match=r"tidak menjawab\. Coba lagi") as failed:
        Cluster.at(Address(wire.url, "uji")).current()
    assert failed.value.code == "ranking-away"
    assert len(wire.seen) == tries


def test_a_cluster_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(qdrant, "PAUSES", (0.0, 0.0))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(RankingError, match="tidak menjawab"):
        Cluster.at(Address(url, "uji")).current()


def test_a_cluster_that_says_nothing_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(qdrant, "PAUSES", ())
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(RankingError, match="tidak menjawab"):
            Cluster.at(Address(url, "uji"), seconds=1).current()
