"""Scores: exact match and F1 as in SQuAD 2.0 (Rajpurkar et al. 2018), AUC, refusals, and the threshold.

`reader.toml` keeps them beside the model.
"""

import platform
import statistics
import string
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path

import numpy as np
from sklearn.metrics import roc_auc_score

from tanya_csto.models.reader import Reader, Reading, Settings
from training.data import Data, Example

PUNCTUATION = str.maketrans("", "", string.punctuation + "“”‘’–—")
Scores = dict[str, float]  # percentages over one set, of those that it has questions for; AUC out of 1
Figures = Mapping[str, Mapping[str, float]]
PACKAGES = ("torch", "onnx", "onnxruntime", "sentencepiece", "numpy")
LATENCY_WORDS = 120
REFUSED = 90.0  # percent of answerable questions, on the nearest wrong passage
WEIGHTS = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0)


def plain(text: str) -> str:
    """Lower-case, without punctuation, single spaces; Indonesian has no articles to drop."""
    return " ".join(text.lower().translate(PUNCTUATION).split())


def f1(found: str, gold: str) -> float:
    """Return the harmonic mean of precision and recall over words."""
    a, b = plain(found).split(), plain(gold).split()
    if not a or not b:
        return float(a == b)
    common = sum((Counter(a) & Counter(b)).values())
    return 2 * common / (len(a) + len(b))


class Readings:
    """The readings of one set of examples, scored under any weight and threshold."""

    def __init__(self, read: Callable[[str, str], Reading], examples: Sequence[Example]) -> None:
        readings = [read(example.question, example.passage) for example in examples]
        self.answerable = np.array([e.answer is not None for e in examples])
        self.span = np.array([r.span_score for r in readings])
        self.head = np.array([r.answerable for r in readings])
        pairs = [(e.passage[r.start : r.end], e.golds) for e, r in zip(examples, readings, strict=True)]
        self.exact = np.array([any(plain(text) == plain(gold) for gold in golds) for text, golds in pairs])
        self.overlap = np.array([max((f1(text, gold) for gold in golds), default=0.0) for text, golds in pairs])

    def scores(self, weight: float, threshold: float) -> Scores:
        """Score at one operating point."""
        value = self.span + weight * self.head
        said = value > threshold
        yes, no = self.answerable, ~self.answerable
        exact = np.where(yes, said * self.exact, ~said)
        overlap = np.where(yes, said * self.overlap, ~said)
        parts = {"em": exact, "f1": overlap}
        if yes.any():
            forced = self.overlap[yes]  # when the reader may not refuse
            parts |= {"answerable_em": exact[yes], "answerable_f1": overlap[yes], "forced_f1": forced}
        if no.any():
            parts["refused"] = overlap[no]
        found = {"n": float(len(value))} | {name: round(100 * float(part.mean()), 1) for name, part in parts.items()}
        return found | ({"auc": round(float(roc_auc_score(yes, value)), 3)} if yes.any() and no.any() else {})


def tune(parts: Sequence[Readings], wrong: Readings | None = None) -> tuple[float, float]:
    """Return the weight and threshold best on `parts` (EM and F1) that refuse enough of `wrong`."""
    best = (float("-inf"), 0.0, 0.0)
    for weight in WEIGHTS:
        values = np.concatenate([part.span + weight * part.head for part in parts])
        for threshold in np.quantile(values, np.linspace(0.02, 0.98, 97)):
            scored = [part.scores(weight, threshold) for part in parts]
            mean = float(np.mean([(scores["em"] + scores["f1"]) / 2 for scores in scored]))
            if mean > best[0] and (wrong is None or wrong.scores(weight, threshold)["refused"] >= REFUSED):
                best = (mean, weight, float(threshold))
    return best[1], round(best[2], 3)


def latency(folder: Path, examples: Sequence[Example]) -> dict[str, float]:
    """Time one passage of 120 words at a time, tokenising included, in milliseconds."""
    reader = Reader.load(folder)
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
    parts = {"idk_valid": data.idk_valid, "facqa_valid": data.facqa_valid}
    for source, examples in (("kinds", data.kinds_valid), ("news", data.news_valid)):
        parts[f"{source}_valid"] = examples
        for sort in ("kind", "style"):
            for name in sorted({getattr(e, sort) for e in examples}):
                parts[f"{source}_valid_{sort}_{name}"] = [e for e in examples if getattr(e, sort) == name]
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
