"""A load run: wrk with 64 connections asks everything at once, and the service must stay right, quick and small.

    python -m tests.proof.load [--seconds 60] [--workers 1] [--requests 200000]

Questions, refusals, bad input, pages and static files, mixed; only 127.0.0.1. First wrk for the given time, with 15 new
questions in a hundred requests; then with one in a hundred, as often again as it takes to reach the number of requests,
with the memory of every process noted. It fails on a status
that is not intended, on a socket error, and where the memory grows by more than a tenth after the first fifth.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.service.live import ROOT, Service, serving

CONNECTIONS = 64
INTENDED = {"200", "400", "404", "413", "415", "422", "429", "503"}
_WRK = Path(__file__).with_name("load.lua")


@dataclass(frozen=True)
class Run:
    """What wrk counted: requests, requests a second, milliseconds by percentile, replies by status, socket errors."""

    requests: int
    rate: float
    p50: float
    p99: float
    statuses: dict[str, int]
    errors: int


def load(service: Service, seconds: int, fresh: int) -> Run:
    """Let wrk run for `seconds`, with `fresh` new questions in a hundred requests, and read what it says."""
    questions = [json.loads(line)["question"] for line in (ROOT / "tests/questions/dev.jsonl").open(encoding="utf-8")]
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write("\n".join(questions))
        file.flush()
        command = ["wrk", "-t2", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "15s", "-s", str(_WRK)]
        told = subprocess.run(
            [*command, service.address, "--", file.name, str(fresh)], capture_output=True, text=True, check=True
        )
    found = json.loads(told.stdout.splitlines()[-1])
    return Run(
        requests=found["requests"],
        rate=found["requests"] / (found["duration"] / 1e6),
        p50=found["p50"] / 1000,
        p99=found["p99"] / 1000,
        statuses=found["statuses"],
        errors=found["errors"],
    )


def memory(service: Service) -> float:
    """Return the megabytes that the processes of the service hold."""
    numbers = [service.process.pid, *service.workers()]
    texts = [Path(f"/proc/{number}/status").read_text() for number in numbers]
    return sum(int(re.findall(r"VmRSS:\s+(\d+)", text)[0]) for text in texts) / 1024


def main() -> int:
    """Run, say what was seen, and return 1 where it was not good."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--requests", type=int, default=200_000)
    parser.add_argument("--questions", default="64", help="requests that a process works on at the same time")
    options = parser.parse_args()
    bad = []
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(
            Path(folder), workers=str(options.workers), max_questions=options.questions, log_level="error"
        ) as service,
    ):
        run = load(service, options.seconds, 15)
        held = [memory(service)]
        print(
            f"{run.requests} requests in {options.seconds} s: {run.rate:.0f}/s, "
            f"p50 {run.p50:.1f} ms, p99 {run.p99:.1f} ms"
        )
        print(f"  statuses {run.statuses}, socket errors {run.errors}, memory {held[0]:.0f} MB")
        total, seen = run.requests, [run]
        while total < options.requests:
            again = load(service, 20, 1)
            seen.append(again)
            total += again.requests
            held.append(memory(service))
            print(f"  {total} requests: memory {held[-1]:.0f} MB, p99 {again.p99:.1f} ms", flush=True)
        if strange := {status for each in seen for status in each.statuses} - INTENDED:
            bad.append(f"statuses that nobody intended: {sorted(strange)}")
        if any(each.errors for each in seen):
            bad.append("socket errors")
        settled = held[len(held) // 5]
        if max(held) > settled * 1.1:
            bad.append(f"memory grew from {settled:.0f} to {max(held):.0f} MB")
        if errors := [line for line in service.lines() if line["level"] == "error"]:
            bad.append(f"errors in the log: {errors[:3]}")
    print("\n".join(bad) or "good")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
