"""Finding: the straight way of one question that stands by itself, from its text to the quotes that answer it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import replace
from functools import lru_cache
from typing import Final

from tanya_csto.answer.conflict import find_sides, sides_of_fact
from tanya_csto.answer.find import answered, conflicting
from tanya_csto.answer.finding import Finding
from tanya_csto.answer.quote import quote_span
from tanya_csto.bank.evidence import Bank, BankEvidence
from tanya_csto.corpus.articles import Corpus
from tanya_csto.corpus.bank import MIN_SIDES
from tanya_csto.models.networks import Mode, Networks
from tanya_csto.question.outlets import with_outlets
from tanya_csto.question.parser import Question, parse_question
from tanya_csto.ranking.features import Candidate, candidates
from tanya_csto.ranking.model import AnswerModel
from tanya_csto.ranking.reading import PassageReader
from tanya_csto.retrieval.address import Address
from tanya_csto.retrieval.dense import SentenceVectors, vectors_of
from tanya_csto.retrieval.index import Index
from tanya_csto.retrieval.retriever import Retriever
from tanya_csto.stages import stage

MAX_REMEMBERED: Final = 64  # questions that are remembered as they were read, and as they were answered
MAX_BANK_SENTENCES: Final = 6  # that the bank makes candidates


class Finder:
    """Finds what one corpus says in answer to a question; built once, then safe to share between threads.

    `parse` reads a question, `find` answers one that stands by itself; both remember the last `MAX_REMEMBERED`.
    """

    parse: Callable[[str], Question]
    find: Callable[[str], Finding]

    def __init__(self, corpus: Corpus, networks: Networks | None, address: Address | None) -> None:
        """Index the corpus; see `Tanya`, whose arguments these are."""
        mode: Mode = "full" if networks else "light"
        self.index = Index(corpus)
        self.bank = Bank.load(corpus.bank, self.index)
        self._encoder = networks.encoder if networks else None
        vectors = SentenceVectors(vectors_of(self.index, networks)) if networks else None
        self._retriever = Retriever(
            self.index, vectors, address.cluster().ranking(self.index.weights) if address else None
        )
        self._reader = PassageReader(self.index, networks.reader) if networks else None
        self._text_model = AnswerModel.load(mode, bank=False)
        self.model = AnswerModel.load(mode, bank=True) if self.bank else self._text_model
        self._within: frozenset[str] | None = None
        self._remember()

    def within(self, articles: frozenset[str]) -> Finder:
        """Return a finder that searches the articles of these ids alone; it shares all but what it remembers."""
        narrowed = copy(self)
        narrowed._within = articles
        narrowed._remember()
        return narrowed

    def candidates(
        self, question: Question, *, read: bool | None = None
    ) -> tuple[tuple[Candidate, ...], BankEvidence | None]:
        """Return the candidate sentences, best first, and what the bank says of the question.

        The best are read where the words and the bank leave doubt; always, or never, as `read` says.
        """
        with stage("search"):
            vector = self._encoder.embed_question(question.text) if self._encoder else None
            evidence = self.bank.evidence(question, vector) if self.bank else None
            if evidence and evidence.small_talk:
                return (), evidence
            nearest = evidence.nearest(MAX_BANK_SENTENCES) if evidence else ()
            found = self._retriever.retrieve(question, vector, nearest)
            ranked = self.model.rank(candidates(question, found, evidence))
        if self._reader is None or read is False:
            return ranked, evidence
        if read is None and not self.model.is_in_doubt(self.model.probability(question, ranked, evidence)):
            return ranked, evidence
        with stage("read"):
            return self.model.rank(self._reader.read(question, ranked)), evidence

    def quote(self, candidate: Candidate, question: Question) -> str:
        """Return the words that would be quoted for a candidate, whatever the bank says."""
        return quote_span(candidate.retrieved.indexed, question.answer_type, self.index).of(candidate.article.text)

    def _find_anew(self, text: str) -> Finding:
        question = self.parse(text)
        ranked, evidence = self.candidates(question)
        with stage("choose"):
            if evidence and (talk := evidence.small_talk):
                return Finding(question, "smalltalk", talk=talk, evidence=evidence)
            if finding := self._conflict(question, ranked, evidence):
                return finding
            probability = self.model.probability(question, ranked, evidence)
            if probability < self.model.answer_from:
                return Finding(question, "not_found", probability, evidence=evidence)
            told = self.bank.told_by(ranked[0].number, evidence) if self.bank and evidence else None
            return answered(question, ranked, told, probability, evidence, self.index)

    def _conflict(
        self, question: Question, ranked: Sequence[Candidate], evidence: BankEvidence | None
    ) -> Finding | None:
        """Return the disagreement that a question asks about: one in the text, where the bank tells of none at all."""
        if self.bank is None or evidence is None or not self.bank.knows_disagreements:
            sides = find_sides(question, self._text_model.rank(ranked), self._text_model, self.index)
            return conflicting(question, sides, self.model.sedang_from) if sides else None
        one_article = question.articles is not None and len(question.articles) < MIN_SIDES
        if one_article or (contested := self.bank.contested(evidence)) is None:
            return None
        fact, probability = contested
        sides = sides_of_fact(fact, evidence, self.index, question.articles)
        return conflicting(question, sides, probability, fact, evidence) if len(sides) >= MIN_SIDES else None

    def _parse_anew(self, text: str) -> Question:
        question = with_outlets(parse_question(text), self.index.outlets)
        if self._within is None:
            return question
        named = question.articles
        return replace(question, articles=self._within if named is None else self._within & named)

    def _remember(self) -> None:
        self.parse = lru_cache(maxsize=MAX_REMEMBERED)(self._parse_anew)
        self.find = lru_cache(maxsize=MAX_REMEMBERED)(self._find_anew)
