"""A question put to a few articles without a bank, up to the ranked sentences that the answer is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from tanya_csto.bank.opinion import BankOpinion
from tanya_csto.corpus.articles import Corpus
from tanya_csto.question.parser import Question, parse_question
from tanya_csto.ranking.features import Candidate, candidates
from tanya_csto.ranking.model import AnswerModel
from tanya_csto.retrieval.index import Index
from tanya_csto.retrieval.retriever import RetrievedSentence, Retriever
from tests.conftest import corpus_of

MODEL = AnswerModel.load("light", bank=False)


class Case:
    """A question, the index of some articles, and what was found for it."""

    def __init__(
        self, question: str, *articles: str, opinion: BankOpinion | None = None, title: str | None = None
    ) -> None:
        texts = corpus_of(*articles).values()
        self.index = Index(Corpus(tuple(replace(each, title=title) for each in texts)))
        self.question: Question = parse_question(question)
        self.found: tuple[RetrievedSentence, ...] = Retriever(self.index).retrieve(self.question)
        self.ranked: tuple[Candidate, ...] = MODEL.rank(candidates(self.question, self.found, opinion))

    def retrieved(self, words: str = "") -> RetrievedSentence:
        """Return the retrieved sentence that holds `words`, the best one where they are not given."""
        return next(each.retrieved for each in self.ranked if words in each.retrieved.indexed.sentence.text)


def says(
    unanswerable: float = 0.0,
    sentences: Mapping[int, float] | None = None,
    supported: Mapping[int, float] | None = None,
) -> BankOpinion:
    """Return what a bank without facts would say of a question."""
    return BankOpinion(
        np.zeros(0, np.float32), np.zeros(0, np.float32), unanswerable, {}, sentences or {}, supported or {}
    )
