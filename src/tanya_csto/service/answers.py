"""The engine of a running service: where the routes find it, with the answers it gave before."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from hashlib import blake2b
from threading import Lock
from time import perf_counter
from typing import Annotated, Final

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from tanya_csto.answer.answer import Answer
from tanya_csto.corpus.articles import Article, Corpus
from tanya_csto.corpus.bank import articles_digest
from tanya_csto.engine import Tanya
from tanya_csto.errors import QuestionError
from tanya_csto.question.validation import validate_question
from tanya_csto.service.context import RequestContext, context_of
from tanya_csto.service.conversation import Conversation, Turn
from tanya_csto.service.feedback_store import FeedbackStore
from tanya_csto.service.problems import ProblemError
from tanya_csto.service.schema import AskReply
from tanya_csto.service.templates import render_article
from tanya_csto.stages import watched

MAX_SHOWN: Final = 8  # articles that are kept as they were shown
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """What `Tanya.ask` is asked, in one piece."""

    question: str
    history: Sequence[str] = ()
    as_typed: bool = False
    within: frozenset[str] | None = None

    @property
    def key(self) -> bytes:
        """What tells it from anything else, of fixed size, however long the questions are."""
        within = None if self.within is None else sorted(self.within)
        values = (self.as_typed, within, self.question, self.history)
        return blake2b(json.dumps(values).encode(), digest_size=16).digest()  # JSON: no text can pose as two


class AnswerCache:
    """An engine with at most `most` of its latest answers and replies, and a few pages; replaced whole at a reload."""

    def __init__(self, tanya: Tanya, most: int) -> None:
        self.tanya = tanya
        self.version = articles_digest(tanya.corpus.articles)[:12]  # changes with any letter of them
        self.show = lru_cache(MAX_SHOWN)(partial(render_article, tanya.corpus))
        self.reply = lru_cache(most)(AskReply.of)
        self._most = most
        self._kept: OrderedDict[bytes, Answer] = OrderedDict()
        self._lock = Lock()

    def __contains__(self, asked: Asked) -> bool:
        return asked.key in self._kept

    def ask(self, asked: Asked) -> tuple[Answer, bool]:
        """Return the answer, and whether it was kept from before."""
        key = asked.key
        with self._lock:
            if answer := self._kept.get(key):
                self._kept.move_to_end(key)
                return answer, True
        answer = self.tanya.ask(asked.question, asked.history, as_typed=asked.as_typed, within=asked.within)
        with self._lock:
            self._kept[key] = answer
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return answer, False


@dataclass(frozen=True, slots=True)
class AnswerService:
    """Where one request asks: the engine as it is now, and a note of what it said."""

    answers: AnswerCache
    context: RequestContext
    refused: FeedbackStore | None = None  # where questions that are not answered are kept, if anywhere

    @property
    def corpus(self) -> Corpus:
        """The articles."""
        return self.answers.tanya.corpus

    def ask(self, asked: Asked) -> Answer:
        """Answer as `Tanya.ask` does. A page asks its own question first, then those that it shows above it."""
        start = perf_counter()
        with watched() as stages:
            answer, cached = self.answers.ask(asked)
        if self.refused and answer.status == "not_found" and self.context.answer_status is None:
            try:
                self.refused.add_refused(validate_question(asked.question))
            except sqlite3.Error as error:  # the answer matters more
                _log.warning("question not kept", extra={"facts": {"reason": str(error)}})
        whole = "cache" if cached else "answer"
        self.context.note(answer.status, cached, asked.question, {whole: perf_counter() - start, **stages})
        return answer

    async def reply(self, asked: Asked) -> AskReply:
        """Return what `ask` answers as it goes over the wire.

        It is asked in a thread, where there is anything to work out or a refused question may be kept.
        """
        at_once = self.refused is None and asked in self.answers
        return self.answers.reply(self.ask(asked) if at_once else await run_in_threadpool(self.ask, asked))

    def answer(self, conversation: Conversation) -> Answer:
        """Return the answer to the last question of a conversation."""
        last = conversation.asked[-1]
        within = None if last.within is None else frozenset((last.within,))
        return self.ask(Asked(last.question, conversation.history, last.as_typed, within))

    def turn(self, conversation: Conversation, number: int | None = None) -> Turn:
        """Return the last question with its answer; a link needs the earlier ones only where they matter."""
        answer = self.answer(conversation)
        link = conversation if self._leans(conversation, answer) else Conversation(conversation.asked[-1:])
        return Turn(number or len(conversation.asked), conversation, answer, link.address)

    def turns(self, conversation: Conversation) -> list[Turn]:
        """Return every question with its answer.

        Raises:
            QuestionError: a question cannot be asked, or there are too many; found out before any other is asked.
        """
        last = self.turn(conversation)
        return [*(self.turn(Conversation(conversation.asked[:end])) for end in range(1, last.number)), last]

    def _leans(self, conversation: Conversation, answer: Answer) -> bool:
        """Tell whether the last question would be answered otherwise without the earlier ones."""
        history, last = conversation.history, conversation.asked[-1]
        if not history or last.as_typed or answer.status == "smalltalk":
            return False
        understand = self.answers.tanya.understand
        return understand(last.question, history) != understand(last.question)

    def complete(self, text: str) -> tuple[str, ...]:
        """Return the questions that `text` may be the beginning of; where it says nothing yet, the first ones.

        Raises:
            QuestionError: `text` is too long or unreadable.
        """
        try:
            begun = validate_question(text)
        except QuestionError as error:
            if error.code != "question-empty":
                raise
            begun = ""
        return self.answers.tanya.complete(begun)


async def _service(request: Request) -> AnswerService:  # one that is not async would be run in a thread
    state = request.app.state
    return AnswerService(state.answers, context_of(request.scope), state.feedback if state.settings.refused else None)


Service = Annotated[AnswerService, Depends(_service)]


def find_article(service: AnswerService, article_id: str) -> Article:
    """Return the article of that id.

    Raises:
        ProblemError: the corpus has no such article.
    """
    article = service.corpus.get(article_id)
    if article is None:
        raise ProblemError("article-unknown")
    return article
