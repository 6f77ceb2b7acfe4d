"""Qdrant: a ranking of passages whose weights a cluster keeps, equal to that of `WeightMatrix` to the last bit."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from itertools import islice, starmap
from typing import Final, TypeVar

import numpy as np
from qdrant_client import QdrantClient, models
from qdrant_client.http.exceptions import ResponseHandlingException, UnexpectedResponse

from tanya_csto.errors import RankingError
from tanya_csto.retrieval.address import Address
from tanya_csto.retrieval.matrix import Numbers, WeightMatrix, Weights

SPARSE: Final = "bm25"
NUMBER: Final = "number"  # the payload that a ranking within some passages filters by; the point's id is the same

BATCH: Final = 256  # passages in one request
SPARE: Final = 16  # points asked for beyond those wanted, so that ties are seen
ROUNDING: Final = 1e-5  # share of a score by which two orders of adding it up may differ
PAUSES: Final = (0.1, 0.5)  # seconds before the second and the third try
SECONDS: Final = 3  # that one try may take

Reply = TypeVar("Reply")


class Cluster:
    """A Qdrant deployment that is asked again where it fails for a moment.

    Raises, from every call:
        RankingError: the cluster is away, or answers with an error.
    """

    def __init__(self, client: QdrantClient, address: Address) -> None:
        self.address = address
        self._client = client

    @classmethod
    def at(cls, address: Address) -> Cluster:
        """Return the cluster at `address`; nothing is sent yet."""
        return cls(QdrantClient(url=address.url, port=None, timeout=SECONDS, check_compatibility=False), address)

    def call(self, request: Callable[[QdrantClient], Reply]) -> Reply:
        """Return what `request` gets; one that fails on the way or on the server's side is tried three times."""
        for pause in (*PAUSES, None):
            try:
                return request(self._client)
            except (ResponseHandlingException, UnexpectedResponse) as error:
                if pause is None or not _may_pass(error):
                    raise RankingError("ranking-away", address=self.address) from error
            time.sleep(pause)
        raise AssertionError  # the last try returns or raises

    def current(self) -> str | None:
        """Return the collection that stands behind the name of the address, or None."""
        aliases = self.call(lambda client: client.get_aliases()).aliases
        return next((each.collection_name for each in aliases if each.alias_name == self.address.name), None)

    def ranking(self, weights: WeightMatrix) -> QdrantRanking:
        """Return the ranking of what `weights` rank.

        Raises:
            RankingError: the cluster keeps another corpus, or one that is not loaded to the end.
        """
        collection = collection_of(self.address.name, weights)
        if self.current() != collection:
            raise RankingError("ranking-other-corpus", address=self.address)
        return QdrantRanking(self, collection, weights.terms)

    def load(self, weights: WeightMatrix, watched: Callable[[Sequence[int]], Iterable[int]] = iter) -> int:
        """Send the passages that the cluster lacks, and return how many it has; batches are `watched` as they are sent.

        A passage without a word cannot be found, and is not sent. Each corpus gets a collection of its own (see
        `collection_of`), filled in order; one that was left unfinished is gone on with. When it is whole, the name of
        the address passes over to it in one step. The one that had the name before is kept, for servers that still
        answer from it; older ones are dropped.

        Raises:
            RankingError: the cluster has not kept what was sent.
        """
        collection = collection_of(self.address.name, weights)
        if not self.call(lambda client: client.collection_exists(collection)):
            sparse = {SPARSE: models.SparseVectorParams()}
            self.call(lambda client: client.create_collection(collection, {}, sparse_vectors_config=sparse))
        self.call(lambda client: client.create_payload_index(collection, NUMBER, models.PayloadSchemaType.INTEGER))
        size, kept = len(np.unique(weights.indices)), self._count(collection)
        documents = islice(weights.documents(), kept, None)
        for _ in watched(range(kept, size, BATCH)):
            points = list(starmap(_point, islice(documents, BATCH)))
            self.call(partial(QdrantClient.upsert, collection_name=collection, points=points, wait=True))
        if self._count(collection) != size:
            self.call(lambda client: client.delete_collection(collection))
            raise RankingError("ranking-incomplete", address=self.address)
        self._switch(collection)
        return size

    def _count(self, collection: str) -> int:
        return self.call(lambda client: client.count(collection, exact=True)).count

    def _switch(self, collection: str) -> None:
        name, before = self.address.name, self.current()
        if before == collection:
            return
        steps: list[models.AliasOperations] = []
        if before is not None:
            steps.append(models.DeleteAliasOperation(delete_alias=models.DeleteAlias(alias_name=name)))
        created = models.CreateAlias(collection_name=collection, alias_name=name)
        steps.append(models.CreateAliasOperation(create_alias=created))
        self.call(lambda client: client.update_collection_aliases(steps))
        own = re.compile(rf"{re.escape(name)}-[0-9a-f]{{16}}")
        for each in self.call(lambda client: client.get_collections()).collections:
            if own.fullmatch(each.name) and each.name not in (before, collection):
                self.call(partial(QdrantClient.delete_collection, collection_name=each.name))


