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
as `DOUBT` and `DOUBT_READ` tell: Platt's scaling (Platt 1999), and the thresholds. `answer_from` is around where right
answers and right refusals, less `WRONG_QUOTE` for each wrong quote, are most; from `sedang_from` and `tinggi_from` on
answers are right as often as the words promise.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, softmax
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from tanya_csto import Tanya
from tanya_csto.bank.opinion import BankOpinion
from tanya_csto.evaluate import Question as Asked
from tanya_csto.evaluate import proves_any
from tanya_csto.models.comparer import SentenceComparer
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
RELIABILITY = ROOT / "docs" / "reliability.svg"
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
RIVAL = (
    "gap",
    "rival",
    "share",
    "context",
    "reading",
    "figure",
    "polarity",
    "counted",
    "asked",
    "shared",
    "asked_date",
    "same_date",
    "matter",
)
RANKER_PENALTY = 0.01
ABSTAINER_STRENGTH = 0.1  # inverse of the penalty, on features of equal spread
RIVAL_STRENGTH = 0.3
FALSE_SIDES = 0.02  # of the questions on which the articles agree, called contested
WRONG_QUOTE = 0.5  # of a right answer
NEAR = 5  # hundredths; a threshold counts as the mean of those this near, since the best single one is so by chance
SURE = {"bank": (0.87, 0.975), "text": (0.8, 0.96)}  # "sedang" and "tinggi" are right as often on left-out questions
DOUBT = {"bank": (0.1, 0.8), "text": (0.1, 1.0)}  # what is surer than the one and less sure than the other is read
DOUBT_READ = (0.2, 0.7)  # the same of what is read in the best sentence's passage: the others are read, too

NOTHING = -9.0  # the log-odds where no sentence is found

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Names = Sequence[str]  # of features
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
    comparer: SentenceComparer | None = None

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
            comparer = networks.comparer if networks else None
            cases.append(Case(collection.name, asked, question, readings, opinion, right, comparer))
    return cases


def balance(cases: Sequence[Case]) -> dict[str, float]:
    """Return what a question of each set counts, so that sets weigh as the square roots of their sizes."""
    sizes = Counter(case.set for case in cases)
    return {name: (len(cases) / len(sizes) / size) ** 0.5 for name, size in sizes.items()}


def fit_ranker(cases: Sequence[Case], names: Names) -> Weights:
    """Return the weights under which the right sentences of each question score highest."""
    data = []
    counts = balance(cases)
    for case in cases:
        for candidates in case.fitted:
            right = np.array([case.proves(each) for each in candidates])
            if right.any():
                data.append((_matrix([each.features for each in candidates], names), right, counts[case.set]))
    spread = np.concatenate([rows for rows, _, _ in data]).std(0) + 1e-9
    total = sum(count for _, _, count in data)

    def loss(weights: Array) -> tuple[float, Array]:
        value, slope = RANKER_PENALTY * float(weights @ weights) / 2, RANKER_PENALTY * weights
        for rows, right, count in data:
            scaled = rows / spread
            likely = softmax(scaled @ weights)
            good = likely * right
            value -= count * float(np.log(good.sum())) / total
            slope = slope - count * scaled.T @ (good / good.sum() - likely) / total
        return value, slope

    fitted: Array = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x
    return dict(zip(names, (fitted / spread).tolist(), strict=True))


def fit_abstainer(cases: Sequence[Case], ranker: Weights, names: Names) -> Weights:
    """Return the weights of the log-odds that the best sentence proves the answer."""
    rows, right, counts = [], [], []
    known = balance(cases)
    for case in cases:
        for candidates in filter(None, case.fitted):
            ranked = _ranked(candidates, ranker)
            rows.append(answerability(case.question, ranked, case.opinion))
            right.append(case.proves(ranked[0]))
            counts.append(known[case.set])
    return _log_odds(rows, right, names, ABSTAINER_STRENGTH, counts)


def rival_rows(case: Case, ranker: Weights) -> list[tuple[Features, bool]]:
    """Return the features of the claims against the best sentence of a question; which are of another side than it."""
    ranked = _ranked(case.readings[-1], ranker)
    claim = find_claim(case.question, ranked[0]) if ranked else None
    if claim is None:
        return []
    side = _side_of(case, ranked[0])
    return [
        (rival.features, None not in (side, other := _side_of(case, rival.candidate)) and side != other)
        for rival in find_rivals(case.question, ranked, case.comparer)
        if rival.claim.contradicts(claim)
    ]


def fit_rivals(cases: Sequence[Case], ranker: Weights) -> Weights:
    """Return the weights of the log-odds that a contradicting claim is about the same thing."""
    told = [row for case in cases for row in rival_rows(case, ranker)]
    rows, right = [row for row, _ in told], [right for _, right in told]
    return _log_odds(rows, right, [name for name in RIVAL if any(name in row for row in rows)], RIVAL_STRENGTH)


