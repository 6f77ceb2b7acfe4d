"""Fits the answer model: which sentence answers, whether to answer at all, and how sure to be.

    python -m training.decision            # writes src/tanya_csto/ranking/weights.toml and docs/reliability.svg
    python -m training.decision --ablation # what each feature adds, with the bank and without; writes nothing

Two linear models for each mode, with and without a question bank, fitted on the question sets that may be tuned on:

- ranker: a conditional logit over the candidate sentences of each question (McFadden 1974), so that the right ones
  score highest;
- abstainer: a logistic regression on the features of the best sentence, for "it proves the answer". In full mode each
  question counts twice, read and unread.

What is decided about probabilities comes from questions whose whole set was left out when both were fitted: Platt's
scaling (Platt 1999), and the thresholds. `answer_from` is where right answers and right refusals, less `WRONG_QUOTE`
for each wrong quote, are most; from `sedang_from` and `tinggi_from` on answers are right as often as the words promise.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from tanya_csto import Tanya
from tanya_csto.bank.evidence import BankEvidence
from tanya_csto.corpus.articles import load_corpus
from tanya_csto.evaluate import Question as Asked
from tanya_csto.evaluate import proves_any, read_questions
from tanya_csto.models.networks import Networks, load_networks
from tanya_csto.question.parser import Question
from tanya_csto.ranking.answerability import answerability
from tanya_csto.ranking.features import Candidate
from tanya_csto.ranking.model import AnswerModel, weighted
from training.reliability import Curve, calibration_error, plot, reliability

ROOT = Path(__file__).parents[1]
SETS = ("dev", "second", "third", "fourth", "fifth")
WEIGHTS = ROOT / "src" / "tanya_csto" / "ranking" / "weights.toml"
RANKER = {
    "text": ("coverage", "context", "bm25", "fit", "closeness", "heading", "names", "replaced"),
    "bank": ("told", "supported", "context", "bm25", "fit", "heading"),
}
ABSTAINER = {
    "text": ("score", "margin", "coverage", "context", "fit", "replaced", "absent_names", "person", "mismatch"),
    "bank": ("unanswerable", "score", "fit", "replaced", "mismatch"),
}
SIMILARITY = ("similarity",)
READING = ("read", "reading", "answerable")
RANKER_PENALTY = 0.01
ABSTAINER_STRENGTH = 0.1  # inverse of the penalty, on features of equal spread
WRONG_QUOTE = 0.5  # of a right answer
SEDANG, TINGGI = 0.87, 0.975  # right as often, so that .85 and .97 hold on other questions
DOUBT = {"bank": (0.1, 0.8), "text": (-1.0, 2.0)}  # what is less sure than the one and surer than the other is read

Array = NDArray[np.float64]
Weights = dict[str, float]


@dataclass(frozen=True, slots=True)
class Case:
    """A question of a set with its candidates, unread and (in full mode) read, and which of them prove the answer."""

    set: str
    asked: Asked
    question: Question
    unread: tuple[Candidate, ...]
    read: tuple[Candidate, ...]
    evidence: BankEvidence | None
    right: Mapping[int, bool]  # by the number of the candidate's sentence

    @property
    def readings(self) -> tuple[tuple[Candidate, ...], ...]:
        """The candidates as they are unread, and read where there is a reader."""
        return (self.unread,) if self.read is self.unread else (self.unread, self.read)

    def proves(self, candidate: Candidate) -> bool:
        """Tell whether the quote of a candidate is a right one."""
        return self.right[candidate.number]


def read_cases(tanya: Tanya, names: Sequence[str] = SETS) -> list[Case]:
    """Return the questions of the sets that the models decide; small talk and disagreements are not."""
    cases = []
    for name in names:
        for asked in read_questions(ROOT / "tests" / "questions" / f"{name}.jsonl"):
            if asked.category in ("smalltalk", "conflict"):
                continue
            question = tanya.understand(asked.text, asked.history)
            unread, evidence = tanya.candidates(question, read=False)
            read = tanya.candidates(question, read=True)[0] if tanya.networks else unread
            right = {each.number: proves_any(tanya.quote(each, question), asked.evidence) for each in unread}
            cases.append(Case(name, asked, question, unread, read, evidence, right))
    return cases


def fit_ranker(cases: Sequence[Case], names: Sequence[str]) -> Weights:
    """Return the weights under which the right sentences of each question score highest."""
    data = []
    for case in cases:
        for candidates in case.readings:
            right = np.array([case.proves(each) for each in candidates])
            if right.any():
                data.append((_matrix([each.features for each in candidates], names), right))
    rows = np.concatenate([features for features, _ in data])
    spread = rows.std(0) + 1e-9

    def loss(weights: Array) -> tuple[float, Array]:
        value, slope = RANKER_PENALTY * float(weights @ weights) / 2, RANKER_PENALTY * weights
        for features, right in data:
            scaled = features / spread
            scores = scaled @ weights
            likely = np.exp(scores - scores.max())
            likely /= likely.sum()
            good = likely * right
            value -= float(np.log(good.sum())) / len(data)
            slope = slope - scaled.T @ (good / good.sum() - likely) / len(data)
        return value, slope

    fitted: Array = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x
    return dict(zip(names, (fitted / spread).tolist(), strict=True))


def fit_abstainer(cases: Sequence[Case], ranker: Weights, names: Sequence[str]) -> Weights:
    """Return the weights of the log-odds that the best sentence proves the answer."""
    rows, right = [], []
    for case in cases:
        for candidates in case.readings:
            if candidates:
                ranked = _ranked(candidates, ranker)
                rows.append(answerability(case.question, ranked, case.evidence))
                right.append(case.proves(ranked[0]))
    features = _matrix(rows, names)
    spread = features.std(0) + 1e-9
    model = LogisticRegression(C=ABSTAINER_STRENGTH, max_iter=1000).fit(features / spread, right)
    weights = dict(zip(names, (model.coef_[0] / spread).tolist(), strict=True))
    return {"bias": float(model.intercept_[0]), **weights}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What two models that never saw a question's set make of it: unread and read log-odds, and what is right."""

    case: Case
    unread: float
    read: float
    right_unread: bool
    right_read: bool


