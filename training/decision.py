"""Fits the answer model: which sentence answers, whether to answer at all, and how sure to be.

    python -m training.decision            # writes src/tanya_csto/ranking/weights.toml and docs/reliability.svg
    python -m training.decision --ablation # what each feature adds, with the bank and without; writes nothing

Two linear models for each mode, with and without a question bank. With one, they are fitted on the question sets on the
built-in articles; without, on collections of several kinds (`training.collections`), each of which counts as the square
root of its size:

- ranker: a conditional logit over the candidate sentences of each question (McFadden 1974), so that the right ones
  score highest;
- abstainer: a logistic regression on the features of the best sentence, for "it proves the answer". In full mode each
  question counts twice, read and unread.

What is decided about probabilities comes from questions whose whole set, or collection, was left out then, read as far
as `DOUBT` and `DOUBT_READ` tell: Platt's scaling (Platt 1999), and the thresholds. `answer_from` is where right answers
and right refusals, less `WRONG_QUOTE` for each wrong quote, are most; from `sedang_from` and `tinggi_from` on answers
are right as often as the words promise.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from tanya_csto import Tanya
from tanya_csto.bank.opinion import BankOpinion
from tanya_csto.evaluate import Question as Asked
from tanya_csto.evaluate import proves_any
from tanya_csto.models.networks import Networks, load_networks
from tanya_csto.question.parser import Question
from tanya_csto.ranking.answerability import answerability
from tanya_csto.ranking.claims import find_claim, find_rivals
from tanya_csto.ranking.features import Candidate, Features
from tanya_csto.ranking.model import AnswerModel, weighted
from training.collections import Collection, with_bank, without_bank
from training.reliability import Curve, calibration_error, error_by_chance, plot, reliability

ROOT = Path(__file__).parents[1]
WEIGHTS = ROOT / "src" / "tanya_csto" / "ranking" / "weights.toml"
COLLECTIONS = {"bank": with_bank, "text": without_bank}
RANKER = {
    "text": ("context", "bm25", "fit", "heading"),
    "bank": ("told", "supported", "context", "bm25", "fit", "heading"),
}
ABSTAINER = {
    "text": ("share", "gap", "context", "fit", "replaced", "mismatch"),
    "bank": ("unanswerable", "score", "gap", "fit", "replaced", "mismatch"),
}
SIMILARITY = ("similarity",)
READING = ("read", "reading", "answerable")
RIVAL = ("gap", "rival", "context", "reading", "figure", "polarity")
RANKER_PENALTY = 0.01
ABSTAINER_STRENGTH = 0.1  # inverse of the penalty, on features of equal spread
RIVAL_STRENGTH = 0.3
FALSE_SIDES = 0.02  # of the questions on which the articles agree, called contested
WRONG_QUOTE = 0.5  # of a right answer
LEVEL = 1  # right answers; the highest threshold that is worth as much as the best, but for these, is taken
SURE = {"bank": (0.87, 0.975), "text": (0.8, 0.96)}  # "sedang" and "tinggi" are right as often on left-out questions
DOUBT = {"bank": (0.1, 0.8), "text": (0.1, 1.0)}  # what is surer than the one and less sure than the other is read
DOUBT_READ = (0.2, 0.7)  # the same of what is read in the best sentence's passage: the others are read, too

NOTHING = -9.0  # the log-odds where no sentence is found

Array = NDArray[np.float64]
Weights = dict[str, float]
Value = float | tuple[float, float] | Weights  # of a table of weights.toml


@dataclass(frozen=True, slots=True)
class Case:
    """A question of a set with its candidates, and which of them prove the answer.

    `readings` are the candidates as they are unread, and, in full mode, as often as the reader has read.
    """

    set: str
    asked: Asked
    question: Question
    readings: Sequence[tuple[Candidate, ...]]
    opinion: BankOpinion | None
    right: Mapping[int, bool]  # by the number of the candidate's sentence

    @property
    def is_contested(self) -> bool:
        """Whether the articles disagree about what is asked."""
        return self.asked.category == "conflict"

    @property
    def fitted(self) -> Sequence[tuple[Candidate, ...]]:
        """The candidates on which models are fitted: unread, and all read where there is a reader."""
        return (self.readings[0], *self.readings[1:][-1:])

    def proves(self, candidate: Candidate) -> bool:
        """Tell whether the quote of a candidate is a right one."""
        return self.right[candidate.number]


def read_cases(collections: Iterable[Collection], networks: Networks | None) -> list[Case]:
    """Return the questions that the models decide; small talk is not."""
    cases = []
    tanya: Tanya | None = None
    for collection in collections:
        if tanya is None or tanya.corpus is not collection.corpus:
            tanya = Tanya(collection.corpus, networks=networks)
        for asked in collection.questions:
            if asked.category == "smalltalk":
                continue
            question = tanya.understand(asked.text, asked.history)
            unread, opinion = tanya.finder.search(question)
            readings = (unread, *tanya.finder.readings(question, unread))
            right = {each.number: proves_any(tanya.finder.quote(each, question), asked.evidence) for each in unread}
            cases.append(Case(collection.name, asked, question, readings, opinion, right))
    return cases


def balance(cases: Sequence[Case]) -> dict[str, float]:
    """Return what a question of each set counts, so that sets weigh as the square roots of their sizes."""
    sizes = Counter(case.set for case in cases)
    return {name: (len(cases) / len(sizes) / size) ** 0.5 for name, size in sizes.items()}


def fit_ranker(cases: Sequence[Case], names: Sequence[str]) -> Weights:
    """Return the weights under which the right sentences of each question score highest."""
    data = []
    counts = balance(cases)
    for case in cases:
        for candidates in case.fitted:
            right = np.array([case.proves(each) for each in candidates])
            if right.any():
                data.append((_matrix([each.features for each in candidates], names), right, counts[case.set]))
    rows = np.concatenate([features for features, _, _ in data])
    spread, total = rows.std(0) + 1e-9, sum(count for _, _, count in data)

    def loss(weights: Array) -> tuple[float, Array]:
        value, slope = RANKER_PENALTY * float(weights @ weights) / 2, RANKER_PENALTY * weights
        for features, right, count in data:
            scaled = features / spread
            scores = scaled @ weights
            likely = np.exp(scores - scores.max())
            likely /= likely.sum()
            good = likely * right
            value -= count * float(np.log(good.sum())) / total
            slope = slope - count * scaled.T @ (good / good.sum() - likely) / total
        return value, slope

    fitted: Array = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x
    return dict(zip(names, (fitted / spread).tolist(), strict=True))


def fit_abstainer(cases: Sequence[Case], ranker: Weights, names: Sequence[str]) -> Weights:
    """Return the weights of the log-odds that the best sentence proves the answer."""
    rows, right, counts = [], [], []
    known = balance(cases)
    for case in cases:
        for candidates in case.fitted:
            if candidates:
                ranked = _ranked(candidates, ranker)
                rows.append(answerability(case.question, ranked, case.opinion))
                right.append(case.proves(ranked[0]))
                counts.append(known[case.set])
    features = _matrix(rows, names)
    spread = features.std(0) + 1e-9
    model = LogisticRegression(C=ABSTAINER_STRENGTH, max_iter=1000)
    model.fit(features / spread, right, sample_weight=counts)
    weights = dict(zip(names, (model.coef_[0] / spread).tolist(), strict=True))
    return {"bias": float(model.intercept_[0]), **weights}


def rival_rows(case: Case, ranker: Weights) -> list[tuple[Features, bool]]:
    """Return the features of the claims against the best sentence of a question; which are of another side than it."""
    ranked = _ranked(case.readings[-1], ranker)
    claim = find_claim(case.question, ranked[0]) if ranked else None
    if claim is None:
        return []
    side = _side_of(case, ranked[0])
    return [
        (rival.features, None not in (side, other := _side_of(case, rival.candidate)) and side != other)
        for rival in find_rivals(case.question, ranked)
        if rival.claim.contradicts(claim)
    ]


def fit_rivals(cases: Sequence[Case], ranker: Weights) -> Weights:
    """Return the weights of the log-odds that a contradicting claim is about the same thing."""
    rows = [row for case in cases for row in rival_rows(case, ranker)]
    names = [name for name in RIVAL if any(name in row for row, _ in rows)]
    features = _matrix([row for row, _ in rows], names)
    spread = features.std(0) + 1e-9
    model = LogisticRegression(C=RIVAL_STRENGTH, max_iter=1000).fit(features / spread, [right for _, right in rows])
    return {"bias": float(model.intercept_[0])} | dict(zip(names, (model.coef_[0] / spread).tolist(), strict=True))


def rival_threshold(cases: Sequence[Case], ranker: Sequence[str]) -> Weights:
    """Return the threshold at which `FALSE_SIDES` of the questions are wrongly called contested, and what is found.

    The built-in articles are left out: they contradict one another in what plain questions ask, too.
    """
    best = []
    for name in dict.fromkeys(case.set for case in cases):
        seen = [case for case in cases if case.set != name]
        weights = fit_ranker([case for case in seen if not case.is_contested], ranker)
        model = fit_rivals(seen, weights)
        for case in cases:
            if case.set == name:
                odds = [weighted(model, row) for row, _ in rival_rows(case, weights)]
                best.append((case, float(_sigmoid(np.array(max(odds, default=-9.0))))))
    plain = sorted((likely for case, likely in best if not case.is_contested), reverse=True)
    at = plain[int(FALSE_SIDES * len(plain))]
    for name in dict.fromkeys(case.set for case in cases):
        own = [(case.is_contested, likely > at) for case, likely in best if case.set == name]
        found = [sum(called for contested, called in own if contested == each) for each in (True, False)]
        sizes = [sum(contested == each for contested, _ in own) for each in (True, False)]
        print(f"  {name:8} contested {found[0]}/{sizes[0]}, falsely {found[1]}/{sizes[1]}", flush=True)
    return {"rival_from": at}


def _side_of(case: Case, candidate: Candidate) -> int | None:
    """Return which side of a disagreement a sentence is on; None where it is on none."""
    text = candidate.retrieved.indexed.sentence.text
    return next(
        (
            number
            for number, side in enumerate(case.asked.sides)
            if proves_any(text, [case.asked.evidence[place] for place in side])
        ),
        None,
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What two models that never saw a question's set make of it: for each reading the log-odds, and what is right."""

    case: Case
    readings: Sequence[tuple[float, bool]]


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
    readings = []
    for candidates in case.readings:
        ranked = _ranked(candidates, ranker)
        odds = weighted(abstainer, answerability(case.question, ranked, case.opinion)) if ranked else NOTHING
        readings.append((odds, bool(ranked) and case.proves(ranked[0])))
    return Outcome(case, readings)


