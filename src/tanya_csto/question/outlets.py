"""Outlets: a question that names some ("menurut Suara.com") is asked of their articles alone."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from tanya_csto.corpus.articles import Article
from tanya_csto.language.lexicon import lexicon
from tanya_csto.language.stems import roots
from tanya_csto.language.terms import stems_of
from tanya_csto.language.thesaurus import Phrase
from tanya_csto.language.tokens import fold
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


def with_outlets(question: Question, outlets: Outlets) -> Question:
    """Return a question whose outlets are articles to search, no longer concepts."""
    articles: set[str] = set()
    others: list[Concept] = []
    rest = question.concepts
    while rest:
        for width in range(len(rest), 0, -1):
            if found := _articles(rest[:width], outlets):
                articles.update(found)
                rest = rest[width:]
                break
        else:
            others.append(rest[0])
            rest = rest[1:]
    return replace(question, concepts=tuple(others), articles=frozenset(articles)) if articles else question


def names_absent_outlet(question: Question, vocabulary: Container[str]) -> bool:
    """Tell whether a question asks what an outlet says ("menurut Kompas") that is no word of the corpus."""
    return question.articles is None and any(
        before.token.norm in ("menurut", "versi") and _is_press(word) and word not in vocabulary
        for before, term in pairwise(question.terms)
        for word in [term.token.norm]
    )


def _is_press(word: str) -> bool:
    return word.partition(".")[0] in lexicon("question")["press"]


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
