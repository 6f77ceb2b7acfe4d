"""Markdown files: the text without its marks, and what the head of the file states about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from tanya_csto.corpus.documents import BETWEEN_CELLS, Document, File
from tanya_csto.corpus.loaders.plain import plain_text

_HEAD: Final = re.compile(r"\A---\n(.*?)^---\n", re.DOTALL | re.MULTILINE)
_STATED: Final = re.compile(r"^(title|outlet|published|date|url)[ \t]*:[ \t]*(.*)$", re.MULTILINE)


def load(file: File) -> tuple[Document, ...]:
    """Return the text, a paragraph or row a line; a first heading of the first level is the title, not the text.

    Raises:
        CorpusError: the file is not UTF-8.
    """
    text = plain_text(file)
    head = _HEAD.match(text)
    stated = {name: value.strip().strip("\"'") for name, value in _STATED.findall(head[1] if head else "")}
    tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(text[head.end() if head else 0 :])
    heading = None
    if tokens and tokens[0].type == "heading_open" and tokens[0].tag == "h1":
        heading, tokens = "".join(_lines(tokens[1:2])), tokens[3:]
    document = file.document(
        "\n".join(_lines(tokens)),
        outlet=stated.get("outlet"),
        title=stated.get("title") or heading,
        published=stated.get("published") or stated.get("date"),
        url=stated.get("url"),
    )
    return (document,)


def _lines(tokens: list[Token]) -> Iterator[str]:
    rest = iter(tokens)
    for token in rest:
        if token.type == "tr_open":
            row = list(takewhile(lambda each: each.type != "tr_close", rest))
            yield BETWEEN_CELLS.join(filter(None, _lines(row)))
        elif token.type == "inline":
            yield "".join(" " if each.type.endswith("break") else each.content for each in token.children or [])
        elif token.type in ("fence", "code_block"):
            yield token.content.rstrip("\n")
