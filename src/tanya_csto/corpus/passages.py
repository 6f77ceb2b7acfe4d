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
_ENDS: Final = tuple(".,;:\"'”’)")
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
    lines = dict(line.span() for line in _LINE.finditer(article.text))
    return tuple(
        Sentence(article, span, heading=lines.get(span.start) == span.end and is_heading_line(span.of(article.text)))
        for part in article.content
        for span in split_sentences(article.text, part)
    )


def is_heading(article: Article, span: Span) -> bool:
    """Tell whether a span is a line of its own that is a title or section heading; no other line is looked at."""
    text = article.text
    before = text[text.rfind("\n", 0, span.start) + 1 : span.start]
    line = _LINE.match(text, span.start)
    return not before.strip() and line is not None and line.end() == span.end and is_heading_line(span.of(text))


def cut_passages(sentences: Sequence[Sentence]) -> tuple[Passage, ...]:
    """Group the sentences of one article, in order, into passages; every sentence is in exactly one."""
    groups: list[list[Sentence]] = []
    words = 0
    for sentence in sentences:
        length = len(sentence.text.split())
        after_content = bool(groups) and not groups[-1][-1].heading  # a heading stands in front of what it is of
        if not groups or (sentence.heading and after_content) or words + length > PASSAGE_WORDS:
            groups.append([])
            words = 0
        groups[-1].append(sentence)
        words += length
    return tuple(Passage(group[0].article, tuple(group)) for group in groups)


def is_heading_line(line: str) -> bool:
    """Tell a title from a sentence: a short line of its own, without a full stop, most long words capitalised."""
    if not is_short_line(line):
        return False
    long_words = [word for word in _WORD.findall(line) if len(word) > 3]
    uncapitalised = [word for word in long_words if word[0].islower()]
    return len(uncapitalised) * 3 <= len(long_words)


def is_short_line(line: str) -> bool:
    """Tell whether a line has words, but no more than a title has, and no full stop."""
    return not line.endswith(_ENDS) and 0 < len(_WORD.findall(line)) <= _HEADING_WORDS
