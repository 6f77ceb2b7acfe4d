"""The upload: what is sent, what is not sent again, and when the cluster goes over to it.

Each test runs on the client's own engine in memory, over Qdrant's REST API in front of that engine, and, with
`QDRANT_URL=http://host:6333 python -m pytest -m cluster`, on a real deployment.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from qdrant_client import QdrantClient, models

from tanya_csto import Tanya
from tanya_csto.corpus.articles import Corpus
from tanya_csto.errors import RankingError
from tanya_csto.retrieval import upload
from tanya_csto.retrieval.address import Address
from tanya_csto.retrieval.qdrant import DENSE, SPARSE, Cluster, QdrantRanking
from tanya_csto.retrieval.tables import Tables
from tanya_csto.retrieval.upload import Upload
from tests.conftest import corpus_of
from tests.retrieval.wire import Wire

pytestmark = pytest.mark.filterwarnings("ignore:Payload indexes have no effect")  # in memory they have none

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
    Upload(Tables.of(corpus.articles)).to(deployment.cluster)
    current = deployment.cluster.current()
    assert current is not None
    return current


def test_the_whole_corpus_ranks_as_in_this_process(deployment: Deployment, corpus: Corpus) -> None:
    load(corpus, deployment)
    postings = Tables.of(corpus.articles).postings
    ranking = QdrantRanking.connect(deployment.cluster, postings)
    for query in ({"csto": 0.3, "rusia": 1.1}, {"aliansi": 2.0, "militer": 1.5, "anggota": 0.7}, {"csto": 1.0}):
        for within in ((), (range(5, 12),)):
            assert ranking.top(query, 8, within) == postings.top(query, 8, within)


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
    assert QdrantRanking.connect(deployment.cluster, Tables.of(NEWER.articles).postings).top({"kazakhstan": 1.0}, 5)
    with pytest.raises(RankingError, match="tidak memuat korpus ini"):
        QdrantRanking.connect(deployment.cluster, Tables.of(NEW.articles).postings)


def test_a_server_goes_on_answering_from_the_old_corpus(deployment: Deployment) -> None:
    load(OLD, deployment)
    postings = Tables.of(OLD.articles).postings
    ranking = QdrantRanking.connect(deployment.cluster, postings)
    load(NEW, deployment)
    assert ranking.top({"moskow": 1.0}, 5) == postings.top({"moskow": 1.0}, 5) != []


def interrupted(batches: Sequence[int]) -> Iterator[int]:
    yield from batches[:2]
    raise KeyboardInterrupt


def test_what_breaks_off_is_refused_and_then_gone_on_with(
    deployment: Deployment, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upload, "BATCH", 4)
    postings = Tables.of(corpus.articles).postings
    with pytest.raises(KeyboardInterrupt):
        Upload(Tables.of(corpus.articles)).to(deployment.cluster, interrupted)
    with pytest.raises(RankingError, match="tidak memuat korpus ini"):
        QdrantRanking.connect(deployment.cluster, postings)

    sent: list[int] = []
    send = upload._send

    def noted(client: QdrantClient, collection: str, points: list[models.PointStruct]) -> None:
        sent.extend(int(point.id) for point in points)
        send(client, collection, points)

    monkeypatch.setattr(upload, "_send", noted)
    load(corpus, deployment)
    assert sent == list(range(8, postings.size))
    sent.clear()
    load(corpus, deployment)
    assert sent == []


def test_what_was_not_kept_is_told_and_the_name_stays(deployment: Deployment, monkeypatch: pytest.MonkeyPatch) -> None:
    first = load(OLD, deployment)
    monkeypatch.setattr(upload, "_send", lambda *_, **__: None)
    with pytest.raises(RankingError, match="Jalankan lagi perintah yang sama"):
        load(NEW, deployment)
    assert deployment.cluster.current() == first


def test_an_article_without_a_word_is_not_sent(deployment: Deployment) -> None:
    corpus = corpus_of("Rusia memimpin CSTO.", "…", "Armenia keluar.")
    assert Upload(Tables.of(corpus.articles)).size == 2
    load(corpus, deployment)


def test_the_full_mode_puts_the_vectors_of_the_sentences_beside_the_weights(deployment: Deployment) -> None:
    tables = Tables.of(OLD.articles)
    vectors = np.zeros((len(tables.sentences), upload.DIMENSIONS), np.float16)
    vectors[:, 0] = range(1, len(vectors) + 1)
    Upload(tables, "abc", vectors).to(deployment.cluster)
    collection = deployment.cluster.current()
    points = deployment.client.retrieve(collection, [0, 1], with_vectors=True)
    assert [[row[0] for row in point.vector[DENSE]] for point in points] == [[1, 2], [3]]
    assert all(point.vector[SPARSE].indices for point in points)
    assert collection != load(OLD, deployment)
