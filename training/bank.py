"""Trains the classifiers of a question bank and writes them beside it.

    python -m training.bank [CORPUS]  # by default corpus/, the five articles: about ten minutes on two cores
    python -m training.bank --hands   # tells what is known of the questions of each hand without that hand

A class each for every fact that the articles tell, one for all that they do not tell, one for each kind of small talk.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import numpy as np
from sklearn.metrics import roc_auc_score

from tanya_csto.bank.evidence import claimed, class_of, talks
from tanya_csto.bank.learner import Labels, Plan, train_ngrams, train_vectors
from tanya_csto.bank.ngrams import buckets
from tanya_csto.bank.store import BankModel
from tanya_csto.corpus.articles import load_corpus
from tanya_csto.corpus.bank import QuestionBank
from tanya_csto.language.terms import analyse
from tanya_csto.models.encoder import SentenceEncoder

ROOT = Path(__file__).parents[1]
QUICK = Plan(hidden=64, epochs=8)  # enough to compare hands
MIN_QUESTIONS = 300  # of a hand whose questions are left out
NGRAMS = (Plan(hidden=128), Plan(hidden=128, seed=1))
VECTORS = Plan(hidden=192, epochs=24, rate=0.1, input_dropout=0.1)


def labelled(bank: QuestionBank) -> tuple[list[str], Labels, int]:
    """Return the questions of a bank, the class of each, and the number of classes."""
    pairs = [
        (question, label) for fact, label in zip(bank.facts, class_of(bank), strict=True) for question in fact.questions
    ]
    questions, labels = zip(*pairs, strict=True)
    return list(questions), np.array(labels, np.int64), len(claimed(bank)) + 1 + len(talks(bank))


def train(bank: QuestionBank, encoder: SentenceEncoder) -> BankModel:
    """Return the classifiers of a bank."""
    questions, labels, classes = labelled(bank)
    print(f"{len(questions)} questions, {classes} classes")
    by_buckets = [buckets(question, analyse(question)) for question in questions]
    ngrams = tuple(train_ngrams(by_buckets, labels, classes, plan, watched) for plan in NGRAMS)
    vectors = np.stack([encoder.embed_question(question) for question in questions])
    return BankModel(ngrams, train_vectors(vectors, labels, classes, VECTORS, watched))


def leave_hands_out(bank: QuestionBank) -> None:
    """Print, for each hand, how the n-grams of all others know its questions: facts found, AUC of "no fact answers"."""
    questions, labels, classes = labelled(bank)
    hands = np.array([hand for fact in bank.facts for hand in fact.hands or [0] * len(fact.questions)])
    by_buckets = [buckets(question, analyse(question)) for question in questions]
    facts = claimed(bank)
    first = np.array([hash((each.evidence or each.sides[0].evidence)[0].spans) for each in facts])
    print("| hand | questions | first sentence | no fact |\n| --- | --- | --- | --- |")
    for hand in np.unique(hands).tolist():
        own = np.flatnonzero((hands == hand) & (labels <= len(facts)))
        rest = np.flatnonzero(hands != hand)
        told = own[labels[own] < len(facts)]
        if len(told) < MIN_QUESTIONS:
            continue
        classifier = train_ngrams([by_buckets[each] for each in rest], labels[rest], classes, QUICK)
        found = {each: classifier.probabilities(by_buckets[each]) for each in own.tolist()}
        right = np.mean([first[found[each][: len(facts)].argmax()] == first[labels[each]] for each in told.tolist()])
        unanswerable = labels[own] == len(facts)
        none = [found[each][len(facts)] for each in own.tolist()]
        auc = f"{roc_auc_score(unanswerable, none):.3f}" if unanswerable.any() else "-"
        print(f"| {hand} | {len(own)} | {right:.3f} | {auc} |", flush=True)


def watched(epochs: range) -> Iterator[int]:
    """Go through the epochs and print how long each one took."""
    for epoch in epochs:
        started = monotonic()
        yield epoch
        print(f"epoch {epoch + 1} of {len(epochs)}: {monotonic() - started:.1f} s", flush=True)


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, nargs="?", default=ROOT / "corpus")
    parser.add_argument("--hands", action="store_true", help="leave out each hand in turn, and write nothing")
    arguments = parser.parse_args()
    folder = arguments.corpus
    bank = load_corpus(folder).bank
    if bank is None or bank.folder is None:
        parser.error(f"{folder} has no question bank")
    if arguments.hands:
        return leave_hands_out(bank)
    train(bank, SentenceEncoder.load(threads=2)).save(bank.folder)


if __name__ == "__main__":
    main()
