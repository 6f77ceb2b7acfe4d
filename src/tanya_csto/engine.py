"""The main path: a question goes in, an answer proved by exact quotes comes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Final

from tanya_csto.answer.answer import Answer
from tanya_csto.answer.compose import compose_answered, compose_conflicting, compose_not_found, compose_smalltalk
from tanya_csto.answer.conflict import find_conflict_sides
from tanya_csto.answer.quote import quote_span
from tanya_csto.corpus.articles import Corpus, load_corpus
from tanya_csto.language.spelling import Speller
from tanya_csto.language.thesaurus import Phrase
from tanya_csto.models.networks import Mode, Networks
from tanya_csto.question.concepts import MAX_CONCEPTS, Concept
from tanya_csto.question.followup import is_substitution, leans_on_earlier, points_to_person, substituted
from tanya_csto.question.parser import Question, parse_question
from tanya_csto.question.smalltalk import find_smalltalk, without_greeting
from tanya_csto.question.validation import validate_history, validate_question
from tanya_csto.ranking.answerability import answer_log_odds
from tanya_csto.ranking.claims import asks_membership
from tanya_csto.ranking.features import Candidate, rank
from tanya_csto.ranking.model import AnswerModel
from tanya_csto.ranking.reranker import NeuralReranker
from tanya_csto.retrieval.address import Address
from tanya_csto.retrieval.index import Index
from tanya_csto.retrieval.retriever import SENTENCES, DenseHits, retrieve
from tanya_csto.stages import stage

MAX_SUGGESTIONS: Final = 3
MAX_VOICES: Final = 80  # sentences that are asked who belongs to something: each list in the corpus has its say
MAX_UNDERSTOOD: Final = 64  # questions that are remembered as they were understood


class Tanya:
    """Answers questions from one corpus; built once, then safe to share between threads.

    >>> Tanya().ask("Siapa Sekretaris Jenderal CSTO?").short_answer
    'Imangali Tasmagambetov'
    """

    def __init__(
        self,
        corpus: Corpus | Path | None = None,
        networks: Networks | None = None,
        address: Address | None = None,
    ) -> None:
        """Read and index the corpus; with `networks` (see `load_networks`) answers go by meaning, too.

        Where `address` is given, the cluster there ranks the passages, to the same answers.

        Raises:
            CorpusError: the corpus cannot be read.
            RankingError: the cluster is away, or keeps another corpus; `ask` raises it where it goes away later.
        """
        self.corpus = corpus if isinstance(corpus, Corpus) else load_corpus(corpus)
        self.networks = networks
        self.mode: Final[Mode] = "full" if networks else "light"
        self.address = address
        model = networks.version if networks else ""
        self._index = Index(self.corpus, partial(address.connect, model=model) if address else None)
        self._speller = Speller(self._index.vocabulary)
        self._reranker = NeuralReranker(self._index, networks) if networks else None
        self._answer_model = AnswerModel.load(self.mode)
        self._understand = lru_cache(maxsize=MAX_UNDERSTOOD)(self._understand_anew)
        self._suggested = {text: _forms(parse_question(text).concepts) for text in self.corpus.suggestions}

    def ask(self, question: str, history: Sequence[str] = (), *, as_typed: bool = False) -> Answer:
        """Answer `question`; `history` holds the earlier questions of the same chat, oldest first.

        With `as_typed` the words are searched exactly as they stand: no spelling is mended, nothing is carried over.

        Raises:
            QuestionError: the question is empty, too long or unreadable, or the history is too long.
        """
        with stage("understand"):
            asked, earlier = validate_question(question), validate_history(history)
            mended = asked if as_typed else self._speller.repair(asked)
            if talk := find_smalltalk(asked) or (find_smalltalk(mended) if mended != asked else None):
                return compose_smalltalk(talk, self._suggestions(()))
            understood = parse_question(asked) if as_typed else self._understand(asked, earlier)
            understood_as = understood.text if understood.text != asked else None
        with stage("search"):
            ranked = self.rank(understood)
        with stage("choose"):
            if conflict_sides := find_conflict_sides(understood, ranked):
                return compose_conflicting(understood, conflict_sides, "sedang", understood_as, self._index)
            log_odds = answer_log_odds(understood, ranked, self._answer_model.abstainer)
            if log_odds < self._answer_model.answer_from:
                return compose_not_found(understood_as, self._suggestions(understood.concepts))
            return compose_answered(understood, ranked, self._answer_model.word(log_odds), understood_as, self._index)

    def complete(self, text: str, limit: int = 8) -> tuple[str, ...]:
        """Return questions that the corpus answers and that `text` may be the beginning of, likeliest first."""
        words = text.casefold().split()
        found = [each for each in self.corpus.suggestions if all(word in each.casefold() for word in words)]
        return tuple(found[:limit])

    def understand(self, question: str, history: Sequence[str] = ()) -> Question:
        """Return how a question is understood after the earlier ones of its chat.

        Raises:
            QuestionError: as `ask`.
        """
        return self._understand(validate_question(question), validate_history(history))

    def rank(self, question: Question) -> tuple[Candidate, ...]:
        """Return the sentences that may answer a question, best first."""
        limit = MAX_VOICES if asks_membership(question) else SENTENCES

        def found(dense_hits: DenseHits | None = None) -> tuple[Candidate, ...]:
            retrieved = retrieve(question.concepts, self._index, question.articles, limit, dense_hits)
            return rank(question, retrieved, self._answer_model.ranker)

        return self._reranker.rank(question, found, self._answer_model.ranker) if self._reranker else found()

    def quote(self, candidate: Candidate, question: Question) -> str:
        """Return the words that would be quoted for a candidate."""
        return quote_span(candidate.retrieved.indexed, question.answer_type, self._index).of(candidate.article.text)

    def _understand_anew(self, asked: str, earlier: tuple[str, ...]) -> Question:
        """Return the question with its spelling mended, and what it leaves to the earlier questions carried over.

        Each earlier question is understood behind those before it, as it was when it was asked: without the memory in
        front of this, a page that shows a whole chat would understand its first question once for each later one.
        """
        question = self._with_outlets(parse_question(self._speller.repair(without_greeting(asked))))
        past = [place for place, text in enumerate(earlier) if not find_smalltalk(text)]
        if not past or not leans_on_earlier(question):
            return question
        before = self._understand(earlier[past[-1]], earlier[: past[-1]])
        if is_substitution(question) and (text := substituted(question, before)):
            return self._with_outlets(parse_question(text))
        person = self._person_in_answer_to(before) if points_to_person(question) else ""
        room = MAX_CONCEPTS - len(question.concepts)  # a chat may carry on and on; its latest subjects count
        before = replace(before, concepts=before.concepts[:room])
        return self._with_outlets(parse_question(question.text, before, person))

    def _person_in_answer_to(self, question: Question) -> str:
        """Return who answers a question, and nothing where none does."""
        if question.answer_type != "person":
            return ""
        ranked = self.rank(question)
        if answer_log_odds(question, ranked, self._answer_model.abstainer) < self._answer_model.answer_from:
            return ""
        short = ranked[0].short
        return short.of(ranked[0].article.text) if short else ""

    def _with_outlets(self, question: Question) -> Question:
        articles, concepts = self._index.outlets_in(question.concepts)
        return replace(question, concepts=concepts, articles=articles)

    def _suggestions(self, about: Sequence[Concept]) -> tuple[str, ...]:
        """Return the corpus's own questions that share most with what was asked about, else its first ones."""
        asked = _forms(about)
        near = sorted(self._suggested, key=lambda text: -len(asked & self._suggested[text]))
        return tuple(near[:MAX_SUGGESTIONS])


def _forms(concepts: Sequence[Concept]) -> frozenset[Phrase]:
    return frozenset(form for concept in concepts for form in concept.forms)
