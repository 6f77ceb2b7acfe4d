"""The chat server: a language model behind the HTTP interface that Ollama, llama.cpp, vLLM and others share."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass
from functools import partial
from typing import Any, Final
from urllib.parse import urlsplit

from tanya_csto.corpus.records import one_line
from tanya_csto.errors import EndpointError
from tanya_csto.messages import say

KEY: Final = "TANYA_API_KEY"  # the environment variable that holds the key of a server that wants one
MAX_REPLY: Final = 4 * 2**20  # bytes
_RETRIED: Final = frozenset({408, 425, 429, *range(500, 600)})
_SHOWN: Final = 200  # characters of what a server says is wrong


@dataclass(frozen=True, slots=True)
class Completion:
    """What a model wrote, and how many tokens it read and wrote, as far as the server counts them."""

    text: str
    read: int
    written: int


class ChatServer:
    """A model on a server; `url` is the server's address, with or without the `/v1` at its end."""

    def __init__(self, url: str, model: str, key: str = "", timeout: float = 600) -> None:
        """Connect to nothing yet.

        Raises:
            EndpointError: the address cannot be one.
        """
        self.url = url
        self.model = model
        self._timeout = timeout
        self._headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {key}"} if key else {})}
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError as error:
            raise EndpointError("endpoint-bad", url=url) from error
        plain = f"{url}{key}".isascii() and f"{url}{key}{model}".isprintable() and " " not in url
        if parts.scheme not in ("http", "https") or not host or parts.query or parts.fragment or not plain:
            raise EndpointError("endpoint-bad", url=url)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self._connection = partial(kind, host, port, timeout=timeout)
        self._path = parts.path.rstrip("/").removesuffix("/v1") + "/v1"

    def complete(self, system: str, user: str) -> Completion:
        """Return what the model writes when it is asked for JSON.

        Raises:
            EndpointError: there is no answer, or none of the expected form.
        """
        messages = [{"role": "system", "content": system}, {"role": "user", "content": user}]
        body = {"model": self.model, "messages": messages, "response_format": {"type": "json_object"}}
        status, reason, content = self._request("POST", "/chat/completions", json.dumps(body).encode())
        if status != http.HTTPStatus.OK:
            raise self._refusal(status, reason, content)
        try:
            reply = json.loads(content)
            choice, usage = reply["choices"][0], reply.get("usage") or {}
            if choice.get("finish_reason") == "length":
                raise self.nonsense(say("reply-cut"))
            text = choice["message"]["content"]
            counts = [int(usage.get(name) or 0) for name in ("prompt_tokens", "completion_tokens")]
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            raise self.nonsense(say("reply-bad")) from error
        if not isinstance(text, str):
            raise self.nonsense(say("reply-empty"))
        return Completion(text, *counts)

    def nonsense(self, reason: str) -> EndpointError:
        """Return the error that says why a reply of the model is of no use."""
        return EndpointError("endpoint-nonsense", model=self.model, reason=reason)

    def _refusal(self, status: int, reason: str, content: bytes) -> EndpointError:
        said = _message(content) or reason
        if status in (401, 403):
            return EndpointError("endpoint-key", url=self.url, variable=KEY)
        if status == http.HTTPStatus.NOT_FOUND and (known := self._models()):
            return EndpointError("endpoint-unknown-model", url=self.url, model=self.model, known=known)
        if status in _RETRIED:
            return EndpointError("endpoint-failed", url=self.url, status=status, reason=said)
        return EndpointError("endpoint-rejected", url=self.url, status=status, reason=said)

    def _models(self) -> str:
        """Return the models that the server says it has; nothing where it does not say, or has the one wanted."""
        try:
            status, _, content = self._request("GET", "/models")
            names = [str(each["id"]) for each in json.loads(content)["data"]] if status == http.HTTPStatus.OK else []
        except (EndpointError, ValueError, LookupError, TypeError, RecursionError):
            return ""
        return "" if self.model in names else (one_line(", ".join(names)) or "")[:_SHOWN]

    def _request(self, method: str, path: str, body: bytes | None = None) -> tuple[int, str, bytes]:
        connection = self._connection()
        try:
            connection.connect()
        except (OSError, UnicodeError) as error:
            raise EndpointError("endpoint-away", url=self.url) from error
        try:
            connection.request(method, self._path + path, body, self._headers)
            response = connection.getresponse()
            content = response.read(MAX_REPLY)
            if response.length and len(content) < MAX_REPLY:  # the rest of what it announced
                raise http.client.IncompleteRead(content)
            return response.status, response.reason, content
        except TimeoutError as error:
            raise EndpointError("endpoint-slow", url=self.url, seconds=f"{self._timeout:g}") from error
        except (OSError, http.client.HTTPException) as error:
            raise EndpointError("endpoint-cut", url=self.url) from error
        finally:
            connection.close()


def _message(content: bytes) -> str:
    """Return what a server says is wrong; servers differ in where they say it."""
    try:
        value: Any = json.loads(content)
        while isinstance(value, dict):
            value = value.get("error") or value.get("message") or value.get("detail")
    except (ValueError, RecursionError):
        return ""
    return (one_line(value) or "")[:_SHOWN] if isinstance(value, str) else ""
