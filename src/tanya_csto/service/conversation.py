"""A conversation: its questions, kept in the address of the page and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from tanya_csto.answer.answer import Answer
from tanya_csto.question.validation import MAX_HISTORY

MAX_PAST = 4000  # characters that the earlier questions may take in an address: servers cut long ones off


@dataclass(frozen=True, slots=True)
class Message:
    """One question of a conversation; `as_typed` where its words are searched exactly as they stand.

    `within` is the id of the article that it is asked of, None where it is asked of all.
    """

    question: str
    as_typed: bool = False
    within: str | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """The questions of one chat, oldest first.

    >>> Conversation.of("Apa tujuannya?", ["Apa itu CSTO?"]).address
    '/?riwayat=Apa+itu+CSTO%3F&q=Apa+tujuannya%3F'
    """

    asked: tuple[Message, ...]

    @classmethod
    def of(
        cls, question: str, earlier: Sequence[str] = (), as_typed: Sequence[int] = (), within: Sequence[str] = ()
    ) -> Conversation:
        """Return the conversation that ends with `question`; `as_typed` counts its questions from 1.

        `within` names articles that one question each is asked of: "2:ID" the second, "ID" the last.
        """
        questions = [*earlier, question.strip()]
        named = (value.rpartition(":") for value in within)
        articles = {number or str(len(questions)): article for number, _, article in named}
        numbered = enumerate(questions, start=1)
        return cls(tuple(Message(text, number in as_typed, articles.get(str(number))) for number, text in numbered))

    def then(self, question: str, as_typed: bool = False, within: str | None = None) -> Conversation:
        """Return the conversation that goes on with `question`; the oldest questions give way where it is too long."""
        return Conversation((*self._kept, Message(question, as_typed, within)))

    @property
    def fields(self) -> list[tuple[str, str]]:
        """The form fields that carry the conversation on to a next question."""
        return _fields(self._kept, "riwayat")

    @property
    def _kept(self) -> tuple[Message, ...]:
        """The questions that a next one keeps as its history."""
        kept = self.asked[-MAX_HISTORY:]
        while len(urlencode([("riwayat", asked.question) for asked in kept])) > MAX_PAST:
            kept = kept[1:]
        return kept

    @property
    def own_fields(self) -> list[tuple[str, str]]:
        """The form fields that name the conversation itself: its last question as `q`, the others as history."""
        return _fields(self.asked, "q")

    @property
    def history(self) -> tuple[str, ...]:
        """The questions before the last."""
        return tuple(asked.question for asked in self.asked[:-1])

    @property
    def query(self) -> str:
        """The conversation as the query of an address."""
        return urlencode(self.own_fields)

    @property
    def address(self) -> str:
        """The address of the page that shows the whole conversation."""
        return f"/?{self.query}"


@dataclass(frozen=True, slots=True)
class Turn:
    """The last question of a conversation with its answer, and the address that shows the same answer to anyone."""

    number: int
    conversation: Conversation
    answer: Answer
    link: str

    @property
    def asked(self) -> Message:
        """The question."""
        return self.conversation.asked[-1]


def beside(address: str, conversation: Conversation | None, origin: str = "") -> str:
    """Return the address of a page that is read beside a conversation, and leads back to its element `origin`.

    >>> beside("/artikel/suara#teks", Conversation.of("Apa itu CSTO?"), "j1-k1")
    '/artikel/suara?asal=j1-k1&q=Apa+itu+CSTO%3F#teks'
    """
    parts = urlsplit(address)
    back = (origin and f"asal={origin}", conversation.query if conversation else "")
    return parts._replace(query="&".join(filter(None, (parts.query, *back)))).geturl()


def _fields(asked: Sequence[Message], last: str) -> list[tuple[str, str]]:
    """Return the fields that hold the questions, the `last` one under a name of its own."""
    numbered = list(enumerate(asked, start=1))
    questions = [(last if number == len(asked) else "riwayat", each.question) for number, each in numbered]
    typed = [("persis", str(number)) for number, each in numbered if each.as_typed]
    return questions + typed + [("artikel", f"{number}:{each.within}") for number, each in numbered if each.within]
