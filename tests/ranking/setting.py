"""A question put to a few articles, up to the ranked sentences that the answer is made of."""

from __future__ import annotations

from tanya_csto.question.parser import Question, parse_question
from tanya_csto.ranking.features import Candidate, rank
from tanya_csto.ranking.model import AnswerModel
from tanya_csto.retrieval.index import Index
from tanya_csto.retrieval.retriever import RetrievedSentence, retrieve
from tests.conftest import corpus_of

MODEL = AnswerModel.load("light")


class Case:
    """A question, the index of some articles, and what was found for it."""

    def __init__(self, question: str, *articles: str) -> None:
        self.index = Index(corpus_of(*articles))
        self.question: Question = parse_question(question)
        self.ranked: tuple[Candidate, ...] = rank(
            self.question, retrieve(self.question.concepts, self.index), MODEL.ranker
        )

    def retrieved(self, words: str = "") -> RetrievedSentence:
        """Return the retrieved sentence that holds `words`, the best one where they are not given."""
        return next(each.retrieved for each in self.ranked if words in each.retrieved.indexed.sentence.text)
