"""Training: the classifiers of any question bank.

A class each for every fact that the articles tell, one for all that they do not tell, one for each kind of small talk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

import numpy as np

from tanya_csto.bank.learner import Labels, Plan, train_ngrams, train_vectors
from tanya_csto.bank.ngrams import buckets
from tanya_csto.bank.opinion import claimed, class_of, talks
from tanya_csto.bank.store import BankModel
from tanya_csto.corpus.bank import QuestionBank
from tanya_csto.language.terms import analyse
from tanya_csto.models.encoder import SentenceEncoder

NGRAMS: Final = (Plan(hidden=128), Plan(hidden=128, seed=1))
VECTORS: Final = Plan(hidden=192, epochs=24, rate=0.1, input_dropout=0.1)


def train_bank(
    bank: QuestionBank, encoder: SentenceEncoder | None, watched: Callable[[Sequence[Any]], Iterable[Any]] = iter
) -> BankModel:
    """Return the classifiers of a bank, one over vectors among them where there is an encoder.

    `watched` is given each list that is worked through, and may show how far the work is.
    """
    questions, labels, classes = labelled(bank)
    by_buckets = [buckets(question, analyse(question)) for question in questions]
    ngrams = tuple(train_ngrams(by_buckets, labels, classes, plan, watched) for plan in NGRAMS)
    if encoder is None:
        return BankModel(ngrams, None)
    vectors = np.stack([encoder.embed_question(question) for question in watched(questions)])
    return BankModel(ngrams, train_vectors(vectors, labels, classes, VECTORS, watched))


def labelled(bank: QuestionBank) -> tuple[list[str], Labels, int]:
    """Return the questions of a bank, the class of each, and the number of classes."""
    pairs = [
        (question, label) for fact, label in zip(bank.facts, class_of(bank), strict=True) for question in fact.questions
    ]
    questions, labels = zip(*pairs, strict=True)
    return list(questions), np.array(labels, np.int64), len(claimed(bank)) + 1 + len(talks(bank))
