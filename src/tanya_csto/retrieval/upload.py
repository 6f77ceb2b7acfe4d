"""Upload: a corpus sent to a cluster as weights, which the cluster goes over to once all are there."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Any, Final

import numpy as np
from qdrant_client import QdrantClient, models

from tanya_csto.errors import RankingError
from tanya_csto.retrieval.dense import Vectors
from tanya_csto.retrieval.postings import Numbers, Postings, Weights
from tanya_csto.retrieval.qdrant import DENSE, NUMBER, SPARSE, Cluster, collection_of
from tanya_csto.retrieval.tables import Tables

BATCH: Final = 256  # passages in one request
DIMENSIONS: Final = 384  # of the encoder's vectors

Document = tuple[int, Numbers, Weights]  # its number, its terms and their weights


class Upload:
    """The passages of a corpus, ready to be sent; `vectors` are those of their sentences by the encoder `model`."""

    def __init__(self, tables: Tables, model: str = "", vectors: Vectors | None = None) -> None:
        self._tables = tables
        self._model = model
        self._vectors = vectors

    @property
    def size(self) -> int:
        """The number of passages that hold a word; others cannot be found, and are not sent."""
        return len(np.unique(self._tables.postings.documents))

    def to(self, cluster: Cluster, watched: Callable[[Sequence[int]], Iterable[int]] = iter) -> None:
        """Send what the cluster lacks, in batches, `watched` while they are gone through.

        Each corpus gets a collection of its own (see `collection_of`); one that was left unfinished is gone on with.
        When it is whole, the name of the address passes over to it in one step. The one that had the name before is
        kept, for servers that still answer from it; older ones are dropped.

        Raises:
            RankingError: the cluster is away, or has not kept what was sent.
        """
        collection = collection_of(cluster.address.name, self._tables.postings, self._model)
        begun = cluster.call(lambda client: client.collection_exists(collection))
        if not begun:
            cluster.call(lambda client: _create(client, collection, dense=self._vectors is not None))
        cluster.call(lambda client: client.create_payload_index(collection, NUMBER, models.PayloadSchemaType.INTEGER))
        documents = documents_of(self._tables.postings)
        for _ in watched(range(math.ceil(self.size / BATCH))):
            batch = list(islice(documents, BATCH))
            if missing := _missing(cluster, collection, batch) if begun else batch:
                points = [self._point(document) for document in missing]
                cluster.call(partial(_send, collection=collection, points=points))
        if cluster.call(lambda client: client.count(collection, exact=True)).count != self.size:
            raise RankingError("ranking-incomplete", address=cluster.address)
        _switch(cluster, collection)

    def _point(self, document: Document) -> models.PointStruct:
        number, terms, weights = document
        vectors: dict[str, Any] = {SPARSE: models.SparseVector(indices=terms.tolist(), values=weights.tolist())}
        if self._vectors is not None:
            first, end = self._tables.passages[number : number + 2].tolist()
            vectors[DENSE] = self._vectors[first:end].tolist()
        return models.PointStruct(id=number, vector=vectors, payload={NUMBER: number})


def documents_of(postings: Postings) -> Iterator[Document]:
    """Yield the documents that hold a term, in order, each with its terms in order."""
    order = np.argsort(postings.documents, kind="stable")
    terms = np.repeat(np.arange(len(postings.starts) - 1, dtype=np.int32), np.diff(postings.starts))[order]
    weights = postings.weights[order]
    numbers, starts = np.unique(postings.documents[order], return_index=True)
    ends = [*starts[1:].tolist(), len(order)]
    for number, start, end in zip(numbers.tolist(), starts.tolist(), ends, strict=True):
        yield number, terms[start:end], weights[start:end]


def _create(client: QdrantClient, collection: str, *, dense: bool) -> None:
    vectors = models.VectorParams(
        size=DIMENSIONS,
        distance=models.Distance.DOT,
        datatype=models.Datatype.FLOAT16,
        multivector_config=models.MultiVectorConfig(comparator=models.MultiVectorComparator.MAX_SIM),
        hnsw_config=models.HnswConfigDiff(
            m=0
        ),  # they are read, or compared one by one: an approximate search has no use
    )
    client.create_collection(
        collection,
        vectors_config={DENSE: vectors} if dense else {},
        sparse_vectors_config={SPARSE: models.SparseVectorParams()},
    )


def _send(client: QdrantClient, collection: str, points: list[models.PointStruct]) -> None:
    client.upsert(collection, points, wait=True)


def _drop(client: QdrantClient, collection: str) -> None:
    client.delete_collection(collection)


def _missing(cluster: Cluster, collection: str, batch: Sequence[Document]) -> list[Document]:
    numbers = [number for number, _, _ in batch]
    found = cluster.call(lambda client: client.retrieve(collection, numbers, with_payload=False, with_vectors=False))
    known = {point.id for point in found}
    return [document for document in batch if document[0] not in known]


def _switch(cluster: Cluster, collection: str) -> None:
    name, before = cluster.address.name, cluster.current()
    if before == collection:
        return
    steps: list[models.DeleteAliasOperation | models.CreateAliasOperation] = []
    if before is not None:
        steps.append(models.DeleteAliasOperation(delete_alias=models.DeleteAlias(alias_name=name)))
    created = models.CreateAlias(collection_name=collection, alias_name=name)
    steps.append(models.CreateAliasOperation(create_alias=created))
    cluster.call(lambda client: client.update_collection_aliases(steps))
    for each in cluster.call(lambda client: client.get_collections()).collections:
        if re.fullmatch(rf"{re.escape(name)}-[0-9a-f]{{16}}", each.name) and each.name not in (before, collection):
            cluster.call(partial(_drop, collection=each.name))
