"""Time our ranking beside others, on the same tokens, each in a process of its own, on one core.

    python -m tests.benchmarks.ranking --idk-mrc DIR [--sizes 20000 100000 1000000] [--land]

`--land` writes the table into docs/benchmarks.md and the growth into docs/growth.svg. It needs `pip install -e
'.[dev,benchmarks]'` and Linux. A peer that takes longer than `--minutes` for a collection is left out of it, and of the
larger ones.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.benchmarks.gathered import write_idk_mrc, write_synthetic
from tests.benchmarks.growth import growth
from tests.benchmarks.page import at, land
from tests.benchmarks.peers import PEERS

ROOT = Path(__file__).parents[2]
PICTURE = ROOT / "docs" / "growth.svg"
SIZES = (20_000, 100_000, 1_000_000)
ORACLE = "Tanya CSTO"


@dataclass(frozen=True)
class Row:
    """What one peer needs for one collection: seconds, milliseconds, MiB; the share of our ten best that it gives."""

    peer: str
    build: float
    p50: float
    p95: float
    memory: float
    same: float


def run(peer: str, folder: Path, minutes: float) -> dict[str, Any] | None:
    """Return what a peer measured of itself, or None where it took too long or too much memory."""
    one_core = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    command = [sys.executable, "-m", "tests.benchmarks.peers", peer, str(folder)]
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=os.environ | one_core,
            capture_output=True,
            text=True,
            timeout=60 * minutes,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    if done.returncode:
        print(done.stderr, file=sys.stderr)
        return None
    measured: dict[str, Any] = json.loads(done.stdout)
    return measured


def rows(results: Mapping[str, dict[str, Any]]) -> list[Row]:
    """Return the rows of a table."""
    ours = results[ORACLE]["found"]
    return [
        Row(
            peer,
            result["build"],
            at(result["times"], 0.5),
            at(result["times"], 0.95),
            result["memory"],
            _shared(ours, result["found"]),
        )
        for peer, result in results.items()
    ]


def _shared(ours: Sequence[Sequence[int]], theirs: Sequence[Sequence[int]]) -> float:
    """Return the share of our best that is among theirs, over the queries that both answered."""
    pairs = [(set(one), set(other)) for one, other in zip(ours, theirs, strict=False) if one]
    return sum(len(one & other) / len(one) for one, other in pairs) / len(pairs)


def table(name: str, found: Sequence[Row], left_out: Sequence[str]) -> str:
    """Return one collection as a table in Markdown."""
    lines = [
        f"### {name}",
        "",
        "| ranking | build s | query ms, median | p95 | memory MiB | of our ten best |",
        "| --- | --- | --- | --- | --- | --- |",
        *(
            f"| {row.peer} | {row.build:.2f} | {row.p50:.3f} | {row.p95:.3f} | {row.memory:.0f} | {row.same:.0%} |"
            for row in found
        ),
    ]
    if left_out:
        lines += ["", f"Left out, because too slow or too large: {', '.join(left_out)}."]
    return "\n".join(lines)


def main() -> None:
    """Measure, print and, where asked to, land."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--idk-mrc", type=Path, metavar="DIR")
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--land", action="store_true")
    options = parser.parse_args()
    tables = []
    curves: dict[str, list[tuple[int, float]]] = {peer: [] for peer in PEERS}
    slow: list[str] = []
    for size in ([0] if options.idk_mrc else []) + list(options.sizes):
        with TemporaryDirectory() as name:
            folder = Path(name)
            if size:
                write_synthetic(folder, size)
            else:
                write_idk_mrc(folder, options.idk_mrc)
            count = (folder / "passages").read_bytes().count(b"\n")
            results = {}
            for peer in PEERS:
                if peer not in slow:
                    result = run(peer, folder, options.minutes)
                    if result is None:
                        slow.append(peer)
                    else:
                        results[peer] = result
        found = rows(results)
        tables.append(table(f"{count:,} {'synthetic passages' if size else 'paragraphs of IDK-MRC'}", found, slow))
        print(tables[-1], end="\n\n", flush=True)
        if size:
            for row in found:
                curves[row.peer].append((count, row.p50))
    if options.land:
        land("ranking", "\n\n".join(tables))
        PICTURE.write_text(growth(curves), encoding="utf-8")


if __name__ == "__main__":
    main()
