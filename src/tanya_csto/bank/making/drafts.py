"""Drafts: what a language model is asked about a passage, and what of its reply can stand in the bank."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from importlib import resources
from string import Template
from typing import Any, Final, Literal, NamedTuple

from tanya_csto.corpus.bank import find_words, question_key
from tanya_csto.corpus.bank_editor import Record, evidence_of
from tanya_csto.corpus.passages import Passage, Sentence
from tanya_csto.corpus.records import one_line
from tanya_csto.errors import QuestionError
from tanya_csto.messages import say
from tanya_csto.question.validation import validate_question

Reason = Literal["form", "quote", "answer", "repeat", "told"]

_TEXTS: Final = tomllib.loads((resources.files(__package__) / "prompt.toml").read_text("utf-8"))
_POINTING: Final = re.compile(_TEXTS["pointing"], re.IGNORECASE)
STYLES: Final = ("baku", "santai", "parafrase", "kata_kunci")


class Draft(NamedTuple):
    """A passage that questions are wanted for, and the sentences of those before and behind it in its article."""

    passage: Passage
    before: tuple[Sentence, ...] = ()
    after: tuple[Sentence, ...] = ()


def prompts(draft: Draft) -> tuple[str, str]:
    """Return the system's and the user's message for a passage."""
    article = draft.passage.article
    named = ", ".join(filter(None, (article.title, article.outlet, article.published)))
    user = Template(_TEXTS["user"]).substitute(
        article=named,
        before=_folded(draft.before),
        passage=_folded(draft.passage.sentences),
        after=_folded(draft.after),
    )
    return _TEXTS["system"].strip(), user.strip()


class ReplyReader:
    """Takes from a reply about a passage what can stand in the bank, as questions of one hand.

    `is_known` tells the `question_key` of a question that the bank holds, `is_told` a near miss that is none. `dropped`
    counts what was thrown away, by the reason: a form that is none, a quote that is not in the passage, an answer that
    is not in its quote, a question that is there already, a near miss that the corpus answers elsewhere.
    """

    def __init__(
        self, passage: Passage, hand: int, is_known: Callable[[str], bool], is_told: Callable[[str], bool]
    ) -> None:
        self.dropped: Counter[Reason] = Counter()
        self._passage = passage
        self._hand = hand
        self._is_known = is_known
        self._is_told = is_told
        self._keys: set[str] = set()

    def records(self, reply: str) -> list[Record]:
        """Return the lines for the bank that a reply makes.

        Raises:
            ValueError: it holds no JSON object with the expected fields; the reason is in Indonesian.
        """
        value = _object(reply)
        records: list[dict[str, Any]] = []
        for item in _records(value.get("fakta")):
            if evidence := self._evidence(item.get("kutipan"), item.get("jawaban")):
                questions = [each for style in STYLES for each in self._questions(item.get(style), near=False)]
                questions.sort(key=lambda each: not (each[0].isupper() and each.endswith("?")))  # the first is shown
                records.append({"kind": "answered", "questions": questions, "evidence": [evidence]})
        for item in _records(value.get("tak_terjawab")):
            if evidence := self._evidence(item.get("mirip")):
                questions = list(self._questions(item.get("pertanyaan"), near=True))
                records.append({"kind": "unanswerable", "questions": questions, "near": evidence})
        asked = (record for record in records if record["questions"])
        return [{**record, "hands": [self._hand] * len(record["questions"])} for record in asked]

    def _evidence(self, quote: object, answer: object = None) -> Record | None:
        """Return evidence of whole sentences of the passage, where the quote and the answer are word for word."""
        text = self._passage.article.text
        whole: list[Sentence] = []
        reason: Reason | None = None
        if not isinstance(quote, str) or not quote.strip() or not isinstance(answer or "", str):
            reason = "form"
        elif (span := find_words(text, quote, self._passage.span)) is None:
            reason = "quote"
        else:
            whole = [each for each in self._passage.sentences if each.span.overlaps(span)]
            if answer and not any(find_words(text, str(answer), each.span) for each in whole):
                reason = "answer"
        if reason:
            self.dropped[reason] += 1
            return None
        return {**evidence_of(whole), **({"answer": answer} if answer else {})}

    def _questions(self, items: object, *, near: bool) -> Iterator[str]:
        for item in items if isinstance(items, list) else []:
            try:
                question = one_line(validate_question(item)) or "" if isinstance(item, str) else ""
            except QuestionError:
                question = ""
            key = question_key(question)
            if not re.search(r"\w", question) or _POINTING.search(question):
                self.dropped["form"] += 1
            elif key in self._keys or self._is_known(key):
                self.dropped["repeat"] += 1
            else:
                self._keys.add(key)
                if near and self._is_told(question):
                    self.dropped["told"] += 1
                else:
                    yield question


def _object(reply: str) -> dict[str, Any]:
    """Return the JSON object in a reply, whatever the model has thought before it and put around it."""
    text = reply.rpartition("</think>")[2]
    try:
        value = json.loads(text[text.index("{") : text.rindex("}") + 1])
    except (ValueError, RecursionError) as error:
        raise ValueError(say("reply-no-json")) from error
    if not isinstance(value, dict) or not value.keys() & {"fakta", "tak_terjawab"}:
        raise ValueError(say("reply-no-facts"))
    return value


def _records(items: object) -> list[dict[str, Any]]:
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _folded(sentences: tuple[Sentence, ...]) -> str:
    return "\n".join(" ".join(sentence.text.split()) for sentence in sentences) or _TEXTS["nothing"]
