"""The opinion of the bank: with which probability a question asks for each fact, for none, or only makes small talk."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tanya_csto.bank import store
from tanya_csto.bank.classifier import Floats, NgramClassifier
from tanya_csto.bank.ngrams import buckets
from tanya_csto.corpus.bank import Evidence, Fact, QuestionBank, Talk, question_key
from tanya_csto.errors import CorpusError
from tanya_csto.language.terms import analyse
from tanya_csto.question.parser import Question
from tanya_csto.retrieval.index import Index

SURE: Final = 0.5  # of a probability from which on something is so rather than not
CONTESTED: Final = 0.6  # of the probability of all contested facts from which on a disagreement is shown
KNOWN: Final = 0.999  # the probability of the class of a question that the bank holds word for word
FLOOR: Final = 1e-6  # of a probability before its logarithm is taken
TINY: Final = 1e-37  # the same, where only the order matters

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BankOpinion:
    """What the bank says of one question; the probabilities of all facts, `unanswerable` and all `talk` add up to 1.

    `facts` holds the probability of each fact of `Bank.facts`, and `near` how near each is, however unlikely all are:
    far below 1, and 0 where it is ruled out. `sentences` gives, by number, the probability of the
    facts that a sentence is the first to answer, `supported` that of all facts that it answers.
    """

    facts: Floats
    near: Floats
    unanswerable: float
    talk: Mapping[Talk, float]
    sentences: Mapping[int, float]
    supported: Mapping[int, float]

    @property
    def small_talk(self) -> Talk | None:
        """The kind of small talk that a message is, where it is more likely that than a question."""
        if sum(self.talk.values()) <= SURE:
            return None
        return max(self.talk, key=lambda talk: self.talk[talk])

    def nearest(self, limit: int) -> list[int]:
        """Return the numbers of the sentences that most probably answer, best first, at most `limit`."""
        order = sorted(self.sentences, key=lambda number: (-self.sentences[number], number))
        return order[:limit]


class Bank:
    """The question bank of a corpus with the classifiers that were trained from it; built once for an index."""

    def __init__(self, bank: QuestionBank, classifiers: Sequence[NgramClassifier], index: Index) -> None:
        self.facts: Final = claimed(bank)
        self.shown: Final = tuple(fact.questions[0] for fact in self.facts)  # well-formed, and answered by the corpus
        self._talks = talks(bank)
        self.knows_talk: Final = bool(self._talks)
        classes = class_of(bank)
        self._asked = {key: classes[fact] for key, fact in bank.asked.items()}
        self._classifiers = classifiers
        self._contested = [place for place, fact in enumerate(self.facts) if fact.kind == "contested"]
        self.knows_disagreements: Final = bool(self._contested)
        proofs = [[(_numbers(each, index), each) for each in _told(fact)] for fact in self.facts]
        self._places = {id(fact): place for place, fact in enumerate(self.facts)}
        self._first_told = [told[0][0] for told in proofs]
        self._articles = [{proof.article.id for _, proof in told} for told in proofs]
        self._words = cache(self._words_of)
        self._told: dict[int, list[tuple[int, Evidence]]] = {}
        for fact, told in enumerate(proofs):
            for numbers, proof in told:
                for number in numbers:
                    self._told.setdefault(number, []).append((fact, proof))
        self._known = sorted(self._told)
        column = {number: place for place, number in enumerate(self._known)}
        self._first = _pairs((fact, column[number]) for fact, told in enumerate(proofs) for number in told[0][0])
        self._any = _pairs((fact, column[number]) for number in self._known for fact, _ in self._told[number])

    @classmethod
    def load(cls, bank: QuestionBank | None, index: Index) -> Bank | None:
        """Load the bank of a corpus with its classifiers; None, with a warning, where it has to be trained first."""
        if bank is None or bank.folder is None:
            return None
        try:
            return cls(bank, store.load(bank.folder), index)
        except CorpusError as error:
            _log.warning("question bank left out", extra={"facts": {"advice": str(error)}})
            return None

    def opinion(self, question: Question) -> BankOpinion:
        """Return what the bank says of a question.

        What the outlets that a question names do not tell is unanswerable.
        """
        hashed = buckets(question.text, question.terms)
        opinions = [each.probabilities(hashed) for each in self._classifiers]
        classes, near = pooled(opinions), pooled(opinions, TINY)[: len(self.facts)]
        known = self._asked.get(question_key(question.text))
        if known is not None:  # a person said what this very question asks for
            classes = classes * np.float32(1 - KNOWN)
            classes[known] += KNOWN
        facts = classes[: len(self.facts)]
        talk = classes[len(self.facts) + 1 :].tolist()
        if question.articles is not None:
            told = np.array([not question.articles.isdisjoint(each) for each in self._articles], np.float32)
            facts, near = facts * told, near * told
        return BankOpinion(
            facts,
            near,
            max(0.0, 1.0 - float(facts.sum()) - sum(talk)),
            dict(zip(self._talks, talk, strict=True)),
            self._by_sentence(facts, self._first),
            self._by_sentence(facts, self._any),
        )

    def _by_sentence(self, facts: Floats, pairs: NDArray[np.int64]) -> dict[int, float]:
        sums = np.bincount(pairs[1], facts[pairs[0]], len(self._known))
        return dict(zip(self._known, sums.tolist(), strict=True))

    def holds(self, question: Question) -> bool:
        """Tell whether the bank holds a question word for word, so that a person said what it asks for."""
        return question_key(question.text) in self._asked

    def told_by(self, number: int, opinion: BankOpinion) -> tuple[Fact, Evidence] | None:
        """Return the likeliest fact that a sentence answers, and where in the bank it says so."""
        told = self._told.get(number)
        if told is None:
            return None
        fact, proof = max(told, key=lambda each: float(opinion.facts[each[0]]))
        return self.facts[fact], proof

    def contest(self, opinion: BankOpinion) -> float:
        """Return the probability that a question asks for a contested fact, whichever."""
        return float(opinion.facts[self._contested].sum())

    def contested(self, opinion: BankOpinion) -> tuple[Fact, float] | None:
        """Return the likeliest contested fact and the probability of all, where a question asks for one."""
        if (probability := self.contest(opinion)) < CONTESTED:
            return None
        return self.facts[self._contested[int(opinion.facts[self._contested].argmax())]], probability

    def _words_of(self, place: int) -> frozenset[str]:
        return frozenset(term.stem for term in analyse(self.shown[place]))

    def near_questions(
        self, question: Question, opinion: BankOpinion, but: Sequence[Fact | None] = ()
    ) -> Iterator[str]:
        """Yield the first questions of the facts nearest to a question, nearest first.

        Each has a content word or a name in common with it. No two of them are first told by the same sentence, and
        none by one that tells a fact of `but`.
        """
        words = {word for concept in question.concepts for word in concept.asked}
        seen = {self._first_told[self._places[id(fact)]] for fact in but if fact is not None}
        for place in np.lexsort((-opinion.near, -opinion.facts)):
            told = self._first_told[place]
            if opinion.near[place] > 0 and told not in seen and not words.isdisjoint(self._words(place)):
                seen.add(told)
                yield self.shown[place]


def claimed(bank: QuestionBank) -> tuple[Fact, ...]:
    """Return the facts that the articles tell: a class each, before "unanswerable" and those of small talk."""
    return tuple(fact for fact in bank.facts if fact.kind in ("answered", "contested"))


def talks(bank: QuestionBank) -> tuple[Talk, ...]:
    """Return the kinds of small talk in the bank, in order."""
    return tuple(sorted({fact.talk for fact in bank.facts if fact.talk}))


def class_of(bank: QuestionBank) -> list[int]:
    """Return the class of each fact of a bank."""
    told = {id(fact): number for number, fact in enumerate(claimed(bank))}
    talk = {name: len(told) + 1 + number for number, name in enumerate(talks(bank))}
    return [talk[fact.talk] if fact.talk else told.get(id(fact), len(told)) for fact in bank.facts]


def _told(fact: Fact) -> tuple[Evidence, ...]:
    return fact.evidence or tuple(each for side in fact.sides for each in side.evidence)


def _pairs(pairs: Iterable[tuple[int, int]]) -> NDArray[np.int64]:
    """Return pairs of a fact and a column as two rows, each pair once."""
    return np.array(sorted(set(pairs)), np.int64).reshape(-1, 2).T


def _numbers(evidence: Evidence, index: Index) -> tuple[int, ...]:
    return tuple(index.number_at(evidence.article.id, span.start) for span in evidence.spans)


def pooled(opinions: Sequence[Floats], floor: float = FLOOR) -> Floats:
    """Return the normalised geometric mean of distributions (logarithmic opinion pool: Genest and Zidek 1986)."""
    logarithms = np.log(np.maximum(np.stack(opinions), floor))
    mean = np.exp(logarithms.mean(0))
    normalised: Floats = mean / mean.sum()
    return normalised
