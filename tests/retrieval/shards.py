"""The engine of Qdrant itself, in this process: one shard, or several whose results are merged as a cluster does."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import qdrant_edge as edge
from qdrant_client import models
from qdrant_client.http.models import QueryResponse

from tanya_csto.retrieval.matrix import WeightMatrix
from tanya_csto.retrieval.qdrant import NUMBER, SPARSE


class Shards:
    """Stands where the client of a cluster stands, as far as a ranking asks it."""

    def __init__(self, folder: Path, matrix: WeightMatrix, number: int) -> None:
        config = edge.EdgeConfig(sparse_vectors={SPARSE: edge.EdgeSparseVectorParams()})
        self._shards = []
        for part in range(number):
            (folder / str(part)).mkdir()
            self._shards.append(edge.EdgeShard.create(str(folder / str(part)), config))
        points: list[list[edge.Point]] = [[] for _ in self._shards]
        for at, terms, weights in matrix.documents():
            vector = edge.SparseVector(terms.tolist(), weights.tolist())
            points[at % number].append(edge.Point(at, {SPARSE: vector}, {NUMBER: at}))
        for shard, own in zip(self._shards, points, strict=True):
            shard.update(edge.UpdateOperation.upsert_points(own))
            shard.optimize()

    def query_points(
        self,
        collection: str,  # noqa: ARG002 - there is one
        query: models.SparseVector,
        using: str,
        query_filter: models.Filter | None,
        limit: int,
        with_payload: bool,
        with_vectors: Sequence[str],
    ) -> QueryResponse:
        wanted = edge.QueryRequest(
            limit=limit,
            query=edge.Query.Nearest(edge.SparseVector(query.indices, query.values), using=using),
            filter=None if query_filter is None else _filter(query_filter),
            with_vector=list(with_vectors),
            with_payload=with_payload,
        )
        found = [_point(point) for shard in self._shards for point in shard.query(wanted)]
        return QueryResponse(points=sorted(found, key=lambda point: -point.score)[:limit])


def _filter(wanted: models.Filter) -> edge.Filter:
    assert isinstance(wanted.should, list)
    return edge.Filter(should=[_condition(each) for each in wanted.should])


def _condition(condition: models.Condition) -> edge.FieldCondition:
    assert isinstance(condition, models.FieldCondition)
    assert isinstance(condition.range, models.Range)
    return edge.FieldCondition(condition.key, range=edge.RangeFloat(gte=condition.range.gte, lt=condition.range.lt))


def _point(point: edge.ScoredPoint) -> models.ScoredPoint:
    assert isinstance(point.vector, dict)
    vector = point.vector[SPARSE]
    assert isinstance(vector, edge.SparseVector)
    sparse = models.SparseVector(indices=vector.indices, values=vector.values)
    return models.ScoredPoint(id=point.id, version=0, score=point.score, vector={SPARSE: sparse})
