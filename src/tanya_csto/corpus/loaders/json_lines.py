"""JSON Lines: an article a line, its text and outlet and what else is known about it as fields."""

from __future__ import annotations

from tanya_csto.corpus.documents import NO_TEXT, Document, File
from tanya_csto.corpus.loaders.plain import plain_text
from tanya_csto.corpus.manifest import STATED
from tanya_csto.corpus.records import json_of, lines_of, record_of, text_of
from tanya_csto.errors import CorpusError
from tanya_csto.messages import say


def load(file: File) -> tuple[Document, ...]:
    """Return the article of each line that is not empty.

    Raises:
        CorpusError: the file is not UTF-8, or a line of it holds no article; the message names the line.
    """
    needed, optional = dict.fromkeys(("text", "outlet"), _sound), dict.fromkeys(("id", *STATED), _stated)
    documents = []
    for place, line in lines_of(plain_text(file), file.source):
        try:
            documents.append(Document(place, **record_of(json_of(line), needed, optional)))
        except ValueError as error:
            raise CorpusError("bad-line", place=place, reason=error) from error
    return tuple(documents)


def _sound(value: object, name: str) -> str:
    text = text_of(value, name)
    if NO_TEXT.search(text):
        raise ValueError(say("characters-bad", name=name))
    return text


def _stated(value: object, name: str) -> str | None:
    return None if value is None else _sound(value, name)
