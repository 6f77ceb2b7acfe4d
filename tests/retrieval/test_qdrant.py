"""Qdrant: its ranking is that of the weights to the last bit; what is sent, what is not sent again, and what fails.

What is loaded is asked on the client's own engine in memory, over Qdrant's REST API in front of that engine, and, with
`QDRANT_URL=http://host:6333 python -m pytest -m cluster`, on a real deployment.
"""

from __future__ import annotations

import os
import random
import secrets
import socket
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from qdrant_client import QdrantClient, models

from tanya_csto import Tanya
from tanya_csto.corpus.articles import Corpus
from tanya_csto.errors import RankingError
from tanya_csto.retrieval import qdrant
from tanya_csto.retrieval.address import Address
from tanya_csto.retrieval.bm25 import LuceneBM25
from tanya_csto.retrieval.index import Index
from tanya_csto.retrieval.matrix import WeightMatrix
from tanya_csto.retrieval.qdrant import Cluster, QdrantRanking, collection_of
from tanya_csto.retrieval.store import INDEX, keep
from tanya_csto.retrieval.tables import tabulate
from tests.conftest import corpus_of
from tests.retrieval.shards import Shards
from tests.retrieval.wire import Wire

# in memory they have none
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore:Payload indexes have no effect")]

ADDRESS = Address("http://127.0.0.1:1", "uji")
SIZE = 600


def weights_of(size: int, seed: int = 0) -> WeightMatrix:
    """Return the weights of documents over a few words, so that many score alike."""
    chance = random.Random(seed)  # noqa: S311
    words = [f"kata{number}" for number in range(40)]
    shares = [1 / (number + 1) for number in range(40)]
    documents = [chance.choices(words, shares, k=chance.randint(0, 6)) for _ in range(size)]
    return WeightMatrix.of(LuceneBM25(documents))


def queries(seed: int = 1) -> list[dict[str, float]]:
    chance = random.Random(seed)  # noqa: S311
    words = [*(f"kata{number}" for number in range(40)), "asing"]
    return [{word: chance.uniform(0.1, 7) for word in chance.sample(words, k=chance.randint(1, 5))} for _ in range(40)]


@pytest.fixture(scope="module")
def weights() -> WeightMatrix:
    return weights_of(SIZE)


@pytest.fixture(scope="module", params=[1, 3])
def ranking(
    request: pytest.FixtureRequest, weights: WeightMatrix, tmp_path_factory: pytest.TempPathFactory
) -> QdrantRanking:
    shards = Shards(tmp_path_factory.mktemp("shards"), weights, request.param)
    return QdrantRanking(Cluster(shards, ADDRESS), "uji", weights.terms)  # type: ignore[arg-type]


@pytest.mark.parametrize("most", [1, 10, 100])
@pytest.mark.parametrize("within", [(), (range(100, 250), range(400, 410))], ids=["all", "some"])
def test_the_engine_ranks_as_the_weights_do(
    ranking: QdrantRanking, weights: WeightMatrix, most: int, within: Sequence[range]
) -> None:
    for query in queries():
        assert ranking.top(query, most, within) == weights.top(query, most, within)


def test_a_query_without_a_known_word_asks_nobody(weights: WeightMatrix) -> None:
    ranking = QdrantRanking(Cluster(None, ADDRESS), "uji", weights.terms)  # type: ignore[arg-type]
    assert ranking.top({}, 5) == ranking.top({"asing": 1.0}, 5) == ranking.top({"kata0": 1.0}, 0) == []


def test_the_collection_is_named_after_all_that_is_ranked(weights: WeightMatrix) -> None:
    name = collection_of("uji", weights)
    assert name == collection_of("uji", weights_of(SIZE))
    swapped = WeightMatrix.of(LuceneBM25([["satu"], ["dua"]])), WeightMatrix.of(LuceneBM25([["dua"], ["satu"]]))
    others = [
        collection_of("lain", weights),
        collection_of("uji", weights_of(SIZE, seed=7)),
        *(collection_of("uji", each) for each in swapped),
    ]
    assert len({name, *others}) == 5


