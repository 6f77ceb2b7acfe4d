"""Outlets: a question that names some ("menurut Suara.com") is asked of their articles alone."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from tanya_csto.corpus.articles import Article
from tanya_csto.language.lexicon import lexicon, pattern
from tanya_csto.language.stems import roots
from tanya_csto.language.terms import stems_of
from tanya_csto.language.thesaurus import Phrase
from tanya_csto.language.tokens import fold, words_of
from tanya_csto.question.concepts import Concept
from tanya_csto.question.parser import Question

Outlets = Mapping[Phrase, Sequence[str]]  # the articles, by id, of each outlet, by the stems of what people call it


def outlets_of(articles: Iterable[Article]) -> Outlets:
    """Return the outlets of some articles."""
    found: dict[Phrase, list[str]] = {}
    for article in articles:
        for name in {stems_of(name) for name in _names(article)}:
            found.setdefault(name, []).append(article.id)
    return found


def with_outlets(question: Question, outlets: Outlets, vocabulary: Container[str]) -> Question:
    """Return a question whose outlets are articles to search, no longer concepts; `vocabulary` are the corpus's words.

    An outlet that the articles speak of is searched for, unless it is named as a source ("menurut Unair"). One that is
    a source and no word of the corpus ("menurut Kompas") leaves no article to search.
    """
    articles: set[str] = set()
    others: list[Concept] = []
    rest = question.concepts
    while rest:
        for width in range(len(rest), 0, -1):
            named = rest[:width]
            found = _articles(named, outlets)
            if found and (_is_source(question, named[0]) or not _is_spoken_of(named, vocabulary)):
                articles.update(found)
                rest = rest[width:]
                break
        else:
            others.append(rest[0])
            rest = rest[1:]
    if not articles and not _names_absent(question, vocabulary):
        return question
    return replace(question, concepts=tuple(others), articles=frozenset(articles))


def _is_source(question: Question, concept: Concept) -> bool:
    """Tell whether a concept stands behind a word that names a source, or behind another source."""
    before = question.text[: concept.span.start]
    return bool(pattern("as_source").search(before))


def _is_spoken_of(concepts: Sequence[Concept], vocabulary: Container[str]) -> bool:
    return all(word in vocabulary for concept in concepts for word in words_of(concept.surface))


def _names_absent(question: Question, vocabulary: Container[str]) -> bool:
    """Tell whether a well-known outlet that is no word of the corpus is named as a source."""
    words, lists = [term.token.norm for term in question.terms], lexicon("question")
    return any(
        before in lists["sourcing"] and word.partition(".")[0] in lists["press"] and word not in vocabulary
        for before, word in pairwise(words)
    )


def _articles(concepts: Sequence[Concept], outlets: Outlets) -> Sequence[str]:
    """Return the articles whose outlet these concepts name; a common word ("suara rakyat") names one as a name."""
    name = tuple(stem for concept in concepts for stem in concept.asked)
    if len(concepts) == 1 and concepts[0].kind == "word" and name[0] in roots():
        return ()
    return outlets.get(name, ())


def _names(article: Article) -> tuple[str, ...]:
    """Return how people name an outlet: "Suara.com", "suara com", "bangkapos", and "CNBC", where that is no word."""
    first, *others = article.outlet.split()
    short = (first,) if others and fold(first) not in roots() else ()
    return article.outlet, article.outlet.replace(".", " "), article.id, article.id.replace("-", " "), *short
