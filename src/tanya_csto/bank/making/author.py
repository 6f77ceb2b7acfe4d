"""The author: has a language model write the questions of a corpus, a passage at a time, before anybody asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from time import sleep
from typing import Any, Final

from tanya_csto.bank.making.chat import ChatServer
from tanya_csto.bank.making.drafts import Draft, Reason, ReplyReader, prompts
from tanya_csto.corpus.bank import question_key
from tanya_csto.corpus.bank_editor import BankEditor, Record, is_quoted, quoted
from tanya_csto.corpus.passages import cut_passages, cut_sentences
from tanya_csto.errors import EndpointError
from tanya_csto.messages import say
from tanya_csto.question.outlets import with_outlets
from tanya_csto.question.parser import parse_question
from tanya_csto.retrieval.index import Index
from tanya_csto.retrieval.retriever import Retriever

PAUSES: Final = (1.0, 3.0)  # seconds before a passage is tried again, where the server or the model fails
MAX_FAILED: Final = 3  # passages in a row without a question, after which the work stops
TOLD: Final = 0.7  # of a near miss's weight in one sentence elsewhere, from which on the corpus may answer it
LETTERS_A_TOKEN: Final = 3  # about, in Bahasa Indonesia
TOKENS_A_SENTENCE: Final = 600  # about, of the questions that are written for one

_RETRIED: Final = ("endpoint-cut", "endpoint-failed", "endpoint-nonsense")
_PASSED_OVER: Final = (*_RETRIED, "endpoint-slow")  # errors that another passage may not meet


@dataclass(slots=True)
class Tally:
    """What was done: passages with new questions, questions, what was thrown away, and tokens."""

    done: int = 0
    questions: int = 0
    dropped: Counter[Reason] = field(default_factory=Counter)
    read: int = 0
    written: int = 0


class Author:
    """Asks a server for the questions of all passages that have none; `tally` tells how far it is."""

    def __init__(
        self, index: Index, editor: BankEditor, server: ChatServer, pause: Callable[[float], object] = sleep
    ) -> None:
        self.tally = Tally()
        self._index = index
        self._editor = editor
        self._server = server
        self._pause = pause
        self._retriever = Retriever(index)
        self._asked = set(editor.bank.asked)
        self.drafts: Final = tuple(self._open())

    def estimate(self) -> tuple[int, int]:
        """Return about how many tokens the model will read, and write."""
        read = sum(len(text) for draft in self.drafts for text in prompts(draft)) // LETTERS_A_TOKEN
        return read, sum(len(draft.passage.sentences) for draft in self.drafts) * TOKENS_A_SENTENCE

    def write(self, watched: Callable[[Sequence[Any]], Iterable[Any]] = iter) -> None:
        """Put the questions of each passage into the bank as soon as they are there.

        Raises:
            EndpointError: the server cannot be reached, or fails again and again; what was written is kept.
        """
        hand = self._editor.hand(self._server.model)
        in_a_row = 0
        for draft in watched(self.drafts):
            try:
                records = self._records(draft, hand)
            except EndpointError as error:
                in_a_row += 1
                if error.code not in _PASSED_OVER or in_a_row == MAX_FAILED:
                    raise
                continue
            in_a_row = 0
            self._editor.add(draft.passage.article, records)
            questions = [question for record in records for question in record["questions"]]
            self._asked.update(map(question_key, questions))
            self.tally.done += 1
            self.tally.questions += len(questions)

    def _records(self, draft: Draft, hand: int) -> list[Record]:
        """Return lines for the bank, at least one."""
        for seconds in PAUSES:
            try:
                return self._records_once(draft, hand)
            except EndpointError as error:
                if error.code not in _RETRIED:
                    raise
                self._pause(seconds)
        return self._records_once(draft, hand)

    def _records_once(self, draft: Draft, hand: int) -> list[Record]:
        completion = self._server.complete(*prompts(draft))
        self.tally.read += completion.read
        self.tally.written += completion.written
        reader = ReplyReader(draft.passage, hand, self._asked.__contains__, partial(self._is_told_elsewhere, draft))
        try:
            records = reader.records(completion.text)
        except ValueError as error:
            raise self._server.nonsense(str(error)) from error
        self.tally.dropped += reader.dropped
        if not records:
            raise self._server.nonsense(say("reply-no-quotes"))
        return records

    def _is_told_elsewhere(self, draft: Draft, question: str) -> bool:
        """Tell whether a sentence that the model did not see says most of what a near miss asks."""
        asked = with_outlets(parse_question(question), self._index.outlets, self._index.vocabulary)
        return any(
            found.context >= TOLD
            for found in self._retriever.retrieve(asked)
            if found.indexed.sentence not in (*draft.before, *draft.passage.sentences, *draft.after)
        )

    def _open(self) -> Iterator[Draft]:
        """Yield the passages that no question of the bank is about."""
        known = quoted(self._editor.bank.facts)
        for article in self._index.corpus.articles:
            passages = cut_passages(cut_sentences(article))
            cut = [(), *(passage.sentences for passage in passages), ()]
            for before, passage, after in zip(cut, passages, cut[2:], strict=False):
                headings = all(sentence.heading for sentence in passage.sentences)
                if not headings and not any(is_quoted(sentence, known) for sentence in passage.sentences):
                    yield Draft(passage, before, after)