def calibrate(outcomes: Sequence[Outcome]) -> tuple[float, float]:
    """Return the slope and the offset that make log-odds of left-out questions those of their being right."""
    known = [reading for each in outcomes for reading in (each.readings[0], each.readings[-1]) if reading[0] > NOTHING]
    model = LogisticRegression(C=1e6).fit([[odds] for odds, _ in known], [right for _, right in known])
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def decided(
    outcomes: Sequence[Outcome], slope: float, offset: float, doubt: tuple[float, float]
) -> tuple[Array, NDArray[np.bool_]]:
    """Return the calibrated probability of each question, read where in doubt, and whether its quote is right."""
    found = []
    for each in outcomes:
        low, high = doubt
        for reading in each.readings:
            probability = float(_sigmoid(np.array(slope * reading[0] + offset)))
            last = (probability, reading[1])
            if not low < probability < high:
                break
            low, high = DOUBT_READ
        found.append(last)
    return np.array([probability for probability, _ in found]), np.array([right for _, right in found])


def thresholds(
    outcomes: Sequence[Outcome], probability: Array, right: NDArray[np.bool_], sure: tuple[float, float]
) -> Weights:
    """Return where to answer from, and from where on answers are right as often as `sure` says."""
    answerable = np.array([each.case.asked.answerable for each in outcomes])
    steps = np.arange(0.1, 0.9, 0.01)
    worth = []
    for at in steps:
        given = probability >= at
        worth.append((given & right).sum() + (~given & ~answerable).sum() - WRONG_QUOTE * (given & ~right).sum())
    answer_from = float(steps[np.array(worth) >= max(worth) - LEVEL].max())

    def reaches(precision: float, below: float = 1.0) -> float:
        for at in np.arange(answer_from, below, 0.005):
            given = (probability >= at) & (probability < below)
            if given.sum() and right[given].mean() >= precision:
                return float(at)
        return below

    tinggi = reaches(sure[1])
    return {"answer_from": answer_from, "sedang_from": reaches(sure[0], tinggi), "tinggi_from": tinggi}


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


