"""Tables: all that is worked out once over a whole corpus, so that a question reads only the sentences it needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

import numpy as np

from tanya_csto.corpus.articles import Article
from tanya_csto.corpus.passages import cut_passages, cut_sentences
from tanya_csto.language.entities import find_surnames
from tanya_csto.language.stems import roots
from tanya_csto.language.terms import analyse, stems_of
from tanya_csto.language.thesaurus import Phrase
from tanya_csto.language.tokens import fold
from tanya_csto.retrieval.bm25 import LuceneBM25, Statistics
from tanya_csto.retrieval.postings import Numbers, Postings


@dataclass(frozen=True)
class Tables:
    """Where the sentences, passages and articles of a corpus begin, and what BM25 knows of them.

    Sentences, passages and articles are numbered in order. `sentences` holds a row ``(start, end, heading)`` for each
    sentence; `passages` the first sentence of each passage and `articles` the first passage of each article, both with
    the end as their last entry. `vocabulary` counts the folded words, `surnames` are the folded last names of people,
    `outlets` the articles by the stems of what their outlet is called, and `postings` those of the passages' stems.
    """

    sentences: Numbers
    passages: Numbers
    articles: Numbers
    vocabulary: Mapping[str, int]
    surnames: frozenset[str]
    outlets: Mapping[Phrase, Sequence[int]]
    sentence_stems: Statistics
    passage_stems: Statistics
    postings: Postings

    @classmethod
    def of(
        cls, articles: Sequence[Article], watched: Callable[[Sequence[Article]], Iterable[Article]] = iter
    ) -> Tables:
        """Analyse every sentence of the articles, `watched` while they are gone through.

        Raises:
            ValueError: there is no word in them.
        """
        rows: list[tuple[int, int, bool]] = []
        passages: list[int] = [0]
        firsts: list[int] = [0]
        stems: list[list[str]] = []
        vocabulary: Counter[str] = Counter()
        surnames: set[str] = set()
        for article in watched(articles):
            for passage in cut_passages(cut_sentences(article)):
                for sentence in passage.sentences:
                    terms = analyse(article.text, sentence.span)
                    rows.append((sentence.span.start, sentence.span.end, sentence.heading))
                    stems.append([term.stem for term in terms])
                    vocabulary.update(term.token.norm for term in terms)
                    surnames.update(find_surnames(article.text, terms))
                passages.append(len(rows))
            firsts.append(len(passages) - 1)
        by_passage = LuceneBM25(list(chain.from_iterable(stems[start:end])) for start, end in pairwise(passages))
        return cls(
            np.array(rows, np.int32),
            np.array(passages, np.int32),
            np.array(firsts, np.int32),
            vocabulary,
            frozenset(surnames),
            _outlets(articles),
            LuceneBM25(stems).statistics,
            by_passage.statistics,
            Postings.of(by_passage),
        )


def _outlets(articles: Sequence[Article]) -> dict[Phrase, list[int]]:
    found: dict[Phrase, list[int]] = {}
    for number, article in enumerate(articles):
        for name in {stems_of(name) for name in _outlet_names(article)}:
            found.setdefault(name, []).append(number)
    return found


def _outlet_names(article: Article) -> tuple[str, ...]:
    """Return how people name an outlet: "Suara.com", "suara com", "bangkapos", and "CNBC", where that is no word."""
    first, *others = article.outlet.split()
    short = (first,) if others and fold(first) not in roots() else ()
    return article.outlet, article.outlet.replace(".", " "), article.id, article.id.replace("-", " "), *short