def _point(number: int, terms: Numbers, weights: Weights) -> models.PointStruct:
    vector = models.SparseVector(indices=terms.tolist(), values=weights.tolist())
    return models.PointStruct(id=number, vector={SPARSE: vector}, payload={NUMBER: number})


def _may_pass(error: ResponseHandlingException | UnexpectedResponse) -> bool:
    status = error.status_code if isinstance(error, UnexpectedResponse) else None
    return status is None or status in (408, 429) or status >= 500


def collection_of(name: str, weights: WeightMatrix) -> str:
    """Return the name of the collection for exactly these weights.

    It holds a digest of every term, document and weight, so that a collection of another corpus, or of the same one
    analysed otherwise, is never taken for this one.
    """
    digest = blake2b("\0".join(weights.terms).encode("utf-8", "surrogatepass"), digest_size=8)
    for column in (weights.indptr, weights.indices, weights.data):
        digest.update(np.ascontiguousarray(column).data)
    return f"{name}-{digest.hexdigest()}"


@dataclass(frozen=True)
class QdrantRanking:
    """A `Ranking` on a cluster: it finds the passages, and their scores are added up here as `WeightMatrix` adds them.

    Safe to share between threads.
    """

    cluster: Cluster
    collection: str
    terms: Mapping[str, int]

    def top(self, query: Mapping[str, float], most: int, within: Sequence[range] = ()) -> list[tuple[int, float]]:
        """Return the numbers and scores of the best documents, as `Ranking` tells.

        Raises:
            RankingError: the cluster is away.
        """
        heaviest = sorted(query.items(), key=lambda pair: -pair[1])
        asked = {self.terms[term]: np.float32(weight) for term, weight in heaviest if term in self.terms}
        if not asked or most < 1:
            return []
        limit = most + SPARE
        points = self._find(asked, limit, within)
        while len(points) == limit and points[-1].score >= points[most - 1].score * (1 - ROUNDING):
            limit *= 4  # ties reach beyond what was asked for
            points = self._find(asked, limit, within)
        scored = sorted((-_score(asked, point), int(point.id)) for point in points)
        return [(number, -score) for score, number in scored[:most]]

    def _find(self, asked: Mapping[int, np.float32], limit: int, within: Sequence[range]) -> list[models.ScoredPoint]:
        vector = models.SparseVector(indices=list(asked), values=[float(weight) for weight in asked.values()])
        found = self.cluster.call(
            lambda client: client.query_points(
                self.collection,
                query=vector,
                using=SPARSE,
                query_filter=_inside(within) if within else None,
                limit=limit,
                with_payload=False,
                with_vectors=[SPARSE],
            )
        )
        return found.points


def _inside(within: Sequence[range]) -> models.Filter:
    """Return the condition that a point's number lies in one of the ranges; none where there are none."""
    ranges = (models.Range(gte=numbers.start, lt=numbers.stop) for numbers in within)
    return models.Filter(should=[models.FieldCondition(key=NUMBER, range=each) for each in ranges])


def _score(asked: Mapping[int, np.float32], point: models.ScoredPoint) -> float:
    """Return the score of a point in single precision, its terms added up in the order of the query."""
    vector = point.vector[SPARSE] if isinstance(point.vector, dict) else None
    assert isinstance(vector, models.SparseVector)  # noqa: S101 - it was asked for
    weights = dict(zip(vector.indices, vector.values, strict=True))
    score = np.float32(0)
    for term, weight in asked.items():
        if term in weights:
            score += weight * np.float32(weights[term])
    return float(score)
