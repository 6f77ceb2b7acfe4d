"""Finding: the straight way of one question that stands by itself, from its text to the quotes that answer it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from tanya_csto.answer.conflict import find_sides, has_unread_rival, sides_of_fact
from tanya_csto.answer.finding import ConflictSide, Finding, Quote
from tanya_csto.answer.quote import announces, enumerated, evidence_quote, quote_span, sentence_quote
from tanya_csto.bank.opinion import Bank, BankOpinion
from tanya_csto.corpus.articles import Corpus
from tanya_csto.corpus.bank import MIN_SIDES, Evidence, Fact
from tanya_csto.language.lexicon import pattern
from tanya_csto.models.networks import Mode, Networks
from tanya_csto.question.answer_type import ENTITY_TYPES, needs_entity
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
from tanya_csto.text.spans import Span

MAX_REMEMBERED: Final = 64  # questions that are remembered as they were read, and as they were answered
MAX_BANK_SENTENCES: Final = 6  # that the bank makes candidates
RELATED: Final = 2.0  # the log-odds behind the best sentence down to which others are cited beside it


class Finder:
    """Finds what one corpus says in answer to a question; built once, then safe to share between threads.

    `parse` reads a question, `find` answers one that stands by itself; both remember the last `MAX_REMEMBERED`. Where
    `within` is given, only the articles of these ids are searched.
    """

    def __init__(self, corpus: Corpus, networks: Networks | None, address: Address | None) -> None:
        """Index the corpus; see `Tanya`, whose arguments these are."""
        mode: Mode = "full" if networks else "light"
        self.index = Index(corpus)
        self.bank = Bank.load(corpus.bank, self.index)
        self.comparer = networks.comparer if networks else None
        vectors = SentenceVectors(vectors_of(self.index, networks), networks.encoder) if networks else None
        self._retriever = Retriever(
            self.index, vectors, address.cluster().ranking(self.index.weights) if address else None
        )
        self._reader = PassageReader(self.index, networks.reader) if networks else None
        self.text_model = AnswerModel.load(mode, bank=False)
        self.model = AnswerModel.load(mode, bank=True) if self.bank else self.text_model
        self.compares_texts = not (self.bank and self.bank.knows_disagreements)
        self.parse = lru_cache(maxsize=MAX_REMEMBERED)(self._parse_anew)
        self.find = lru_cache(maxsize=MAX_REMEMBERED)(self._find_anew)

    def candidates(self, question: Question) -> tuple[tuple[Candidate, ...], BankOpinion | None]:
        """Return the candidate sentences, best first, and what the bank says of the question.

        They are read as far as there is doubt about the best one.
        """
        ranked, opinion = self.search(question)
        readings, read = self.readings(question, ranked), False
        while self._reader and self._is_open(question, ranked, opinion, read=read) and (further := next(readings, ())):
            ranked, read = further, True
        return ranked, opinion

    def search(self, question: Question) -> tuple[tuple[Candidate, ...], BankOpinion | None]:
        """Return the candidate sentences as words, meaning and bank rank them, and what the bank says."""
        with stage("search"):
            opinion = self.bank.opinion(question) if self.bank else None
            if opinion and opinion.small_talk:
                return (), opinion
            nearest = opinion.nearest(MAX_BANK_SENTENCES) if opinion else ()
            found = self._retriever.retrieve(question, nearest)
            return self.model.rank(candidates(question, found, opinion)), opinion

    def readings(self, question: Question, ranked: Sequence[Candidate]) -> Iterator[tuple[Candidate, ...]]:
        """Return the candidates, ranked anew each time that the reader has read; nothing without one."""
        return map(self.model.rank, self._reader.read(question, ranked)) if self._reader else iter(())

    def quote(self, candidate: Candidate, question: Question) -> str:
        """Return the words that would be quoted for a candidate, whatever the bank says."""
        return quote_span(candidate.retrieved.indexed, question.answer_type, self.index).of(candidate.article.text)

    def _is_open(
        self, question: Question, ranked: Sequence[Candidate], opinion: BankOpinion | None, *, read: bool
    ) -> bool:
        """Tell whether more should be read: the best candidate is in doubt, or another article may contradict it."""
        if self.model.is_in_doubt(self.model.probability(question, ranked, opinion), read=read):
            return True
        return read and self.compares_texts and has_unread_rival(question, ranked, self.text_model, self.comparer)

    def _find_anew(self, text: str, within: frozenset[str] | None = None) -> Finding:
        question = self.parse(text, within)
        ranked, opinion = self.candidates(question)
        with stage("choose"):
            if opinion and (talk := opinion.small_talk):
                return Finding(question, "smalltalk", talk=talk, opinion=opinion)
            if finding := self._conflict(question, ranked, opinion):
                return finding
            probability = self.model.probability(question, ranked, opinion)
            if probability < self.model.answer_from:
                return Finding(question, "not_found", probability, opinion=opinion)
            told = self.bank.told_by(ranked[0].number, opinion) if self.bank and opinion else None
            return answered(question, ranked, told, probability, opinion, self.index)

    def _conflict(self, question: Question, ranked: Sequence[Candidate], opinion: BankOpinion | None) -> Finding | None:
        """Return the disagreement that a question asks about: one in the text, where the bank tells of none at all."""
        if self.bank is None or opinion is None or self.compares_texts:
            sides = find_sides(question, self.text_model.rank(ranked), self.text_model, self.index, self.comparer)
            return conflicting(question, sides, self.model.sedang_from, opinion=opinion) if sides else None
        one_article = question.articles is not None and len(question.articles) < MIN_SIDES
        if one_article or (contested := self.bank.contested(opinion)) is None:
            return None
        fact, probability = contested
        sides = sides_of_fact(fact, opinion, self.index, question.articles)
        return conflicting(question, sides, probability, fact, opinion) if len(sides) >= MIN_SIDES else None

    def _parse_anew(self, text: str, within: frozenset[str] | None = None) -> Question:
        question = with_outlets(parse_question(text), self.index.outlets, self.index.vocabulary)
        if within is None:
            return question
        named = question.articles
        return replace(question, articles=within if named is None else within & named)


def answered(
    question: Question,
    ranked: Sequence[Candidate],
    told: tuple[Fact, Evidence] | None,
    probability: float,
    opinion: BankOpinion | None,
    index: Index,
) -> Finding:
    """Return the finding that the best candidate answers; `told` is the fact of the bank that it tells, and where.

    Beside its quote stand those of candidates that are nearly as good, and all that tell the fact by the bank.
    """
    best = ranked[0]
    fact = told[0] if told else None
    proofs = {index.number_at(each.article.id, each.spans[0].start): each for each in fact.evidence} if fact else {}
    if told:
        proofs[best.number] = told[1]
    quotes: list[Quote] = []
    for candidate in related(ranked):
        proof = proofs.get(candidate.number)
        quotes.append(
            evidence_quote(proof, index, question.answer_type)
            if proof and proof.answer
            else sentence_quote(candidate, question, index, candidate.short)
        )
    asked = question.articles
    told_too = (each for each in proofs.values() if each.answer and (asked is None or each.article.id in asked))
    quotes += [evidence_quote(proof, index) for proof in told_too]  # composing drops repeats
    after = index.neighbour(best.retrieved.indexed, 1) if question.asks_for_list else None
    listed = enumerated(after) if after else None
    short = listed or _short(question, best, told[1].answer if told else None)
    if short and not quotes[0].span.contains(short):
        short = None
    return Finding(question, "answered", probability, tuple(quotes), short, fact=fact, opinion=opinion)


def related(ranked: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return the candidates that are nearly as good as the best one, and that one first."""
    return tuple(candidate for candidate in ranked if candidate.score >= ranked[0].score - RELATED)


