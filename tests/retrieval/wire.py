"""Qdrant's REST API on the loopback, in front of the client's own in-memory engine.

Every body is read with the models of Qdrant's OpenAPI document, which refuse unknown fields: a request that a real
server would refuse for its form is refused here. What a server does beyond that (shards, replicas) is not here.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from pydantic import BaseModel, TypeAdapter
from qdrant_client import QdrantClient, models

COLLECTION = r"/collections/(?P<collection>[\w-]+)"


class Wire:
    """A server until it is left; `url` is its address, `seen` the requests, and `refuse` how many it refuses first."""

    def __init__(self, engine: QdrantClient) -> None:
        self.engine = engine
        self.seen: list[tuple[str, str]] = []
        self.refuse: list[int] = []  # the statuses of the next replies
        self._lock = threading.Lock()  # the engine in memory is made for one thread
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Wire:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def reply(self, method: str, path: str, body: object) -> tuple[int, dict[str, Any]]:
        self.seen.append((method, path))
        if self.refuse:
            return self.refuse.pop(0), {"status": {"error": "as told"}, "time": 0.0}
        for wanted, pattern, answer in ROUTES:
            if wanted == method and (found := re.fullmatch(pattern, path)):
                try:
                    with self._lock:
                        result = answer(self.engine, body, **found.groupdict())
                except ValueError as error:
                    status = 404 if "not found" in str(error) else 400
                    return status, {"status": {"error": str(error)}, "time": 0.0}
                return 200, {"result": plain(result), "status": "ok", "time": 0.0}
        return 404, {"status": {"error": f"{method} {path}"}, "time": 0.0}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        wire = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: object) -> None:
                """Keep the output of the tests clean."""

            def answer(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                body = json.loads(self.rfile.read(length)) if length else None
                status, content = wire.reply(self.command, self.path.partition("?")[0], body)
                data = json.dumps(content).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_PUT = do_POST = do_DELETE = answer

        return Handler


def plain(result: object) -> object:
    """Return a reply of the engine as JSON holds it."""
    if isinstance(result, BaseModel):
        return result.model_dump(mode="json", exclude_none=True)
    return [plain(each) for each in result] if isinstance(result, list) else result


def create(engine: QdrantClient, body: object, collection: str) -> bool:
    wanted = models.CreateCollection.model_validate(body)
    return engine.create_collection(
        collection, vectors_config=wanted.vectors, sparse_vectors_config=wanted.sparse_vectors
    )


def upsert(engine: QdrantClient, body: object, collection: str) -> object:
    return engine.upsert(collection, models.PointsList.model_validate(body).points)


def retrieve(engine: QdrantClient, body: object, collection: str) -> object:
    wanted = models.PointRequest.model_validate(body)
    return engine.retrieve(collection, wanted.ids, wanted.with_payload or False, wanted.with_vector or False)


def query(engine: QdrantClient, body: object, collection: str) -> object:
    wanted = models.QueryRequest.model_validate(body)
    assert wanted.limit is not None
    return engine.query_points(
        collection,
        query=wanted.query,
        using=wanted.using,
        query_filter=wanted.filter,
        limit=wanted.limit,
        with_payload=wanted.with_payload or False,
        with_vectors=wanted.with_vector or False,
    )


def count(engine: QdrantClient, body: object, collection: str) -> object:
    return engine.count(collection, exact=bool(models.CountRequest.model_validate(body).exact))


def index(engine: QdrantClient, body: object, collection: str) -> object:
    wanted = models.CreateFieldIndex.model_validate(body)
    return engine.create_payload_index(collection, wanted.field_name, wanted.field_schema)


def change_aliases(engine: QdrantClient, body: object) -> bool:
    return engine.update_collection_aliases(TypeAdapter(models.ChangeAliasesOperation).validate_python(body).actions)


Answer = Callable[..., object]
ROUTES: list[tuple[str, str, Answer]] = [
    ("GET", "/aliases", lambda engine, _: engine.get_aliases()),
    ("GET", "/collections", lambda engine, _: engine.get_collections()),
    ("POST", "/collections/aliases", change_aliases),
    ("PUT", COLLECTION, create),
    ("DELETE", COLLECTION, lambda engine, _, collection: engine.delete_collection(collection)),
    ("GET", f"{COLLECTION}/exists", lambda engine, _, collection: {"exists": engine.collection_exists(collection)}),
    ("PUT", f"{COLLECTION}/index", index),
    ("PUT", f"{COLLECTION}/points", upsert),
    ("POST", f"{COLLECTION}/points", retrieve),
    ("POST", f"{COLLECTION}/points/query", query),
    ("POST", f"{COLLECTION}/points/count", count),
]
