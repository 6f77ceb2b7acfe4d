"""`tanya-csto mcp` as a process of its own, and what it says where it cannot run."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import anyio
import pytest
from mcp import Client, StdioServerParameters
from mcp.client import Transport
from mcp.client.stdio import stdio_client

from tanya_csto import cli

pytestmark = pytest.mark.slow

COMMAND = [sys.executable, "-m", "tanya_csto", "mcp"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a corpus of one article."""
    (tmp_path / "index.toml").write_text('[[article]]\nid = "gayo"\nfile = "gayo.txt"\noutlet = "Kabar"\n')
    (tmp_path / "gayo.txt").write_text("Kopi gayo ditanam di Aceh.")
    return tmp_path


@pytest.fixture
def served(folder: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The address of a server over HTTP, and its process."""
    command = [*COMMAND, "--port", "0", "--corpus", str(folder)]
    environment = os.environ | {"TANYA_SHUTDOWN_TIMEOUT": "1"}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stderr
        said = process.stderr.readline()
        found = re.fullmatch(r"Server MCP berjalan di (http://\S+) \(hentikan dengan Ctrl\+C\)\n", said)
        assert found, said
        try:
            yield found[1], process
        finally:
            process.kill()


def asked_through(server: Transport | str) -> str | None:
    async def run() -> str | None:
        async with Client(server) as client:
            result = await client.call_tool("ask", {"question": "Di mana kopi gayo ditanam?"})
            short_answer: str | None = result.structured_content["short_answer"]
            return short_answer

    return anyio.run(run)


def test_an_assistant_asks_over_standard_input_and_output(folder: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name.startswith(("TANYA_", "PYTHON"))}
    parameters = StdioServerParameters(
        command=COMMAND[0], args=[*COMMAND[1:], "--corpus", str(folder)], env=environment
    )
    assert asked_through(stdio_client(parameters)) == "Aceh"


def test_it_ends_when_the_assistant_leaves(folder: Path) -> None:
    ended = subprocess.run([*COMMAND, "--corpus", str(folder)], input="", capture_output=True, text=True, timeout=60)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def test_an_interrupt_ends_it_at_once(folder: Path) -> None:
    command = [*COMMAND, "--corpus", str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdin
            assert process.stdout
            process.stdin.write('{"jsonrpc": "2.0", "id": 1, "method": "ping"}\n')
            process.stdin.flush()
            assert process.stdout.readline()
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=30) == -signal.SIGINT
        finally:
            process.kill()


def test_an_assistant_asks_over_http(served: tuple[str, subprocess.Popen[str]]) -> None:
    address, process = served
    assert asked_through(address) == "Aceh"
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=30) == 0


def test_a_request_without_end_does_not_hold_up_the_stop(served: tuple[str, subprocess.Popen[str]]) -> None:
    address, process = served
    place = urlsplit(address)
    with socket.create_connection((place.hostname, place.port), timeout=30) as connection:
        head = f"POST {place.path} HTTP/1.1\r\nHost: {place.netloc}\r\nContent-Type: application/json\r\n"
        head += "Accept: application/json, text/event-stream\r\nExpect: 100-continue\r\nContent-Length: 99\r\n\r\n"
        connection.sendall(head.encode())
        assert b"100 Continue" in connection.recv(1024)  # it waits for the rest
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0


def test_a_page_of_another_site_cannot_ask(served: tuple[str, subprocess.Popen[str]]) -> None:
    address, _ = served
    for name, value in {"Host": "jahat.example", "Origin": "https://jahat.example"}.items():
        headers = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream", name: value}
        request = urllib.request.Request(address, b'{"jsonrpc": "2.0", "id": 1, "method": "tools/list"}', headers)
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request, timeout=30)
        with refused.value:
            assert refused.value.code in {403, 421}


def test_a_port_that_is_taken_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert cli.main(["mcp", "--port", str(port), "--corpus", str(folder)]) == 2
    assert capsys.readouterr().err == (
        f"Porta {port} di 127.0.0.1 tidak dapat dipakai: sudah dipakai program lain. Ganti dengan --port atau --host.\n"
    )


def test_without_its_packages_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delitem(sys.modules, "tanya_csto.service.mcp", raising=False)
    monkeypatch.setitem(sys.modules, "mcp.server", None)
    assert cli.main(["mcp"]) == 2
    assert "pip install 'tanya-csto[mcp]'" in capsys.readouterr().err
