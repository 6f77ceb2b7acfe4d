"""The chat server: the wire format of the real ones is spoken, and each of their faults is one clear sentence."""

from __future__ import annotations

import json
import socket
import threading

import pytest

from tanya_csto.bank.making.chat import MAX_REPLY, ChatServer
from tanya_csto.errors import EndpointError
from tests.bank.making.model_server import MODEL, Call, Request, Script, serving


def refused(script: Script, model: str = MODEL, key: str = "", timeout: float = 30) -> EndpointError:
    with serving(script) as server, pytest.raises(EndpointError) as caught:
        ChatServer(server.url, model, key, timeout).complete("sistem", "pengguna")
    return caught.value


def sending(content: object, status: int = 200) -> Script:
    return lambda _request, call: call.send(content, status)


@pytest.mark.parametrize("ending", ["", "/", "/v1", "/v1/"])
def test_a_completion_is_asked_for_and_read(ending: str) -> None:
    with serving(lambda _, call: call.complete('{"fakta": []}')) as server:
        completion = ChatServer(f"{server.url}{ending}", MODEL).complete("sistem", "kopi \u201cgayo\u201d")
    assert (completion.text, completion.read, completion.written) == ('{"fakta": []}', 100, 40)
    (request,) = server.requests
    assert (request.method, request.path) == ("POST", "/v1/chat/completions")
    assert request.headers["Content-Type"] == "application/json"
    assert "Authorization" not in request.headers
    assert request.body == {
        "model": MODEL,
        "messages": [
            {"role": "system", "content": "sistem"},
            {"role": "user", "content": "kopi \u201cgayo\u201d"},
        ],
        "response_format": {"type": "json_object"},
    }


def test_a_key_is_sent_and_a_path_is_kept() -> None:
    def script(_: Request, call: Call) -> None:
        call.complete("{}")

    with serving(script) as server:
        ChatServer(f"{server.url}/proxy/v1", MODEL, "rahasia").complete("", "")
    (request,) = server.requests
    assert request.path == "/proxy/v1/chat/completions"
    assert request.headers["Authorization"] == "Bearer rahasia"


def test_a_server_that_counts_no_tokens_is_read() -> None:
    bare = {"choices": [{"message": {"role": "assistant", "content": "{}"}}]}
    with serving(sending(bare)) as server:
        assert ChatServer(server.url, MODEL).complete("", "").read == 0


@pytest.mark.parametrize(
    "url",
    [
        "",
        "localhost:11434",
        "ftp://localhost",
        "http://",
        "http://a:b",
        "http://a/?q=1",
        "http://a b",
        "http://[",
        "\n",
    ],
)
def test_an_address_that_is_none_is_told(url: str) -> None:
    with pytest.raises(EndpointError, match=r"tidak sah\. Tulis alamat server seperti http://localhost:11434"):
        ChatServer(url, MODEL)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.mark.parametrize("host", ["127.0.0.1", "tidak-ada.invalid", "a..b"])
def test_nobody_there_is_told(host: str) -> None:
    url = f"http://{host}:{free_port()}"
    with pytest.raises(EndpointError, match=f"{url} tidak dapat dihubungi") as caught:
        ChatServer(url, MODEL).complete("", "")
    assert caught.value.code == "endpoint-away"


def test_a_server_that_takes_too_long_is_told() -> None:
    over = threading.Event()

    def script(_: Request, __: Call) -> None:
        over.wait(30)

    with serving(script) as server:
        with pytest.raises(EndpointError, match=r"tidak membalas dalam 0\.05 detik.*--timeout") as caught:
            ChatServer(server.url, MODEL, timeout=0.05).complete("", "")
        over.set()
    assert caught.value.code == "endpoint-slow"


def test_a_reply_that_is_cut_off_is_told() -> None:
    def script(_: Request, call: Call) -> None:
        call.send_response(200)
        call.send_header("Content-Length", "1000")
        call.end_headers()
        call.wfile.write(b'{"choices"')
        call.close_connection = True

    assert refused(script).code == "endpoint-cut"


def test_a_connection_that_is_closed_is_told() -> None:
    def script(_: Request, call: Call) -> None:
        call.close_connection = True

    assert refused(script).code == "endpoint-cut"


@pytest.mark.parametrize("status", [500, 502, 503, 429])
def test_a_failure_is_told_with_what_the_server_says(status: int) -> None:
    error = refused(sending({"error": {"message": "CUDA\nout \x1b[31mof memory", "type": "api_error"}}, status))
    assert error.code == "endpoint-failed"
    assert f"({status} CUDA out [31mof memory)" in str(error)


@pytest.mark.parametrize("content", [b"<html>", b"", b"[" * 100_000, {"error": None}, {"detail": "x" * 5000}])
def test_a_failure_without_a_message_is_told(content: object) -> None:
    error = refused(sending(content, 500))
    assert error.code == "endpoint-failed"
    assert len(str(error)) < 400


@pytest.mark.parametrize("status", [401, 403])
def test_a_key_that_is_wrong_is_told(status: int) -> None:
    error = refused(sending({"error": "invalid api key"}, status))
    assert error.code == "endpoint-key"
    assert "Server di http://127.0.0.1:" in str(error)
    assert "TANYA_API_KEY" in str(error)


def test_a_model_that_is_not_there_is_told_with_those_that_are() -> None:
    missing = {"error": {"message": 'model "lain" not found, try pulling it first', "code": None}}
    error = refused(sending(missing, 404), model="lain")
    assert str(error).endswith(f"tidak mengenal model lain. Pilih dari model yang ada di sana: {MODEL}.")


def test_a_path_that_is_not_there_is_told() -> None:
    error = refused(sending({"detail": "Not Found"}, 404))
    assert error.code == "endpoint-rejected"
    assert "(404 Not Found)" in str(error)


def test_a_redirection_is_not_followed_with_the_key() -> None:
    assert refused(sending(b"", 307), key="rahasia").code == "endpoint-rejected"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>",
        b'{"choices": [{"message": {"content": "{}"',
        {},
        [],
        {"choices": []},
        {"choices": [{}]},
        {"choices": [{"message": None}]},
        {"choices": [{"message": {"content": None}}]},
        {"choices": [{"message": {"content": "{}"}}], "usage": {"prompt_tokens": "banyak"}},
        b"[" * 100_000,
        b"\xff\xfe",
    ],
)
def test_a_reply_of_another_form_is_told(content: object) -> None:
    error = refused(sending(content))
    assert error.code == "endpoint-nonsense"
    assert f"Balasan model {MODEL} tidak dapat dipakai: " in str(error)


def test_a_reply_that_ran_out_of_room_is_told() -> None:
    error = refused(lambda _, call: call.complete('{"fakta": [', "length"))
    assert "terpotong" in str(error)


def test_a_reply_without_an_end_is_not_read_to_the_end() -> None:
    error = refused(sending(json.dumps("x" * (MAX_REPLY + 100)).encode()))
    assert error.code == "endpoint-nonsense"