def test_the_name_is_the_same_for_what_is_kept_and_for_what_is_new(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    new = collection_of("uji", Index(corpus).weights)
    keep(corpus, INDEX, tabulate(corpus.articles))
    assert collection_of("uji", Index(corpus).weights) == new


def test_another_corpus_is_refused(weights: WeightMatrix) -> None:
    cluster = Cluster(QdrantClient(":memory:"), ADDRESS)
    with pytest.raises(RankingError, match="tidak memuat korpus ini") as refused:
        cluster.ranking(weights)
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
    with pytest.raises(RankingError, match=r"tidak menjawab\. Tunggu sebentar") as failed:
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
    monkeypatch.setattr(qdrant, "SECONDS", 1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(RankingError, match="tidak menjawab"):
            Cluster.at(Address(url, "uji")).current()


OLD = corpus_of("Rusia memimpin CSTO. Markas ada di Moskow.", "Armenia keluar.")
NEW = corpus_of("Rusia memimpin CSTO. Markas ada di Minsk.", "Armenia keluar.")
NEWER = corpus_of("Kazakhstan memimpin CSTO.", "Armenia masuk.")


@dataclass
class Deployment:
    """A cluster under test and a client that looks at it from outside."""

    cluster: Cluster
    client: QdrantClient

    def collections(self) -> set[str]:
        named = {each.name for each in self.client.get_collections().collections}
        return {name for name in named if name.startswith(self.cluster.address.name)}


def in_memory() -> Iterator[Deployment]:
    client = QdrantClient(":memory:")
    yield Deployment(Cluster(client, Address("http://127.0.0.1:1", "uji")), client)


def over_rest() -> Iterator[Deployment]:
    client = QdrantClient(":memory:")
    with Wire(client) as wire:
        yield Deployment(Cluster.at(Address(wire.url, "uji")), client)


def on_a_cluster() -> Iterator[Deployment]:
    if "QDRANT_URL" not in os.environ:
        pytest.skip("needs QDRANT_URL")
    address = Address(os.environ["QDRANT_URL"].rstrip("/"), f"uji-{secrets.token_hex(4)}")
    client = QdrantClient(url=address.url, port=None, check_compatibility=False)
    deployment = Deployment(Cluster.at(address), client)
    yield deployment
    for collection in deployment.collections():
        client.delete_collection(collection)


@pytest.fixture(params=[in_memory, over_rest, pytest.param(on_a_cluster, marks=pytest.mark.cluster)])
def deployment(request: pytest.FixtureRequest) -> Iterator[Deployment]:
    make: Callable[[], Iterator[Deployment]] = request.param
    yield from make()


def load(corpus: Corpus, deployment: Deployment) -> str:
    """Load a corpus and return the collection that it stands in."""
    deployment.cluster.load(Index(corpus).weights)
    current = deployment.cluster.current()
    assert current is not None
    return current


def test_the_whole_corpus_ranks_as_in_this_process(deployment: Deployment, corpus: Corpus) -> None:
    load(corpus, deployment)
    weights = Index(corpus).weights
    ranking = deployment.cluster.ranking(weights)
    for query in ({"csto": 0.3, "rusia": 1.1}, {"aliansi": 2.0, "militer": 1.5, "anggota": 0.7}, {"csto": 1.0}):
        for within in ((), (range(5, 12),)):
            assert ranking.top(query, 8, within) == weights.top(query, 8, within)


def test_an_answer_from_the_cluster_is_the_same(
    deployment: Deployment, corpus: Corpus, tanya: Tanya, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(corpus, deployment)
    monkeypatch.setattr(Cluster, "at", lambda _: deployment.cluster)
    far = Tanya(corpus, address=deployment.cluster.address)
    for question in corpus.suggestions:
        assert far.ask(question) == tanya.ask(question)


def test_a_new_corpus_takes_the_name_over_and_the_one_before_stays(deployment: Deployment) -> None:
    first, second, third = (load(corpus, deployment) for corpus in (OLD, NEW, NEWER))
    assert len({first, second, third}) == 3
    assert deployment.collections() == {second, third}
    assert deployment.cluster.ranking(Index(NEWER).weights).top({"kazakhstan": 1.0}, 5)
    with pytest.raises(RankingError, match="tidak memuat korpus ini"):
        deployment.cluster.ranking(Index(NEW).weights)


def test_a_server_goes_on_answering_from_the_old_corpus(deployment: Deployment) -> None:
    load(OLD, deployment)
    weights = Index(OLD).weights
    ranking = deployment.cluster.ranking(weights)
    load(NEW, deployment)
    assert ranking.top({"moskow": 1.0}, 5) == weights.top({"moskow": 1.0}, 5) != []


def interrupted(batches: Sequence[int]) -> Iterator[int]:
    yield from batches[:2]
    raise KeyboardInterrupt


def test_what_breaks_off_is_refused_and_then_gone_on_with(
    deployment: Deployment, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(qdrant, "BATCH", 4)
    weights = Index(corpus).weights
    with pytest.raises(KeyboardInterrupt):
        deployment.cluster.load(weights, interrupted)
    with pytest.raises(RankingError, match="tidak memuat korpus ini"):
        deployment.cluster.ranking(weights)

    sent: list[int] = []
    upsert = QdrantClient.upsert

    def noted(
        client: QdrantClient, collection_name: str, points: list[models.PointStruct], wait: bool = True
    ) -> object:
        sent.extend(int(point.id) for point in points)
        return upsert(client, collection_name, points, wait=wait)

    monkeypatch.setattr(QdrantClient, "upsert", noted)
    assert deployment.cluster.load(weights) == weights.statistics.size
    assert set(sent) == set(range(8, weights.statistics.size))
    sent.clear()
    load(corpus, deployment)
    assert sent == []


def test_what_was_not_kept_is_told_and_the_name_stays(deployment: Deployment, monkeypatch: pytest.MonkeyPatch) -> None:
    first = load(OLD, deployment)
    with monkeypatch.context() as patch:
        patch.setattr(QdrantClient, "upsert", lambda *_, **__: None)
        with pytest.raises(RankingError, match="Jalankan lagi perintah yang sama"):
            load(NEW, deployment)
    assert deployment.cluster.current() == first
    assert deployment.collections() == {first}
    assert load(NEW, deployment) != first


def test_an_article_without_a_word_is_not_sent(deployment: Deployment) -> None:
    corpus = corpus_of("Rusia memimpin CSTO.", "…", "Armenia keluar.")
    assert deployment.cluster.load(Index(corpus).weights) == 2
