"""Answers as text, to copy or to keep: one answer as plain text, a conversation as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from tanya_csto.answer.answer import Citation
from tanya_csto.service.conversation import Turn
from tanya_csto.service.strings import say

_MARKDOWN: Final = re.compile(r"([\\`*_\[\]<>#|~&])")


def source(citation: Citation) -> str:
    """Return where a quote is from: outlet, title and date, as far as the article states them."""
    article = citation.article
    return ", ".join(filter(None, (article.outlet, article.title, article.published)))


def as_text(turn: Turn) -> str:
    """Return an answer with its question, its quotes and their sources as plain text."""
    parts = [say("plain-question", question=_one_line(turn.asked.question)), turn.answer.text]
    parts += [f"[{citation.n}] “{citation.quote}”\n{source(citation)}" for citation in turn.answer.citations]
    return "\n\n".join(parts) + "\n"


def as_markdown(name: str, turns: Iterable[Turn]) -> str:
    """Return a conversation with the site of that name as Markdown that shows every character as it stands."""
    parts = [f"# {_plain(name)}"]
    for turn in turns:
        parts += [f"## {_plain(_one_line(turn.asked.question))}", _plain(turn.answer.text)]
        for citation in turn.answer.citations:
            quote = "\n".join(f"> {line}".rstrip() for line in _plain(citation.quote).split("\n"))
            parts.append(f"\\[{citation.n}\\] {_plain(source(citation))}\n\n{quote}")
    return "\n\n".join(parts) + "\n"


def _one_line(question: str) -> str:
    """Return a question without line breaks, which could pass for a citation of ours."""
    return " ".join(question.split())


def _plain(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)