def rival_threshold(cases: Sequence[Case], ranker: Names) -> float:
    """Return the threshold at which `FALSE_SIDES` of the questions are wrongly called contested; print what is found.

    The built-in articles are left out: they contradict one another in what plain questions ask, too.
    """
    odds = []
    for seen, own in splits(cases):
        weights = fit_ranker([case for case in seen if not case.is_contested], ranker)
        model = fit_rivals(seen, weights)
        odds += [max((weighted(model, row) for row, _ in rival_rows(case, weights)), default=NOTHING) for case in own]
    likely, contested = expit(odds), np.array([case.is_contested for case in cases])
    at = float(np.sort(likely[~contested])[::-1][int(FALSE_SIDES * (~contested).sum())])
    sets = np.array([case.set for case in cases])
    for name in dict.fromkeys(sets.tolist()):
        asked = (sets == name) & contested, (sets == name) & ~contested
        found, falsely = (f"{(likely[each] > at).sum()}/{each.sum()}" for each in asked)
        print(f"  {name:8} contested {found}, falsely {falsely}", flush=True)
    return at


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


def splits(cases: Sequence[Case]) -> Iterator[tuple[list[Case], list[Case]]]:
    """Yield for each set, in order, the questions of all others and its own."""
    for name in dict.fromkeys(case.set for case in cases):
        yield [case for case in cases if case.set != name], [case for case in cases if case.set == name]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What models make of the questions whose set they never saw: how likely their quote is right, and whether it is.

    By `slope` and `offset` the log-odds of such models become these probabilities.
    """

    sets: NDArray[np.str_]
    answerable: Flags
    probability: Array
    right: Flags
    slope: float = 1.0
    offset: float = 0.0

    def of_set(self, name: str) -> LeftOut:
        """Return the questions of one set."""
        own = self.sets == name
        return LeftOut(self.sets[own], self.answerable[own], self.probability[own], self.right[own])

    def thresholds(self, sure: tuple[float, float]) -> Weights:
        """Return where to answer from, and from where on answers are right as often as `sure` says."""
        highest = round(100 * DOUBT_READ[1])  # from there on what is in doubt is not read further
        steps = np.arange(10 - NEAR, highest + NEAR) / 100
        given = self.probability >= steps[:, None]
        kept = (given & self.right).sum(1) + (~given & ~self.answerable).sum(1)
        worth = kept - WRONG_QUOTE * (given & ~self.right).sum(1)
        around = np.convolve(worth, np.ones(2 * NEAR + 1), "valid")
        answer_from = float(steps[NEAR + around.argmax()])

        def reaches(precision: float, below: float = 1.0) -> float:
            for at in np.arange(answer_from, below, 0.005):
                given = (self.probability >= at) & (self.probability < below)
                if given.sum() and self.right[given].mean() >= precision:
                    return float(at)
            return below

        tinggi = reaches(sure[1])
        return {"answer_from": answer_from, "sedang_from": reaches(sure[0], tinggi), "tinggi_from": tinggi}

    def figures(self, answer_from: float) -> Weights:
        """Return what the two models get right: ranking alone, and with refusals, and how well they know it."""
        given = self.probability >= answer_from
        return {
            "ranked@1": float(self.right[self.answerable].mean()),
            "answered@1": float((self.right & given)[self.answerable].mean()),
            "abstained": float((~given)[~self.answerable].mean()),
            "score": float(np.where(self.answerable, self.right & given, ~given).mean()),
            "AUC": float(roc_auc_score(self.right, self.probability)),
            "ECE": calibration_error(self.probability, self.right),
        }


def leave_sets_out(cases: Sequence[Case], ranker: Names, abstainer: Names, doubt: tuple[float, float]) -> LeftOut:
    """Return what becomes of each question, read where in doubt, by models that were fitted without its set."""
    found = []
    for seen, own in splits(cases):
        weights = fit_ranker(seen, ranker)
        refusal = fit_abstainer(seen, weights, abstainer)
        found += [[judged(case, each, weights, refusal) for each in case.readings] for case in own]
    known = [reading for each in found for reading in (each[0], each[-1]) if reading[0] > NOTHING]
    platt = LogisticRegression(C=1e6).fit([[odds] for odds, _ in known], [right for _, right in known])
    slope, offset = float(platt.coef_[0, 0]), float(platt.intercept_[0])
    readings = ([(float(expit(slope * odds + offset)), right) for odds, right in each] for each in found)
    outcomes = [decided(each, doubt) for each in readings]
    return LeftOut(
        np.array([case.set for case in cases]),
        np.array([case.asked.answerable for case in cases]),
        np.array([probability for probability, _ in outcomes]),
        np.array([right for _, right in outcomes]),
        slope,
        offset,
    )


def judged(case: Case, candidates: Sequence[Candidate], ranker: Weights, abstainer: Weights) -> tuple[float, bool]:
    """Return the log-odds by two models that the best candidate proves the answer, and whether it does."""
    ranked = _ranked(candidates, ranker)
    if not ranked:
        return NOTHING, False
    return weighted(abstainer, answerability(case.question, ranked, case.opinion)), case.proves(ranked[0])


def decided(readings: Sequence[tuple[float, bool]], doubt: tuple[float, float]) -> tuple[float, bool]:
    """Return the probability of the first reading that leaves no doubt, or of the last, and whether it is right."""
    low, high = doubt
    for reading in readings[:-1]:
        if not low < reading[0] < high:
            return reading
        low, high = DOUBT_READ
    return readings[-1]


def names_of(kind: str, networks: Networks | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names of the features of ranker and abstainer, for "bank" or "text"."""
    more = SIMILARITY if networks else ()
    read = READING if networks else ()
    return RANKER[kind] + more + read[1:], ABSTAINER[kind] + more + read


