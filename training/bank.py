"""Trains the classifiers of a question bank and writes them beside it.

    python -m training.bank [CORPUS]   # by default corpus/, the five articles: about three minutes on two cores

A class each for every fact that the articles tell, one for all that they do not tell, one for each kind of small talk.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import monotonic

import numpy as np

from tanya_csto.bank.evidence import claimed, talks
from tanya_csto.bank.learner import Labels, Plan, train_ngrams, train_vectors
from tanya_csto.bank.ngrams import buckets
from tanya_csto.bank.store import BankModel
from tanya_csto.corpus.articles import load_corpus
from tanya_csto.corpus.bank import Fact, QuestionBank
from tanya_csto.language.terms import analyse
from tanya_csto.models.encoder import SentenceEncoder

ROOT = Path(__file__).parents[1]
NGRAMS = Plan(hidden=128)
VECTORS = Plan(hidden=192, epochs=24, rate=0.1, input_dropout=0.1)


def labelled(bank: QuestionBank, left_out: Sequence[Fact] = ()) -> tuple[list[str], Labels, int]:
    """Return the questions of a bank, the class of each, and the number of classes."""
    facts = {id(fact): number for number, fact in enumerate(claimed(bank))}
    talk = {name: len(facts) + 1 + number for number, name in enumerate(talks(bank))}
    questions, labels = [], []
    for fact in bank.facts:
        if any(fact is other for other in left_out):
            continue
        label = talk[fact.talk] if fact.talk else facts.get(id(fact), len(facts))
        questions += fact.questions
        labels += [label] * len(fact.questions)
    return questions, np.array(labels, np.int64), len(facts) + 1 + len(talk)


def train(bank: QuestionBank, encoder: SentenceEncoder) -> BankModel:
    """Return the classifiers of a bank."""
    questions, labels, classes = labelled(bank)
    print(f"{len(questions)} questions, {classes} classes")
    by_buckets = [buckets(question, analyse(question)) for question in questions]
    ngrams = train_ngrams(by_buckets, labels, classes, NGRAMS, watched)
    vectors = np.stack([encoder.embed_question(question) for question in questions])
    return BankModel(ngrams, train_vectors(vectors, labels, classes, VECTORS, watched))


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
    folder = parser.parse_args().corpus
    bank = load_corpus(folder).bank
    if bank is None or bank.folder is None:
        parser.error(f"{folder} has no question bank")
    train(bank, SentenceEncoder.load(threads=2)).save(bank.folder)


if __name__ == "__main__":
    main()
