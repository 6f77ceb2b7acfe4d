"""Passages and sentences: the units that are searched and quoted, as spans of an article's text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tanya_csto.corpus.articles import Article
from tanya_csto.text.sentences import split_sentences
from tanya_csto.text.spans import Span

PASSAGE_WORDS: Final = 90  # the length up to which neighbouring sentences share a passage
_HEADING_WORDS: Final = 16
_ENDS: Final = re.compile(r"[.,;:\"'”’)]$")
_WORD: Final = re.compile(r"\w+")
_LINE: Final = re.compile(r"\S(?:[^\n]*\S)?")  # without the white space around it


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence or heading of an article; `heading` is true where the line is a title or section heading."""

    article: Article
    span: Span
    heading: bool = False

    @property
    def text(self) -> str:
        """The words of the sentence, exactly as they stand in the article."""
        return self.span.of(self.article.text)


@dataclass(frozen=True, slots=True)
class Passage:
    """Neighbouring sentences of one section, about `PASSAGE_WORDS` words, the section's heading first."""

    article: Article
    sentences: tuple[Sentence, ...]

    @property
    def span(self) -> Span:
        """From the first sentence to the last."""
        return Span(self.sentences[0].span.start, self.sentences[-1].span.end)


def cut_sentences(article: Article) -> tuple[Sentence, ...]:
    """Return the sentences of the article's content in order; together they cover it once, white space aside."""
    lines = frozenset(line.span() for line in _LINE.finditer(article.text))
    return tuple(
        Sentence(article, span, heading=(span.start, span.end) in lines and _is_heading(span.of(article.text)))
        for part in article.content
        for span in split_sentences(article.text, part)
    )


def cut_passages(sentences: Sequence[Sentence]) -> tuple[Passage, ...]:
    """Group the sentences of one article, in order, into passages; every sentence is in exactly one."""
    groups: list[list[Sentence]] = []
    words = 0
    for sentence in sentences:
        length = len(sentence.text.split())
        only_headings = bool(groups) and all(member.heading for member in groups[-1])
        if not groups or (sentence.heading and not only_headings) or words + length > PASSAGE_WORDS:
            groups.append([])
            words = 0
        groups[-1].append(sentence)
        words += length
    return tuple(Passage(group[0].article, tuple(group)) for group in groups)


def _is_heading(line: str) -> bool:
    """Tell a title from a sentence: a short line of its own, without a full stop, most long words capitalised."""
    words = _WORD.findall(line)
    if not words or len(words) > _HEADING_WORDS or _ENDS.search(line):
        return False
    long_words = [word for word in words if len(word) > 3]
    capitals = sum(not word[0].islower() for word in long_words)
    return capitals * 3 >= len(long_words) * 2
