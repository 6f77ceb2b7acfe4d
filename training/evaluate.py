"""Scores: exact match and F1 as in SQuAD 2.0 (Rajpurkar et al. 2018), AUC, refusals, and the threshold.

`reader.toml` keeps them beside the model.
"""

import platform
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path

import numpy as np
import tomli_w
from sklearn.metrics import roc_auc_score

from tanya_csto.evaluate import folded, short_f1
from tanya_csto.models.reader import Reader, Reading
from training.data import Data, Example

Scores = dict[str, float]  # percentages over one set, of those that it has questions for; AUC out of 1
Figures = Mapping[str, Mapping[str, float]]
PACKAGES = ("torch", "onnx", "onnxruntime", "sentencepiece", "numpy")
REFUSED = 90.0  # percent of answerable questions, on the nearest wrong passage
WEIGHTS = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0)


class Readings:
    """The readings of one set of examples, scored under any weight and threshold."""

    def __init__(self, read: Callable[[str, str], Reading], examples: Sequence[Example]) -> None:
        readings = [read(example.question, example.passage) for example in examples]
        self.answerable = np.array([e.answer is not None for e in examples])
        self.span = np.array([r.span_score for r in readings])
        self.head = np.array([r.answerable for r in readings])
        pairs = [(e.passage[r.start : r.end], e.golds) for e, r in zip(examples, readings, strict=True)]
        self.exact = np.array([folded(text) in map(folded, golds) for text, golds in pairs])
        self.overlap = np.array([short_f1(text, golds) for text, golds in pairs])

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
        found = {"n": len(value)} | {name: round(100 * float(part.mean()), 1) for name, part in parts.items()}
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


def measure(folder: Path, data: Data, wrong: Mapping[str, list[Example]], point: tuple[float, float]) -> Figures:
    """Measure the exported model, at one weight and threshold, on the valid splits and on `wrong` passages."""
    parts = {"idk_valid": data.idk_valid, "facqa_valid": data.facqa_valid}
    for source, examples in (("kinds", data.kinds_valid), ("news", data.news_valid)):
        parts[f"{source}_valid"] = examples
        for sort in ("kind", "style"):
            for name in sorted({getattr(e, sort) for e in examples}):
                parts[f"{source}_valid_{sort}_{name}"] = [e for e in examples if getattr(e, sort) == name]
    parts |= {f"{name}_nearest_wrong": examples for name, examples in wrong.items()}
    read = cache(Reader.load(folder).read)
    return {name: Readings(read, examples).scores(*point) for name, examples in parts.items()}


def write_record(path: Path, weight: float, threshold: float, figures: Figures, command: str) -> None:
    """Write `reader.toml`: how the model was made, and what it scored at which weight and threshold.

    Nothing reads it at work; the model card tells its figures.
    """
    made = {"command": command, "python": platform.python_version(), **{name: version(name) for name in PACKAGES}}
    record = {"use": {"weight": weight, "threshold": threshold}, "training": made, "figures": figures}
    text = f"# Written by `python -m training`; MODEL_CARD.md explains it.\n\n{tomli_w.dumps(record)}"
    path.write_text(text, encoding="utf-8")