def leave_sets_out(cases: Sequence[Case], ranker: Sequence[str], abstainer: Sequence[str]) -> list[Outcome]:
    """Return the outcome of every question by models that were fitted without its set."""
    outcomes = []
    for name in dict.fromkeys(case.set for case in cases):
        seen = [case for case in cases if case.set != name]
        weights = fit_ranker(seen, ranker)
        refusal = fit_abstainer(seen, weights, abstainer)
        outcomes += [outcome(case, weights, refusal) for case in cases if case.set == name]
    return outcomes


def outcome(case: Case, ranker: Weights, abstainer: Weights) -> Outcome:
    """Return what two models make of a question."""
    odds, right = [], []
    for candidates in (case.unread, case.read):
        ranked = _ranked(candidates, ranker)
        odds.append(weighted(abstainer, answerability(case.question, ranked, case.evidence)) if ranked else -9.0)
        if ranked and case.evidence is None and ranked[0].features["fit"] < 0:
            odds[-1] = -9.0
        right.append(bool(ranked) and case.proves(ranked[0]))
    return Outcome(case, odds[0], odds[1], right[0], right[1])


def calibrate(outcomes: Sequence[Outcome]) -> tuple[float, float]:
    """Return the slope and the offset that make log-odds of left-out questions those of their being right."""
    odds = np.array([[value] for each in outcomes for value in (each.unread, each.read)])
    right = [value for each in outcomes for value in (each.right_unread, each.right_read)]
    kept = odds[:, 0] > -9
    model = LogisticRegression(C=1e6).fit(odds[kept], np.array(right)[kept])
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def decided(
    outcomes: Sequence[Outcome], slope: float, offset: float, doubt: tuple[float, float]
) -> tuple[Array, NDArray[np.bool_]]:
    """Return the calibrated probability of each question, read where in doubt, and whether its quote is right."""
    unread = _sigmoid(slope * np.array([each.unread for each in outcomes]) + offset)
    read = _sigmoid(slope * np.array([each.read for each in outcomes]) + offset)
    reads = (unread > doubt[0]) & (unread < doubt[1])
    right = np.where(reads, [each.right_read for each in outcomes], [each.right_unread for each in outcomes])
    return np.where(reads, read, unread), right


def thresholds(outcomes: Sequence[Outcome], probability: Array, right: NDArray[np.bool_]) -> Weights:
    """Return where to answer from, and from where on to be how sure."""
    answerable = np.array([each.case.asked.answerable for each in outcomes])
    steps = np.arange(0.1, 0.9, 0.01)
    worth = []
    for at in steps:
        given = probability >= at
        worth.append((given & right).sum() + (~given & ~answerable).sum() - WRONG_QUOTE * (given & ~right).sum())
    answer_from = float(np.median(steps[np.array(worth) >= max(worth) - 1]))

    def sure(precision: float, below: float = 1.0) -> float:
        for at in np.arange(answer_from, below, 0.005):
            given = (probability >= at) & (probability < below)
            if given.sum() and right[given].mean() >= precision:
                return float(at)
        return below

    tinggi = sure(TINGGI)
    return {"answer_from": answer_from, "sedang_from": sure(SEDANG, tinggi), "tinggi_from": tinggi}


