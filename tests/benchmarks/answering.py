"""Time whole answers: in the process in both modes, and over HTTP beside an endpoint that does nothing.

    python -m tests.benchmarks.answering [--seconds 10] [--land]

`--land` writes the table into docs/benchmarks.md. It needs Debian's `wrk`; the load comes from the same machine.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from threading import Lock
from time import perf_counter, sleep
from typing import Any
from urllib.parse import quote

from tanya_csto import Tanya
from tanya_csto.evaluate import Question, read_questions
from tanya_csto.models.networks import Networks, networks_for
from tanya_csto.service.schema import AskReply
from tests.benchmarks.page import at, publish
from tests.service.live import ROOT, serving

EMPTY = """
import sys, uvicorn
from fastapi import FastAPI, Response

app = FastAPI()
body = sys.stdin.read().encode()

@app.get("/ask")
def ask(q: str) -> Response:
    return Response(body, media_type="application/json")

uvicorn.run(app, port=0, log_level="info")
"""
SCRIPT = """
local asked = {%s}
local number = 0
request = function()
  number = number %% #asked + 1
  return wrk.format("GET", "/ask?q=" .. asked[number])
end
"""


def questions() -> list[Question]:
    """Return our own questions, those without earlier ones."""
    folder = ROOT / "tests" / "questions"
    found = [question for name in ("dev", "second") for question in read_questions(folder / f"{name}.jsonl")]
    return [question for question in found if not question.history]


def times(tanya: Tanya) -> list[float]:
    """Return the milliseconds of each question, all asked once before."""
    asked = [question.text for question in questions()]
    for text in asked:
        tanya.ask(text)
    return [_timed(tanya.ask, text) for text in asked]


def _timed(call: Callable[[str], object], text: str) -> float:
    start = perf_counter()
    call(text)
    return 1000 * (perf_counter() - start)


def share_of_networks(networks: Networks) -> tuple[list[float], float]:
    """Return the milliseconds of each question in the full mode, and how many times the networks alone that takes.

    Two passages are read at a time, so what counts is the time in which at least one network runs.
    """
    lock, running, since, inside = Lock(), 0, 0.0, 0.0

    def counted(call: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: object) -> object:
            nonlocal running, since, inside
            with lock:
                since = since if running else perf_counter()
                running += 1
            try:
                return call(*arguments)
            finally:
                with lock:
                    running -= 1
                    inside += 0.0 if running else 1000 * (perf_counter() - since)

        return run

    tanya = Tanya(networks=networks)
    networks.reader.forward = counted(networks.reader.forward)
    networks.encoder.embed_question = counted(networks.encoder.embed_question)  # type: ignore[method-assign]
    asked = [question.text for question in questions()]
    tanya.ask(asked[0])
    inside = 0.0
    spent = [_timed(tanya.ask, text) for text in asked]
    return spent, sum(spent) / inside


@contextmanager
def empty(body: str) -> Iterator[str]:
    """Run an endpoint that always replies `body`, and give its address."""
    with subprocess.Popen(
        [sys.executable, "-c", EMPTY],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        try:
            process.stdin.write(body)
            process.stdin.close()
            yield next(found[0] for line in process.stderr if (found := re.search(r"http://[\d.:]+", line)))
        finally:
            process.terminate()


def rate(address: str, seconds: int) -> float:
    """Return the requests a second of one process, asked by 32 connections."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(SCRIPT % ", ".join(f'"{quote(question.text)}"' for question in questions()))
        script.flush()
        command = ["wrk", "-t1", "-c32", f"-d{seconds}s", "-s", script.name, address]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in told or "Socket errors" in told:
        raise RuntimeError(told)
    (found,) = re.findall(r"Requests/sec:\s+([\d.]+)", told)
    return float(found)


def start_and_memory(mode: str) -> tuple[float, float]:
    """Return the seconds until a service is ready, and the MiB that it holds after a set of questions."""
    with tempfile.TemporaryDirectory() as folder:
        start = perf_counter()
        with serving(Path(folder), mode=mode, log_level="error") as service:
            while service.get("/readyz")[0] != HTTPStatus.OK:
                sleep(0.02)
            ready = perf_counter() - start
            for question in questions():
                service.ask(question.text)
            status = Path(f"/proc/{service.process.pid}/status").read_text(encoding="utf-8")
    (resident,) = re.findall(r"VmRSS:\s+(\d+)", status)
    return ready, int(resident) / 1024


def over_http(tanya: Tanya, seconds: int) -> dict[str, float]:
    """Return the requests a second of the service, and of an empty endpoint whose replies are as long on average."""
    replies = [len(AskReply.of(tanya.ask(question.text)).model_dump_json()) for question in questions()]
    found = {}
    with empty("x" * (sum(replies) // len(replies))) as address:
        rate(address, 2)
        found["empty endpoint"] = rate(address, seconds)
    for name, kept in (("answers kept", "1024"), ("no answer kept", "0")):
        with (
            tempfile.TemporaryDirectory() as folder,
            serving(Path(folder), cache=kept, max_questions="64", log_level="error") as service,
        ):
            rate(service.address, 2)
            found[name] = rate(service.address, seconds)
    return found


def main() -> None:
    """Measure, print and, where asked to, land."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--land", action="store_true")
    options = parser.parse_args()
    tanya = Tanya()
    light = times(tanya)
    lines = [
        "| what | figure |",
        "| --- | --- |",
        f"| an answer in the light mode, median | {at(light, 0.5):.2f} ms |",
        f"| the same, p95 | {at(light, 0.95):.2f} ms |",
    ]
    if networks := networks_for("full"):
        full, share = share_of_networks(networks)
        lines += [
            f"| an answer in the full mode, median | {at(full, 0.5):.0f} ms |",
            f"| the same, p95 | {at(full, 0.95):.0f} ms |",
            f"| the full mode, of the time of its networks alone | {share:.2f} |",
        ]
        modes: tuple[str, ...] = ("light", "full")
    else:
        modes = ("light",)
    for mode in modes:
        ready, memory = start_and_memory(mode)
        lines.append(f"| a service in the {mode} mode: ready after | {ready:.1f} s |")
        lines.append(f"| a service in the {mode} mode: memory after {len(questions())} questions | {memory:.0f} MiB |")
    rates = over_http(tanya, options.seconds)
    lines += [f"| requests a second of one process: {name} | {each:.0f} |" for name, each in rates.items()]
    publish("answering", lines, page=options.land)


if __name__ == "__main__":
    main()
