"""Training: the classifiers of any question bank.

A class each for every fact that the articles tell, one for all that they do not tell, one for each kind of small talk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

import numpy as np

from tanya_csto.bank.classifier import NgramClassifier
from tanya_csto.bank.making.learner import Labels, Plan, train_ngrams
from tanya_csto.bank.ngrams import buckets
from tanya_csto.bank.opinion import claimed, class_of, talks
from tanya_csto.corpus.bank import QuestionBank
from tanya_csto.language.terms import analyse

NGRAMS: Final = (Plan(hidden=128), Plan(hidden=128, seed=1))


def train_bank(bank: QuestionBank, watched: Callable[[range], Iterable[int]] = iter) -> tuple[NgramClassifier, ...]:
    """Return the classifiers of a bank; `watched` goes through the epochs, and may show how far the work is."""
    questions, labels, classes = labelled(bank)
    by_buckets = [buckets(question, analyse(question)) for question in questions]
    return tuple(train_ngrams(by_buckets, labels, classes, plan, watched) for plan in NGRAMS)


def labelled(bank: QuestionBank) -> tuple[list[str], Labels, int]:
    """Return the questions of a bank, the class of each, and the number of classes."""
    pairs = [
        (question, label) for fact, label in zip(bank.facts, class_of(bank), strict=True) for question in fact.questions
    ]
    questions, labels = zip(*pairs, strict=True)
    return list(questions), np.array(labels, np.int64), len(claimed(bank)) + 1 + len(talks(bank))