def figures(outcomes: Sequence[Outcome], probability: Array, right: NDArray[np.bool_], answer_from: float) -> Weights:
    """Return what the two models get right: ranking alone, and with refusals, and how well they know it."""
    answerable = np.array([each.case.asked.answerable for each in outcomes])
    given = probability >= answer_from
    return {
        "ranked@1": float(right[answerable].mean()),
        "answered@1": float((right & given)[answerable].mean()),
        "abstained": float((~given)[~answerable].mean()),
        "score": float(np.where(answerable, right & given, ~given).mean()),
        "AUC": float(roc_auc_score(right, probability)),
        "ECE": calibration_error(probability, right),
    }


def names_of(kind: str, networks: Networks | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names of the features of ranker and abstainer, for "bank" or "text"."""
    more = SIMILARITY if networks else ()
    read = READING if networks else ()
    return RANKER[kind] + more + read[1:], ABSTAINER[kind] + more + read


def fit() -> None:
    """Fit all models and write the weights."""
    text = (
        "# Written by `python -m training.decision`; what the names mean is told in features.py, reading.py and\n"
        "# answerability.py.\n"
    )
    corpus = load_corpus()
    curves: dict[str, Curve] = {}
    for mode, networks in (("light", None), ("full", load_networks())):
        for kind in ("bank", "text"):
            ranker_names, abstainer_names = names_of(kind, networks)
            cases = read_cases(Tanya(corpus if kind == "bank" else replace(corpus, bank=None), networks=networks))
            outcomes = leave_sets_out(cases, ranker_names, abstainer_names)
            slope, offset = calibrate(outcomes)
            probability, right = decided(outcomes, slope, offset, DOUBT[kind])
            table = thresholds(outcomes, probability, right)
            shown = figures(outcomes, probability, right, table["answer_from"])
            curves[f"{mode}, {kind}"] = reliability(probability, right)
            print(mode, kind, {name: round(value, 3) for name, value in (shown | table).items()}, flush=True)
            ranker = fit_ranker(cases, ranker_names)
            abstainer = {name: slope * weight for name, weight in fit_abstainer(cases, ranker, abstainer_names).items()}
            abstainer["bias"] += offset
            reading = {"read_above": DOUBT[kind][0], "read_below": DOUBT[kind][1]}
            text += "\n" + toml_table(f"{mode}.{kind}", {**table, **reading, "ranker": ranker, "abstainer": abstainer})
    WEIGHTS.write_text(text, encoding="utf-8")
    (ROOT / "docs" / "reliability.svg").write_text(plot(curves), encoding="utf-8")


def ablate() -> None:
    """Print, as rows of a table, what the models get right without each feature in turn."""
    corpus = load_corpus()
    for mode, networks in (("light", None), ("full", load_networks())):
        for kind in ("bank", "text"):
            ranker, abstainer = names_of(kind, networks)
            cases = read_cases(Tanya(corpus if kind == "bank" else replace(corpus, bank=None), networks=networks))
            for name in ("", *dict.fromkeys(ranker + abstainer)):
                kept = [tuple(each for each in names if each != name) for names in (ranker, abstainer)]
                outcomes = leave_sets_out(cases, *kept)
                probability, right = decided(outcomes, *calibrate(outcomes), DOUBT[kind])
                found = figures(outcomes, probability, right, thresholds(outcomes, probability, right)["answer_from"])
                row = " | ".join(f"{value:.3f}" for value in found.values())
                print(f"| {mode} | {kind} | {f'without {name}' if name else 'all'} | {row} |", flush=True)


def toml_table(title: str, table: Mapping[str, float | Weights]) -> str:
    """Return one table of weights.toml."""
    lines = [f"[{title}]"]
    for name, value in table.items():
        if isinstance(value, dict):
            inside = ", ".join(f"{key} = {weight + 0.0:.3f}" for key, weight in value.items())
            lines.append(f"{name} = {{ {inside} }}")
        else:
            lines.append(f"{name} = {value + 0.0:.3f}")
    return "\n".join(lines) + "\n"


def _ranked(candidates: Iterable[Candidate], ranker: Mapping[str, float]) -> tuple[Candidate, ...]:
    return AnswerModel(ranker, {}, 0, 0, 0, 0, 0).rank(tuple(candidates))


def _matrix(rows: Sequence[Mapping[str, float]], names: Sequence[str]) -> Array:
    return np.array([[row.get(name, 0.0) for name in names] for row in rows])


def _sigmoid(odds: Array) -> Array:
    likely: Array = 1 / (1 + np.exp(-odds))
    return likely


def main() -> None:
    """Fit the answer model, or show what each feature adds to it."""
    parser = argparse.ArgumentParser(prog="python -m training.decision", description=__doc__)
    parser.add_argument("--ablation", action="store_true", help="show what each feature adds")
    if parser.parse_args().ablation:
        ablate()
    else:
        fit()


if __name__ == "__main__":
    main()
