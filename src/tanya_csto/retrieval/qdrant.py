"""Qdrant: a ranking of passages whose weights a cluster keeps, equal to that of `Postings` to the last bit."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b
from typing import Final, TypeVar

import numpy as np
from qdrant_client import QdrantClient, models
from qdrant_client.http.exceptions import ResponseHandlingException, UnexpectedResponse

from tanya_csto.errors import RankingError
from tanya_csto.retrieval.address import Address
from tanya_csto.retrieval.postings import Postings

SPARSE: Final = "bm25"
DENSE: Final = "e5"
NUMBER: Final = "number"  # the payload that a ranking within some passages filters by; the point's id is the same

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
    def at(cls, address: Address, seconds: int = SECONDS) -> Cluster:
        """Return the cluster at `address`; nothing is sent yet."""
        return cls(QdrantClient(url=address.url, port=None, timeout=seconds, check_compatibility=False), address)

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


def _may_pass(error: ResponseHandlingException | UnexpectedResponse) -> bool:
    status = error.status_code if isinstance(error, UnexpectedResponse) else None
    return status is None or status in (408, 429) or status >= 500


def collection_of(name: str, postings: Postings, model: str = "") -> str:
    """Return the name of the collection for exactly these postings and the encoder `model` ("": no dense vectors).

    It holds a digest of every term, document and weight, so that a collection of another corpus, or of the same one
    analysed otherwise, is never taken for this one.
    """
    digest = blake2b("\0".join([model, *postings.terms]).encode(), digest_size=8)
    for column in (postings.starts, postings.documents, postings.weights):
        digest.update(np.ascontiguousarray(column).data)
    return f"{name}-{digest.hexdigest()}"


class QdrantRanking:
    """A `Ranking` on a cluster: it finds the passages, and their scores are added up here as `Postings` adds them.

    Safe to share between threads.
    """

    def __init__(self, cluster: Cluster, collection: str, terms: Mapping[str, int]) -> None:
        self._cluster = cluster
        self._collection = collection
        self._terms = terms

    @classmethod
    def connect(cls, cluster: Cluster, postings: Postings, model: str = "") -> QdrantRanking:
        """Return the ranking of what `postings` rank.

        Raises:
            RankingError: the cluster is away, or keeps another corpus, or one that is not loaded to the end.
        """
        collection = collection_of(cluster.address.name, postings, model)
        if cluster.current() != collection:
            raise RankingError("ranking-other-corpus", address=cluster.address)
        return cls(cluster, collection, postings.terms)

    def top(self, query: Mapping[str, float], most: int, within: Sequence[range] = ()) -> list[tuple[int, float]]:
        """Return the numbers and scores of the best documents, as `Ranking` tells.

        Raises:
            RankingError: the cluster is away.
        """
        heaviest = sorted(query.items(), key=lambda pair: -pair[1])
        asked = {self._terms[term]: np.float32(weight) for term, weight in heaviest if term in self._terms}
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
        found = self._cluster.call(
            lambda client: client.query_points(
                self._collection,
                query=vector,
                using=SPARSE,
                query_filter=_inside(within),
                limit=limit,
                with_payload=False,
                with_vectors=[SPARSE],
            )
        )
        return found.points


def _inside(within: Sequence[range]) -> models.Filter | None:
    """Return the condition that a point's number lies in one of the ranges; None where there are none."""
    return models.Filter(should=[_between(numbers) for numbers in within]) if within else None


def _between(numbers: range) -> models.FieldCondition:
    return models.FieldCondition(key=NUMBER, range=models.Range(gte=numbers.start, lt=numbers.stop))


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
