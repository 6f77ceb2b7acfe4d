"""Metrics: what the service counts, in the text format of Prometheus."""

from __future__ import annotations

import os
from functools import partial
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram, Info, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from tanya_csto.service.context import RequestContext

MEDIA_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
SHARED: Final = "PROMETHEUS_MULTIPROC_DIR"  # set, every worker process counts into this folder
_BUCKETS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """The counters of one application, and of all worker processes together where they share a folder."""

    def __init__(self) -> None:
        self._registry = own = CollectorRegistry()
        counter = partial(Counter, namespace="tanya_csto", registry=own)
        self._requests = counter("requests", "Requests by route and HTTP status.", ["route", "status"])
        self._answers = counter("answers", "Answers by status.", ["status"])
        self._problems = counter("problems", "Requests that ended with a problem.", ["code"])
        self._cache = counter("cache", "Answers looked up among those kept.", ["result"])
        about = "Time by stage of a request."
        self._seconds = Histogram("tanya_csto_stage_seconds", about, ["stage"], buckets=_BUCKETS, registry=own)
        if SHARED in os.environ:
            self._registry = CollectorRegistry()
            MultiProcessCollector(self._registry)  # type: ignore[no-untyped-call]

    def count(self, route: str, status: int, context: RequestContext) -> None:
        """Count one finished request."""
        self._requests.labels(route, str(status)).inc()
        for stage, seconds in context.seconds.items():
            self._seconds.labels(stage).observe(seconds)
        if context.problem:
            self._problems.labels(context.problem).inc()
        if context.answer_status:
            self._answers.labels(context.answer_status).inc()
            self._cache.labels("hit" if context.cached else "miss").inc()

    def text(self, running: dict[str, str]) -> bytes:
        """Return everything counted so far, and the versions of what is running."""
        about = CollectorRegistry()
        Info("tanya_csto", "What is running.", registry=about).info(running)
        return generate_latest(self._registry) + generate_latest(about)
