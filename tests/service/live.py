"""A service as a process of its own, on a free port of this machine, and a client that shows every byte."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]


def until(condition: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until `condition` holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came about"
        time.sleep(0.05)


class Service:
    """A running `tanya-csto serve`; `said` is how it announced itself, `lines()` are those that it has logged."""

    def __init__(self, process: subprocess.Popen[str], said: str, address: str, log: Path) -> None:
        self.process, self.said, self.address, self._log = process, said, address, log
        self.port = int(address.rpartition(":")[2])

    def get(self, path: str, **headers: str) -> tuple[int, bytes, dict[str, str]]:
        return self.send(urllib.request.Request(self.address + path, headers=headers))

    def ask(self, question: str) -> tuple[int, bytes, dict[str, str]]:
        return self.get("/ask?" + urllib.parse.urlencode({"q": question}))

    def post(self, path: str, body: object) -> tuple[int, bytes, dict[str, str]]:
        data, headers = json.dumps(body).encode(), {"Content-Type": "application/json"}
        return self.send(urllib.request.Request(self.address + path, data, headers))

    def send(self, request: urllib.request.Request) -> tuple[int, bytes, dict[str, str]]:
        try:
            with urllib.request.urlopen(request, timeout=30) as reply:
                return reply.status, reply.read(), {name.lower(): value for name, value in reply.headers.items()}
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read(), {name.lower(): value for name, value in error.headers.items()}

    def connect(self, timeout: float = 10) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=timeout)

    def lines(self, event: str | None = None) -> list[dict[str, object]]:
        found = [json.loads(line) for line in self._log.read_text(encoding="utf-8").splitlines()]
        return [line for line in found if event in (None, line["event"])]

    def wait_for(self, event: str, count: int = 1, seconds: float = 60) -> list[dict[str, object]]:
        until(lambda: len(self.lines(event)) >= count, seconds)
        return self.lines(event)

    def hang_up(self) -> None:
        self.process.send_signal(signal.SIGHUP)

    def workers(self) -> list[int]:
        """The processes that answer: the children that have a Python of their own and are no helper."""
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                parent = re.search(r"^PPid:\s+(\d+)", (entry / "status").read_text(), re.MULTILINE)
                command = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if parent and int(parent[1]) == self.process.pid and b"spawn_main" in command:
                found.append(int(entry.name))
        return found

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(timeout=30)


@contextmanager
def serving(folder: Path, *arguments: str, root: Path = ROOT, **settings: str) -> Iterator[Service]:
    """Run the service with `settings` (`rate="0"` is TANYA_RATE=0) and its log in `folder`, and stop it at the end.

    `root` is the checkout whose code runs.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TANYA_")}
    environment |= {"TANYA_RATE": "0", "TANYA_FEEDBACK": "", "TANYA_MODE": "light", "PYTHONPATH": str(root / "src")}
    environment |= {f"TANYA_{name.upper()}": value for name, value in settings.items()}
    command = [sys.executable, "-m", "tanya_csto", "serve", "--port", "0", *arguments]
    log = folder / "log"
    with (
        log.open("w") as err,
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=err, text=True, env=environment, cwd=folder
        ) as process,
    ):
        try:
            assert process.stdout
            first = process.stdout.readline()
            found = re.search(r"http://\S+", first)
            assert found, f"{first}{log.read_text()}"
            yield Service(process, first, found[0], log)
        finally:
            if process.poll() is None:
                process.terminate()
                try:
                    process.wait(timeout=30)
                except subprocess.TimeoutExpired:
                    process.kill()