@dataclass(frozen=True, slots=True)
class Fitted:
    """A model with its thresholds, and what it makes of the questions whose set was left out."""

    models: dict[str, Value]
    thresholds: Weights
    outcomes: Sequence[Outcome]
    probability: Array
    right: NDArray[np.bool_]

    @property
    def table(self) -> dict[str, Value]:
        """The table of the model in weights.toml."""
        return {**self.thresholds, **self.models}

    def figures(self, name: str | None = None) -> Weights:
        """Return what is right of all questions, or of those of one set."""
        chosen = np.array([name in (None, each.case.set) for each in self.outcomes])
        outcomes = [each for each, kept in zip(self.outcomes, chosen, strict=True) if kept]
        found = figures(outcomes, self.probability[chosen], self.right[chosen], self.thresholds["answer_from"])
        return {**found, "ECE by chance": error_by_chance(self.probability[chosen])}


def fit(kind: str, networks: Networks | None) -> Fitted:
    """Fit the model for "bank" or "text", in full mode where there are networks."""
    ranker_names, abstainer_names = names_of(kind, networks)
    known = read_cases(COLLECTIONS[kind](), networks)
    cases = [case for case in known if not case.is_contested]
    outcomes = leave_sets_out(cases, ranker_names, abstainer_names)
    slope, offset = calibrate(outcomes)
    probability, right = decided(outcomes, slope, offset, DOUBT[kind])
    ranker = fit_ranker(cases, ranker_names)
    abstainer = {name: slope * weight for name, weight in fit_abstainer(cases, ranker, abstainer_names).items()}
    abstainer["bias"] += offset
    models: dict[str, Value] = {
        "read_between": DOUBT[kind],
        "read_on_between": DOUBT_READ,
        "ranker": ranker,
        "abstainer": abstainer,
    }
    if kind == "text":
        told = [case for case in known if case.set != "csto"]
        models |= {**rival_threshold(told, ranker_names), "rival": fit_rivals(told, ranker)}
    return Fitted(models, thresholds(outcomes, probability, right, SURE[kind]), outcomes, probability, right)


