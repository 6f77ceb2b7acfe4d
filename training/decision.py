"""Fits the answer model: which sentence answers, and whether to answer at all.

    python -m training.decision            # cross-validates, then writes src/tanya_csto/ranking/weights.toml
    python -m training.decision --ablation # cross-validates with ever more of the features, and writes nothing

Two linear models, fitted on the question sets that may be tuned on (`tests/questions/`: dev, second, third, fourth):

- ranker: a conditional logit over the candidate sentences of each question (McFadden 1974), so that the right ones
  score highest;
- abstainer: a logistic regression on the features of the best sentence, for "it proves the answer".

Both carry an L2 penalty. The thresholds follow from cross-validated log-odds: `answer_from` is where right answers
and right refusals, less `WRONG_QUOTE` for each wrong quote, are most; `sedang_from` and `tinggi_from` are the lowest
log-odds from which on at least .80 and .95 of the answers given are right.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tanya_csto import Tanya
from tanya_csto.evaluate import Question as Asked
from tanya_csto.evaluate import proves_any, read_questions
from tanya_csto.models.networks import load_networks
from tanya_csto.question.parser import Question
from tanya_csto.ranking.answerability import answer_log_odds, answerability_features
from tanya_csto.ranking.features import Candidate, reordered

ROOT = Path(__file__).parents[1]
SETS = ("dev", "second", "third", "fourth")
WEIGHTS = ROOT / "src" / "tanya_csto" / "ranking" / "weights.toml"
FOLDS = 10
ABLATION = {  # what each step adds to the ones before
    "BM25": ("bm25",),
    "share of the question said, also by what stands before": ("coverage", "context"),
    "the kind of thing asked for": ("fit",),
    "words close to one another, names, headings": ("closeness", "names", "replaced", "heading"),
    "similarity of meaning": ("similarity",),
    "a reading": ("reading", "answerable"),
}
RANKER_PENALTY = 0.02
ABSTAINER_PENALTY = 4.0
SEDANG, TINGGI = 0.80, 0.95
WRONG_QUOTE = 0.6  # what a wrong quote costs, where a right answer and a right refusal count 1 and a wrong refusal 0
PLATEAU = 5.0  # thresholds this near to the best, about 1 % of the questions, are as good; the middle one is taken

Array = NDArray[np.float64]
Weights = dict[str, float]


@dataclass(frozen=True)
class Case:
    """One question of a set: how it is understood, its candidates, and which of them prove the answer."""

    asked: Asked
    question: Question
    candidates: tuple[Candidate, ...]
    right: Mapping[int, bool]  # by the number of the candidate's sentence

    def proves(self, candidate: Candidate) -> bool:
        """Tell whether the quote of a candidate is a right one."""
        return self.right[candidate.retrieved.indexed.number]


def read_cases(tanya: Tanya, names: Sequence[str] = SETS) -> list[Case]:
    """Return the questions of the sets that are decided by the two models; small talk and disagreements are not."""
    cases = []
    for name in names:
        for asked in read_questions(ROOT / "tests" / "questions" / f"{name}.jsonl"):
            if asked.category in ("smalltalk", "conflict"):
                continue
            question = tanya.understand(asked.text, asked.history)
            candidates = tanya.rank(question)
            if candidates:
                right = {
                    candidate.retrieved.indexed.number: proves_any(tanya.quote(candidate, question), asked.evidence)
                    for candidate in candidates
                }
                cases.append(Case(asked, question, candidates, right))
    return cases


def fit_ranker(cases: Sequence[Case], steps: int = 600, rate: float = 0.05) -> Weights:
    """Return the weights under which the right sentences of each question score highest (Adam, Kingma and Ba 2015)."""
    names = list(cases[0].candidates[0].features)
    data = []
    for case in cases:
        right = np.array([case.proves(candidate) for candidate in case.candidates], dtype=np.float64)
        if right.any():
            data.append((_matrix([candidate.features for candidate in case.candidates], names), right))
    weights, mean, spread = np.zeros(len(names)), np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, steps + 1):
        gradient = RANKER_PENALTY * weights
        for features, right in data:
            likely = _softmax(features @ weights)
            target = likely * right / (likely * right).sum()
            gradient -= features.T @ (target - likely) / len(data)
        mean = 0.9 * mean + 0.1 * gradient
        spread = 0.999 * spread + 0.001 * gradient**2
        weights -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.999**step)) + 1e-8)
    return dict(zip(names, weights.tolist(), strict=True))


def fit_abstainer(cases: Sequence[Case]) -> Weights:
    """Return the weights of the log-odds that the best sentence proves the answer (Newton's method)."""
    cases = [case for case in cases if answer_log_odds(case.question, case.candidates, {}) > -np.inf]
    rows = [answerability_features(case.question, case.candidates) for case in cases]
    names = list(rows[0])
    features = _matrix(rows, names)
    right = np.array([case.proves(case.candidates[0]) for case in cases], dtype=np.float64)
    scale = features.std(axis=0)
    scale[scale == 0] = 1.0
    features = features / scale
    penalty = np.diag([0.0 if name == "bias" else ABSTAINER_PENALTY for name in names])
    weights = np.zeros(len(names))
    for _ in range(30):
        likely = 1 / (1 + np.exp(-features @ weights))
        curvature = features.T @ (features * (likely * (1 - likely) + 1e-9)[:, None]) + penalty
        gradient = features.T @ (likely - right) + penalty @ weights
        weights -= np.linalg.solve(curvature + 1e-9 * np.eye(len(names)), gradient)
    return dict(zip(names, (weights / scale).tolist(), strict=True))


def cross_validate(cases: Sequence[Case]) -> tuple[list[Case], Array]:
    """Return every case as ranked by weights fitted without its fold, and its log-odds by the same."""
    ranked: list[Case] = []
    log_odds: list[float] = []
    for fold in range(FOLDS):
        held_out = cases[fold::FOLDS]
        seen = [case for n, case in enumerate(cases) if n % FOLDS != fold]
        ranker = fit_ranker(seen)
        abstainer = fit_abstainer([_ranked(case, ranker) for case in seen])
        for case in (_ranked(case, ranker) for case in held_out):
            ranked.append(case)
            log_odds.append(answer_log_odds(case.question, case.candidates, abstainer))
    return ranked, np.array(log_odds)


def thresholds(cases: Sequence[Case], log_odds: Array) -> Weights:
    """Return where to answer from, and from where on to be how sure."""
    right = np.array([case.proves(case.candidates[0]) for case in cases])
    answerable = np.array([case.asked.answerable for case in cases])
    steps = np.arange(-3, 3, 0.05)
    worth = [_worth(right, answerable, log_odds >= at) for at in steps]
    best = [at for at, value in zip(steps, worth, strict=True) if value >= max(worth) - PLATEAU]
    answer_from = float(np.median(best))

    def sure(precision: float) -> float:
        for at in steps[steps >= answer_from]:
            given = log_odds >= at
            if given.any() and right[given].mean() >= precision:
                return float(at)
        return float(log_odds.max())

    return {"answer_from": answer_from, "sedang_from": sure(SEDANG), "tinggi_from": sure(TINGGI)}


def _worth(right: NDArray[np.bool_], answerable: NDArray[np.bool_], given: NDArray[np.bool_]) -> float:
    return float((given & right).sum() + (~given & ~answerable).sum() - WRONG_QUOTE * (given & ~right).sum())


def figures(cases: Sequence[Case], log_odds: Array, answer_from: float) -> Weights:
    """Return what the two models get right: ranking alone, and with refusals."""
    right = np.array([case.proves(case.candidates[0]) for case in cases])
    answerable = np.array([case.asked.answerable for case in cases])
    given = log_odds >= answer_from
    return {
        "ranked@1": right[answerable].mean(),
        "answered@1": (right & given)[answerable].mean(),
        "abstained": (~given)[~answerable].mean(),
        "AUC": _auc(log_odds, right),
    }


def toml_table(mode: str, table: Mapping[str, float | Weights]) -> str:
    """Return one mode's table of weights.toml."""
    lines = [f"[{mode}]"]
    for name, value in table.items():
        if isinstance(value, dict):
            inside = ", ".join(f"{key} = {weight:.2f}" for key, weight in value.items())
            lines.append(f"{name} = {{ {inside} }}")
        else:
            lines.append(f"{name} = {value + 0.0:.2f}")
    return "\n".join(lines) + "\n"


def _ranked(case: Case, ranker: Mapping[str, float]) -> Case:
    return Case(case.asked, case.question, reordered(case.candidates, ranker), case.right)


def _matrix(rows: Sequence[Mapping[str, float]], names: Sequence[str]) -> Array:
    return np.array([[row[name] for name in names] for row in rows])


def _softmax(scores: Array) -> Array:
    likely: Array = np.exp(scores - scores.max())
    return likely / likely.sum()


def _auc(scores: Array, right: NDArray[np.bool_]) -> float:
    scores = np.nan_to_num(scores)
    above = scores[right][:, None] - scores[~right][None]
    return float((above > 0).mean() + 0.5 * (above == 0).mean())


def ablate(cases: Sequence[Case]) -> None:
    """Print, as rows of a table, what the models get right with ever more of the features."""
    known: tuple[str, ...] = ()
    for name, features in ABLATION.items():
        known += features
        held_out, log_odds = cross_validate([_with_only(case, known) for case in cases])
        found = figures(held_out, log_odds, thresholds(held_out, log_odds)["answer_from"])
        print(f"| {name} | {' | '.join(f'{value:.3f}' for value in found.values())} |", flush=True)


def _with_only(case: Case, known: Sequence[str]) -> Case:
    candidates = tuple(
        replace(each, features={name: value * (name in known) for name, value in each.features.items()})
        for each in case.candidates
    )
    return Case(case.asked, case.question, candidates, case.right)


def fit() -> None:
    """Fit every mode and write the weights."""
    text = (
        "# Written by `python -m training.decision`; what the names mean is told in features.py and answerability.py.\n"
    )
    for mode, networks in (("light", None), ("full", load_networks())):
        cases = read_cases(Tanya(networks=networks))
        held_out, log_odds = cross_validate(cases)
        table = thresholds(held_out, log_odds)
        print(
            mode, {name: round(value, 3) for name, value in figures(held_out, log_odds, table["answer_from"]).items()}
        )
        ranker = fit_ranker(cases)
        abstainer = fit_abstainer([_ranked(case, ranker) for case in cases])
        text += "\n" + toml_table(mode, {**table, "ranker": ranker, "abstainer": abstainer})
    WEIGHTS.write_text(text, encoding="utf-8")


def main() -> None:
    """Fit the answer model, or show what each feature adds to it."""
    parser = argparse.ArgumentParser(prog="python -m training.decision", description=__doc__)
    parser.add_argument("--ablation", action="store_true", help="show what each feature adds")
    if parser.parse_args().ablation:
        ablate(read_cases(Tanya(networks=load_networks())))
    else:
        fit()


if __name__ == "__main__":
    main()