def fit(kind: str, networks: Networks | None) -> tuple[dict[str, Value], LeftOut]:
    """Fit the model for "bank" or "text", in full mode where there are networks.

    Returns its table in weights.toml, and what becomes of the questions whose set was left out.
    """
    ranker_names, abstainer_names = names_of(kind, networks)
    known = read_cases(COLLECTIONS[kind](), networks)
    cases = [case for case in known if not case.is_contested]
    left_out = leave_sets_out(cases, ranker_names, abstainer_names, DOUBT[kind])
    ranker = fit_ranker(cases, ranker_names)
    abstainer = {name: left_out.slope * each for name, each in fit_abstainer(cases, ranker, abstainer_names).items()}
    abstainer["bias"] += left_out.offset
    table: dict[str, Value] = {
        **left_out.thresholds(SURE[kind]),
        "read_between": DOUBT[kind],
        "read_on_between": DOUBT_READ,
        "ranker": ranker,
        "abstainer": abstainer,
    }
    if kind == "text":
        told = [case for case in known if case.set != "csto"]
        table |= {"rival_from": rival_threshold(told, ranker_names), "rival": fit_rivals(told, ranker)}
    return table, left_out


def models() -> Iterator[tuple[str, str, Networks | None]]:
    """Yield mode and evidence of each model, and the networks of the mode."""
    for mode, networks in (("light", None), ("full", load_networks())):
        for kind in COLLECTIONS:
            yield mode, kind, networks


def write_weights() -> None:
    """Fit all models, print what each gets right, and write the weights."""
    text = (
        "# Written by `python -m training.decision`; what the names mean is told in features.py, reading.py and\n"
        "# answerability.py.\n"
    )
    curves: dict[str, Curve] = {}
    for mode, kind, networks in models():
        table, left_out = fit(kind, networks)
        curves[f"{mode}, {kind}"] = reliability(left_out.probability, left_out.right)
        answer_from = left_out.thresholds(SURE[kind])["answer_from"]
        for name in ("all", *dict.fromkeys(left_out.sets.tolist())):
            part = left_out if name == "all" else left_out.of_set(name)
            figures = {**part.figures(answer_from), "ECE by chance": error_by_chance(part.probability)}
            print(mode, kind, f"{name:8}", {each: round(value, 3) for each, value in figures.items()}, flush=True)
        text += "\n" + toml_table(f"{mode}.{kind}", table)
    WEIGHTS.write_text(text, encoding="utf-8")
    RELIABILITY.write_text(plot(curves), encoding="utf-8")


def ablate() -> None:
    """Print, as rows of a table, what the models get right without each feature in turn."""
    for mode, kind, networks in models():
        ranker, abstainer = names_of(kind, networks)
        cases = [case for case in read_cases(COLLECTIONS[kind](), networks) if not case.is_contested]
        for name in ("", *dict.fromkeys(ranker + abstainer)):
            kept, known = ([each for each in names if each != name] for names in (ranker, abstainer))
            left_out = leave_sets_out(cases, kept, known, DOUBT[kind])
            found = left_out.figures(left_out.thresholds(SURE[kind])["answer_from"])
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


def _log_odds(
    rows: Sequence[Features],
    right: Sequence[bool],
    names: Names,
    strength: float,
    counts: Sequence[float] | None = None,
) -> Weights:
    """Return the weights of a logistic regression over features of equal spread; `counts` is what each row counts."""
    features = _matrix(rows, names)
    spread = features.std(0) + 1e-9
    model = LogisticRegression(C=strength, max_iter=1000).fit(features / spread, right, sample_weight=counts)
    return {"bias": float(model.intercept_[0]), **dict(zip(names, (model.coef_[0] / spread).tolist(), strict=True))}


def _matrix(rows: Sequence[Features], names: Names) -> Array:
    return np.array([[row.get(name, 0.0) for name in names] for row in rows])


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
