"""Metrics: what the service counts, in the text format of Prometheus."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import InfoMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from tanya_csto.service.context import RequestContext

MEDIA_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
SHARED: Final = "PROMETHEUS_MULTIPROC_DIR"  # set, every worker process counts into this folder
_BUCKETS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_LIMITS: Final = frozenset({"too-many-requests", "busy", "too-slow", "body-too-large", "body-too-slow"})


class Metrics:
    """The counters of one application, and of all worker processes together where they share a folder."""

    def __init__(self, versions: Callable[[], dict[str, str]]) -> None:
        own = CollectorRegistry()
        self._registry = own
        self._requests = Counter(
            "tanya_csto_requests", "Requests by route and HTTP status.", ["route", "status"], registry=own
        )
        self._answers = Counter("tanya_csto_answers", "Answers by status.", ["status"], registry=own)
        self._refusals = Counter("tanya_csto_refusals", "Questions that the articles do not answer.", registry=own)
        self._problems = Counter("tanya_csto_problems", "Requests that ended with a problem.", ["code"], registry=own)
        self._cache = Counter("tanya_csto_cache", "Answers looked up among those kept.", ["result"], registry=own)
        self._limits = Counter("tanya_csto_limits", "Requests stopped by a limit.", ["limit"], registry=own)
        self._seconds = Histogram(
            "tanya_csto_stage_seconds", "Time by stage of a request.", ["stage"], buckets=_BUCKETS, registry=own
        )
        if SHARED in os.environ:
            self._registry = CollectorRegistry()
            MultiProcessCollector(self._registry)  # type: ignore[no-untyped-call]
        self._registry.register(_Versions(versions))

    def count(self, route: str, status: int, context: RequestContext) -> None:
        """Count one finished request."""
        self._requests.labels(route, str(status)).inc()
        for stage, seconds in context.seconds.items():
            self._seconds.labels(stage).observe(seconds)
        if context.problem:
            self._problems.labels(context.problem).inc()
            if context.problem in _LIMITS:
                self._limits.labels(context.problem).inc()
        if context.answer_status:
            self._answers.labels(context.answer_status).inc()
            self._cache.labels("hit" if context.cached else "miss").inc()
            if context.answer_status == "not_found":
                self._refusals.inc()

    def text(self) -> bytes:
        """Return everything counted so far."""
        return generate_latest(self._registry)


class _Versions(Collector):
    """What is running, read anew at every look: the index changes when the corpus is reloaded."""

    def __init__(self, versions: Callable[[], dict[str, str]]) -> None:
        self._versions = versions

    def collect(self) -> Iterator[Metric]:
        yield InfoMetricFamily("tanya_csto", "What is running.", value=self._versions())
