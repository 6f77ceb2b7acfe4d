"""A model server on the loopback that says what a script says, in the wire format of the real ones."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

MODEL = "penulis:7b"
Script = Callable[["Request", "Call"], None]


@dataclass(frozen=True)
class Request:
    """One request as it came over the wire."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: Any

    @property
    def user(self) -> str:
        return str(self.body["messages"][-1]["content"])

    @property
    def passage(self) -> list[str]:
        """The sentences that questions are wanted for."""
        return self.user.partition("BAGIAN:\n")[2].partition("\n\nSESUDAHNYA:")[0].split("\n")


class Call(BaseHTTPRequestHandler):
    """One call, which the script of the server answers."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self._answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

    def do_GET(self) -> None:
        self._answer(None)

    def _answer(self, body: Any) -> None:
        request = Request(self.command, self.path, dict(self.headers), body)
        server = self.server
        assert isinstance(server, ModelServer)
        server.requests.append(request)
        if request.path == "/v1/models":
            self.send({"object": "list", "data": [{"id": MODEL, "object": "model", "owned_by": "library"}]})
        else:
            server.script(request, self)

    def send(self, value: object, status: int = 200) -> None:
        """Send `value`, JSON unless it is bytes already."""
        content = value if isinstance(value, bytes) else json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def complete(self, text: str | None, finish_reason: str = "stop") -> None:
        """Send a completion as Ollama, llama.cpp and vLLM do."""
        message = {"role": "assistant", "content": text}
        self.send(
            {
                "id": "chatcmpl-1",
                "object": "chat.completion",
                "created": 1760000000,
                "model": MODEL,
                "system_fingerprint": "fp_ollama",
                "choices": [{"index": 0, "message": message, "finish_reason": finish_reason}],
                "usage": {"prompt_tokens": 100, "completion_tokens": 40, "total_tokens": 140},
            }
        )

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@dataclass
class ModelServer(ThreadingHTTPServer):
    """The server; `requests` are all that came, in order."""

    script: Script
    requests: list[Request] = field(default_factory=list)
    daemon_threads = True

    def __post_init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Call)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    @property
    def asked(self) -> list[list[str]]:
        """The passages that questions were wanted for."""
        return [request.passage for request in self.requests if request.method == "POST"]


@contextmanager
def serving(script: Script) -> Iterator[ModelServer]:
    """Serve a script while the block runs."""
    server = ModelServer(script)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def fact(quote: str, answer: str = "", **styles: object) -> dict[str, Any]:
    return {"kutipan": quote, "jawaban": answer, **styles}


def reply(facts: list[dict[str, Any]], near: list[dict[str, Any]] | None = None) -> str:
    return json.dumps({"fakta": facts, "tak_terjawab": near or []}, ensure_ascii=False)


def diligent(request: Request, call: Call) -> None:
    """Write, for each sentence of the passage, two questions and a near miss made of its words."""
    facts, near = [], []
    for sentence in request.passage:
        words = sentence.rstrip(".")
        facts.append(fact(sentence, words.split()[0], baku=[f"Apakah benar {words}?"], kata_kunci=[words.lower()]))
        near.append({"mirip": sentence, "pertanyaan": [f"Siapa yang membantah bahwa {words}?"]})
    call.complete(reply(facts, near))
