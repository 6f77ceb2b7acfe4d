"""The main ways in Firefox, driven by its own Marionette protocol: numbered commands as JSON on a socket."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import ANSWERED, CONFLICTING, REFUSED

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
ENTER, UP = "\ue007", "\ue013"


class Firefox:
    """A window of Firefox."""

    def __init__(self, connection: socket.socket) -> None:
        self._stream = connection.makefile("rwb")
        self._read()  # its greeting
        self("WebDriver:NewSession", capabilities={"alwaysMatch": {"pageLoadStrategy": "normal"}})

    def __call__(self, command: str, **parameters: Any) -> Any:
        message = json.dumps([0, 1, command, parameters]).encode()
        self._stream.write(b"%d:%b" % (len(message), message))
        self._stream.flush()
        _, _, error, result = self._read()
        assert error is None, error
        return result.get("value", result) if isinstance(result, dict) else result

    def _read(self) -> Any:
        length = b""
        while (byte := self._stream.read(1)) != b":":
            length += byte
        return json.loads(self._stream.read(int(length)))

    def run(self, script: str) -> Any:
        return self("WebDriver:ExecuteScript", script=f"return {script}", args=[])

    def wait(self, condition: str) -> None:
        for _ in range(600):
            if self.run(condition):
                return
            time.sleep(0.05)
        raise AssertionError(f"it never came about: {condition}")

    def keys(self, text: str) -> None:
        found = self("WebDriver:FindElement", using="css selector", value="#q")
        self("WebDriver:ElementSendKeys", id=found[ELEMENT], text=text)

    def questions(self) -> Any:
        return self.run("[...document.querySelectorAll('.turn:not([hidden]) h2')].map((each) => each.textContent)")


def connected(port: int) -> socket.socket:
    for _ in range(600):
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=120)
        except ConnectionRefusedError:
            time.sleep(0.1)
    raise AssertionError("Firefox did not start")


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    binary = shutil.which("firefox-esr") or shutil.which("firefox")
    if binary is None:
        pytest.skip("needs Firefox: apt-get install -y firefox-esr")
    profile: Path = tmp_path_factory.mktemp("firefox")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    (profile / "user.js").write_text(f'user_pref("marionette.port", {port});\n', encoding="utf-8")
    command = [binary, "--headless", "--no-remote", "--marionette", "--profile", str(profile), "--width", "1280"]
    with (
        (profile / "log").open("w") as log,
        subprocess.Popen(command, stdout=log, stderr=log, env={"HOME": str(profile), "MOZ_HEADLESS": "1"}) as process,
    ):
        try:
            with connected(port) as connection:
                yield Firefox(connection)
        finally:
            process.kill()


@pytest.fixture
def window(firefox: Firefox, base: str) -> Firefox:
    firefox("WebDriver:SetWindowRect", width=1280, height=900)
    firefox("WebDriver:Navigate", url=f"{base}/")
    return firefox


def ask(window: Firefox, question: str) -> None:
    before = window.run("document.querySelectorAll('.turn .answer').length")
    window.keys(question + ENTER)
    window.wait(f"document.querySelectorAll('.turn .answer').length === {before + 1}")


def test_a_conversation_with_its_panel_goes_back_one_question(window: Firefox) -> None:
    ask(window, ANSWERED)
    assert window.run("document.querySelector('.short').textContent") == "Imangali Tasmagambetov"
    window.wait("document.querySelector('#bacaan mark.current')")
    marked = "[...document.querySelectorAll('#bacaan mark')].map((mark) => mark.textContent).join('')"
    assert window.run(marked) == window.run("document.querySelector('.answer blockquote').textContent")
    ask(window, CONFLICTING)
    assert window.run("document.querySelectorAll('.side').length") == 3
    window("WebDriver:Back")
    window.wait("document.querySelectorAll('.turn:not([hidden])').length === 1")
    assert window.questions() == [ANSWERED]
    window("WebDriver:Refresh")
    assert window.questions() == [ANSWERED]


def test_the_field_completes_recalls_and_grows(window: Firefox) -> None:
    window.keys("siapa sek")
    window.wait("!document.getElementById('saran').hidden")
    ask(window, " CSTO?")
    window.keys(UP)
    assert window.run("document.getElementById('q').value") == "siapa sek CSTO?"
    low = window.run("document.getElementById('q').offsetHeight")
    window.keys(" kata" * 40)
    assert window.run("document.getElementById('q').offsetHeight") > low


def test_a_refusal_and_an_article_with_its_marks(window: Firefox, base: str) -> None:
    ask(window, REFUSED)
    assert window.run("document.querySelector('.not_found .short').textContent") == "Tidak ditemukan"
    window("WebDriver:Navigate", url=f"{base}/artikel/suara?kutip=2400-2450,1000-1080#kutipan-2")
    assert window.run("document.querySelector('mark.current').id") == "kutipan-2"
    assert window.run("document.querySelector('#teks details').open") is False
