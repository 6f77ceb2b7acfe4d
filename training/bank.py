"""Tells how a question bank carries to a new hand: what is known of each hand's questions without that hand.

    python -m training.bank

Leaves out the questions of one hand at a time. `tanya-csto index` trains the classifiers themselves.
"""

from __future__ import annotations

import numpy as np
from sklearn.metrics import roc_auc_score

from tanya_csto.bank.making.learner import Plan, train_ngrams
from tanya_csto.bank.making.training import labelled
from tanya_csto.bank.ngrams import buckets
from tanya_csto.bank.opinion import claimed
from tanya_csto.corpus.articles import load_corpus
from tanya_csto.corpus.bank import QuestionBank
from tanya_csto.language.terms import analyse

QUICK = Plan(hidden=64, epochs=8)  # enough to compare hands
MIN_QUESTIONS = 300  # of a hand whose questions are left out


def main() -> None:
    """Print, for each hand, how the n-grams of all others know its questions: facts found, AUC of "no fact answers"."""
    bank = load_corpus().bank or QuestionBank((), None)
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


if __name__ == "__main__":
    main()