def _short(question: Question, best: Candidate, told: Span | None) -> Span | None:
    """Return the short answer: what the bank tells, cut to the date, figure or name in it where one is asked for.

    A list stays whole: "Abkhazia dan Ossetia Selatan". Where a date, a figure or a place is asked for and the bank
    tells none, the one in the sentence answers. There is none where the words chosen are not all that answers.
    """
    found = best.short
    if told is None and question.answer_type not in ENTITY_TYPES and _says_otherwise(question, best):
        return None
    if told is None or found is None or question.answer_type not in ENTITY_TYPES:
        return told or found
    if needs_entity(question.answer_type):
        entities = best.retrieved.indexed.entities
        tells, finds = ({each.kind for each in entities if each.span.overlaps(span)} for span in (told, found))
        rules_out = question.answer_type != "place" or bool(tells & {"date", "number"})  # few places are entities
        if question.answer_type in finds - tells and rules_out:
            return found
    return found if told.overlaps(found) and not pattern("in_list").search(told.of(best.article.text)) else told


def _says_otherwise(question: Question, best: Candidate) -> bool:
    """Tell whether a sentence answers by more than the words chosen: by what it announces, or by denying them."""
    sentence = best.retrieved.indexed.sentence
    rest = sentence.text.replace(best.short.of(best.article.text) if best.short else "", "")
    denied = question.answer_type == "yesno" and bool(pattern("negation").search(rest))
    return denied or announces(best.retrieved.indexed)


def conflicting(
    question: Question,
    sides: Sequence[ConflictSide],
    probability: float,
    fact: Fact | None = None,
    opinion: BankOpinion | None = None,
) -> Finding:
    """Return the finding that the articles disagree; its short answer is the claim of the first quote."""
    quotes = tuple(quote for side in sides for quote in side.quotes)
    short = quotes[0].marks[0] if quotes[0].marks else None
    return Finding(question, "conflicting", probability, quotes, short, tuple(sides), fact=fact, opinion=opinion)