def write_weights() -> None:
    """Fit all models, print what each gets right, and write the weights."""
    text = (
        "# Written by `python -m training.decision`; what the names mean is told in features.py, reading.py and\n"
        "# answerability.py.\n"
    )
    curves: dict[str, Curve] = {}
    for mode, networks in (("light", None), ("full", load_networks())):
        for kind in COLLECTIONS:
            fitted = fit(kind, networks)
            curves[f"{mode}, {kind}"] = reliability(fitted.probability, fitted.right)
            print(mode, kind, {name: round(value, 3) for name, value in fitted.figures().items()}, flush=True)
            for name in dict.fromkeys(each.case.set for each in fitted.outcomes):
                print(
                    f"  {name:8}", {each: round(value, 3) for each, value in fitted.figures(name).items()}, flush=True
                )
            text += "\n" + toml_table(f"{mode}.{kind}", fitted.table)
    WEIGHTS.write_text(text, encoding="utf-8")
    (ROOT / "docs" / "reliability.svg").write_text(plot(curves), encoding="utf-8")


def ablate() -> None:
    """Print, as rows of a table, what the models get right without each feature in turn."""
    for mode, networks in (("light", None), ("full", load_networks())):
        for kind in ("bank", "text"):
            ranker, abstainer = names_of(kind, networks)
            cases = [case for case in read_cases(COLLECTIONS[kind](), networks) if not case.is_contested]
            for name in ("", *dict.fromkeys(ranker + abstainer)):
                kept = [tuple(each for each in names if each != name) for names in (ranker, abstainer)]
                outcomes = leave_sets_out(cases, *kept)
                probability, right = decided(outcomes, *calibrate(outcomes), DOUBT[kind])
                found = figures(
                    outcomes, probability, right, thresholds(outcomes, probability, right, SURE[kind])["answer_from"]
                )
                row = " | ".join(f"{value:.3f}" for value in found.values())
                print(f"| {mode} | {kind} | {f'without {name}' if name else 'all'} | {row} |", flush=True)


def toml_table(title: str, table: Mapping[str, Value]) -> str:
    """Return one table of weights.toml."""
    lines = [f"[{title}]"]
    for name, value in table.items():
        if isinstance(value, dict):
            inside = ", ".join(f"{key} = {weight + 0.0:.3f}" for key, weight in value.items())
            lines.append(f"{name} = {{ {inside} }}")
        elif isinstance(value, tuple):
            lines.append(f"{name} = [{', '.join(f'{bound:.3f}' for bound in value)}]")
        else:
            lines.append(f"{name} = {value + 0.0:.3f}")
    return "\n".join(lines) + "\n"


def _ranked(candidates: Iterable[Candidate], ranker: Mapping[str, float]) -> tuple[Candidate, ...]:
    return AnswerModel(ranker, {}, 0, 0, 0, (0, 0), (0, 0)).rank(tuple(candidates))


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
        write_weights()


if __name__ == "__main__":
    main()
