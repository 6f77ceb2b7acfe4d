"""The main path: a question goes in, an answer proved by exact quotes comes out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Final

from tanya_csto.answer.answer import Answer
from tanya_csto.answer.compose import compose, compose_parts, compose_talk
from tanya_csto.answer.finding import Finding
from tanya_csto.corpus.articles import Corpus, load_corpus
from tanya_csto.corpus.bank import Talk
from tanya_csto.finder import MAX_REMEMBERED, Finder
from tanya_csto.language.spelling import Speller
from tanya_csto.models.networks import Mode, Networks
from tanya_csto.question.followup import (
    as_sentence,
    is_substitution,
    leans_on_earlier,
    names_no_subject,
    points_back,
    points_to_person,
    resolutions,
)
from tanya_csto.question.framing import without_frame, without_greeting
from tanya_csto.question.parser import Question
from tanya_csto.question.parts import says_something, split_questions
from tanya_csto.question.smalltalk import find_smalltalk, is_english
from tanya_csto.question.validation import validate_history, validate_question
from tanya_csto.retrieval.address import Address
from tanya_csto.stages import stage

MAX_SUGGESTIONS: Final = 3


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
        """Read and index the corpus, by default the built-in one, whatever the environment names.

        With `networks` (see `load_networks`) answers go by meaning, too.

        Where `address` is given, the cluster there ranks the passages, to the same answers.

        Raises:
            CorpusError: the corpus cannot be read.
            RankingError: the cluster is away, or keeps another corpus; `ask` raises it where it goes away later.
        """
        self.corpus = corpus if isinstance(corpus, Corpus) else load_corpus(corpus)
        self.networks = networks
        self.mode: Final[Mode] = "full" if networks else "light"
        self.address = address
        self.finder = Finder(self.corpus, networks, address)
        self._speller = Speller(self.finder.index.vocabulary)
        self._understand = lru_cache(maxsize=MAX_REMEMBERED)(self._understand_anew)

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        *,
        as_typed: bool = False,
        within: frozenset[str] | None = None,
    ) -> Answer:
        """Answer `question`; `history` holds the earlier questions of the same chat, oldest first.

        With `as_typed` the words are searched exactly as they stand: no spelling is mended, nothing is carried over.
        Where `within` is given, only the articles of these ids are searched.

        Raises:
            QuestionError: the question is empty, too long or unreadable, or the history is too long.
        """
        with stage("understand"):
            asked, earlier = validate_question(question), validate_history(history)
            mended = asked if as_typed else self._mended(asked)
            talk = self._talk(asked, mended)
            texts = (mended,) if as_typed or talk else split_questions(mended)
        if talk:
            return self._reply(talk, earlier, mended, within)
        if as_typed:
            findings = [self.finder.find(asked, within)]
        else:
            findings = [self._best(text, (*earlier, *texts[:place]), within) for place, text in enumerate(texts)]
        asking = [(text, finding) for text, finding in zip(texts, findings, strict=True) if finding.talk is None]
        if not asking:
            return self._reply(findings[0].talk or "acknowledge", earlier, mended, within)
        suggestions = self._suggestions([finding for _, finding in asking], (*earlier, asked, *texts))
        if len(asking) == 1 or all(_says_the_same(finding, asking[0][1]) for _, finding in asking):
            return self._composed(asking[0][1], asked, suggestions)
        return compose_parts([(text, self._composed(finding, text, ())) for text, finding in asking], suggestions)

    def complete(self, text: str, limit: int = 8) -> tuple[str, ...]:
        """Return questions that the corpus answers and that `text` may be the beginning of, likeliest first."""
        words = text.casefold().split()
        known = self.finder.bank.shown if self.finder.bank else self.corpus.suggestions
        found = [each for each in known if all(f" {word}" in f" {each.casefold()}" for word in words)]
        found.sort(key=lambda each: (not each.casefold().startswith(" ".join(words)), len(each) if words else 0))
        return tuple(found[:limit])

    def understand(self, question: str, history: Sequence[str] = ()) -> Question:
        """Return how a question is understood after the earlier ones of its chat.

        Raises:
            QuestionError: as `ask`.
        """
        return self._understand(validate_question(question), validate_history(history), None)

    def _mended(self, asked: str) -> str:
        """Return a message with its spelling mended, without what stands around the question."""
        return without_frame(self._speller.repair(without_greeting(asked)))

    def _talk(self, asked: str, mended: str) -> Talk | None:
        """Return the small talk that a message is by its words alone.

        A bank that knows small talk is left to say, where words of content are left for it.
        """
        if is_english(asked):
            return "language"
        if not says_something(mended) and (talk := find_smalltalk(asked)):
            return talk
        if self.finder.bank and self.finder.bank.knows_talk:
            return None
        return find_smalltalk(without_frame(asked)) or (find_smalltalk(mended) if mended != asked else None)

    def _reply(self, talk: Talk, earlier: tuple[str, ...], text: str, within: frozenset[str] | None) -> Answer:
        last = None
        if talk == "trust" and earlier:
            finding = self.finder.find(self._understand(earlier[-1], earlier[:-1], within).text, within)
            last = None if finding.talk else self._composed(finding, "", ())
        near: Iterable[str] = self.corpus.suggestions
        if talk == "language" and self.finder.bank:  # "What is CSTO?": the question in Indonesian
            question = self.finder.parse(text, within)
            near = self.finder.bank.near_questions(question, self.finder.bank.opinion(question))
        return compose_talk(talk, self.corpus.articles, last, tuple(islice(near, MAX_SUGGESTIONS)))

    def _composed(self, finding: Finding, asked: str, suggestions: Sequence[str]) -> Answer:
        understood_as = as_sentence(finding.question) if _bare(finding.question.text) != _bare(asked) else None
        return compose(finding, self.finder.model.confidence(finding.probability), understood_as, suggestions)

    def _best(self, text: str, earlier: tuple[str, ...], within: frozenset[str] | None) -> Finding:
        """Return what is found for a question as it stands, or with what its chat adds to it: the surer of both."""
        bare = self.finder.parse(text, within)
        alone = self.finder.find(text, within)
        says_too_little = is_substitution(bare) or names_no_subject(bare)
        stands_alone = not points_back(bare) and not says_too_little
        if alone.talk or (stands_alone and alone.probability >= self.finder.model.tinggi_from):
            return alone
        found = [self.finder.find(resolved, within) for resolved in self._resolutions(bare, earlier, within)]
        if not found or not (says_too_little or points_to_person(bare)):
            found.append(alone)
        surest = max(found, key=lambda each: each.probability)
        return alone if stands_alone and surest.status == "not_found" else surest  # it is refused as it was asked

    def _resolutions(self, bare: Question, earlier: tuple[str, ...], within: frozenset[str] | None) -> tuple[str, ...]:
        """Return a question with what it leaves to the earlier ones put in; none where it stands by itself."""
        past = [place for place, text in enumerate(earlier) if not find_smalltalk(text)]
        if not past or not leans_on_earlier(bare):
            return ()
        before = self._understand(earlier[past[-1]], earlier[: past[-1]], within)
        return resolutions(bare, before, self._person_in_answer_to(before, within))

    def _understand_anew(self, asked: str, earlier: tuple[str, ...], within: frozenset[str] | None) -> Question:
        """Return the question with its spelling mended, and what it leaves to the earlier questions put in.

        Each earlier question is understood behind those before it, as it was when it was asked: without the memory in
        front of this, a page that shows a whole chat would understand its first question once for each later one.
        """
        question = self.finder.parse(self._mended(asked), within)
        resolved = self._resolutions(question, earlier, within)
        return self.finder.parse(resolved[0], within) if resolved else question

    def _person_in_answer_to(self, question: Question, within: frozenset[str] | None) -> str:
        """Return who answers a question, and nothing where none does."""
        if question.answer_type != "person":
            return ""
        return self.finder.find(question.text, within).short_answer or ""

    def _suggestions(self, findings: Sequence[Finding], asked: Sequence[str]) -> tuple[str, ...]:
        """Return questions that the corpus answers, near to what was asked and not asked yet; there may be none."""
        known = {_bare(text) for text in asked}
        near: Iterable[str] = self.corpus.suggestions
        if bank := self.finder.bank:
            but = [finding.fact for finding in findings]
            near = (
                text
                for finding in reversed(findings)
                if finding.opinion
                for text in bank.near_questions(finding.question, finding.opinion, but)
            )
        fresh = (text for text in near if _bare(text) not in known)
        enough = islice(fresh, MAX_SUGGESTIONS * len(findings))  # each finding may name the same ones
        return tuple(dict.fromkeys(enough))[:MAX_SUGGESTIONS]


def _says_the_same(left: Finding, right: Finding) -> bool:
    return bool(left.quotes) and (left.fact is right.fact if left.fact else left.quotes[0] == right.quotes[0])


def _bare(text: str) -> str:
    return " ".join(text.casefold().strip(" ?.!").split())
