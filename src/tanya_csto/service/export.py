"""Answers as text, to copy or to keep: one answer as plain text, a conversation as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from tanya_csto.answer.answer import Citation, Part
from tanya_csto.messages import say
from tanya_csto.service.conversation import Turn
from tanya_csto.service.messages import part_answer

# What Markdown takes for a sign of its own: anywhere, or where a line begins.
_SIGN: Final = re.compile(r"[\\`*_\[\]<>#|~&]")
_BLOCK: Final = re.compile(r"^([0-9]{0,9})([-+=.)])", re.MULTILINE)
_INDENT: Final = re.compile(r"^[ \t]+", re.MULTILINE)
_BREAK: Final = re.compile(r"(?<=[^\n])\n(?=[^\n])")


def source(citation: Citation) -> str:
    """Return where a quote is from: outlet, title and date, as far as the article states them."""
    article = citation.article
    return ", ".join(filter(None, (article.outlet, article.title, article.published)))


def part_line(part: Part) -> str:
    """Return one part of an answer on one line: its question, what is said to it, the numbers of its quotes."""
    numbers = "".join(f"[{n}]" for n in part.citations)
    return " ".join(filter(None, (_one_line(part.question), _one_line(part_answer(part)), numbers)))


def as_text(turn: Turn) -> str:
    """Return an answer with its question, its quotes and their sources as plain text."""
    parts = [say("plain-question", question=_one_line(turn.asked.question)), turn.answer.text]
    if turn.answer.parts:
        parts.append("\n".join(map(part_line, turn.answer.parts)))
    parts += [f"[{citation.n}] “{citation.quote}”\n{source(citation)}" for citation in turn.answer.citations]
    return "\n\n".join(parts) + "\n"


def as_markdown(turn: Turn) -> str:
    """Return a question with its answer as Markdown that shows every character as it stands."""
    parts = [f"## {_plain(_one_line(turn.asked.question))}", _plain(turn.answer.text)]
    if turn.answer.parts:
        parts.append("\n".join(f"- {_plain(part_line(part))}" for part in turn.answer.parts))
    for citation in turn.answer.citations:
        quote = "\n".join(f"> {line}".rstrip() for line in _plain(citation.quote).split("\n"))
        parts.append(f"\\[{citation.n}\\] {_plain(source(citation))}\n\n{quote}")
    return "\n\n".join(parts) + "\n"


def conversation_as_markdown(name: str, turns: Iterable[Turn]) -> str:
    """Return a conversation with the site of that name as Markdown."""
    return "\n".join([f"# {_plain(name)}\n", *map(as_markdown, turns)])


def _one_line(question: str) -> str:
    """Return a question without line breaks, which could pass for a citation of ours."""
    return " ".join(question.split())


def _plain(text: str) -> str:
    text = _BLOCK.sub(r"\1\\\2", _SIGN.sub(r"\\\g<0>", text))
    text = _INDENT.sub(lambda found: "&nbsp;" * len(found[0].expandtabs(4)), text)
    return _BREAK.sub("\\\n", text)
