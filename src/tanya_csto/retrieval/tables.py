"""Tables: all that is worked out once over a whole corpus, so that a question reads only the sentences it needs."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from itertools import chain, pairwise
from typing import Final, TypeGuard

import numpy as np

from tanya_csto.corpus.articles import Article, Corpus
from tanya_csto.corpus.passages import cut_passages, cut_sentences
from tanya_csto.errors import CorpusError
from tanya_csto.language.entities import find_surnames
from tanya_csto.language.terms import analyse
from tanya_csto.question.outlets import outlets_of
from tanya_csto.retrieval.bm25 import LuceneBM25
from tanya_csto.retrieval.matrix import WeightMatrix
from tanya_csto.retrieval.store import INDEX, Tables, folder_of, kept

_MAX_COUNT: Final = 1 << 53  # above it a float no longer holds every number

_log = logging.getLogger(__name__)


def kept_tables(corpus: Corpus) -> Tables | None:
    """Return what `tabulate` made of a corpus and is kept; None where nothing is, or other words, which is logged."""
    tables = kept(corpus, INDEX)
    if tables is None or _are_words(tables.words, corpus):
        return tables
    facts = {"path": str(folder_of(corpus, INDEX)), "reason": "its words are not those of an index"}
    _log.warning("index unusable", extra={"facts": facts})
    return None


def tabulate(articles: Sequence[Article], watched: Callable[[Sequence[Article]], Iterable[Article]] = iter) -> Tables:
    """Analyse every sentence of the articles, `watched` while they are gone through.

    Sentences, passages and articles are numbered in order. The arrays are `sentences` with a row ``(start, end,
    heading)`` for each; `stems`, the number of the stem of each term, and `terms`, the first term of each sentence;
    `passages`, the first sentence of each, and `articles`, the first passage of each, all three with the end as their
    last entry; and `indices` and `data` of the passages' `WeightMatrix`. A stem has its place in both statistics as its
    number. The words are
    `vocabulary`, which counts the folded words; `surnames`, the folded last names of people; `outlets`, the articles by
    what their outlet is called; and the statistics of the stems of the `sentences` and of the `passages`.

    Raises:
        CorpusError: there is no word in them.
    """
    sentences: list[tuple[int, int, bool]] = []
    passages: list[int] = [0]
    firsts: list[int] = [0]
    stems: list[list[str]] = []
    vocabulary: Counter[str] = Counter()
    surnames: set[str] = set()
    for article in watched(articles):
        for passage in cut_passages(cut_sentences(article)):
            for sentence in passage.sentences:
                terms = analyse(article.text, sentence.span)
                sentences.append((sentence.span.start, sentence.span.end, sentence.heading))
                stems.append([term.stem for term in terms])
                vocabulary.update(term.token.norm for term in terms)
                surnames.update(find_surnames(article.text, terms))
            passages.append(len(sentences))
        firsts.append(len(passages) - 1)
    if not vocabulary:
        raise CorpusError("corpus-wordless")
    by_passage = LuceneBM25(list(chain.from_iterable(stems[start:end])) for start, end in pairwise(passages))
    weights = WeightMatrix.of(by_passage)
    return Tables(
        {
            "sentences": np.array(sentences, np.int32),
            "passages": np.array(passages, np.int32),
            "articles": np.array(firsts, np.int32),
            "stems": np.fromiter((weights.terms[stem] for stem in chain.from_iterable(stems)), np.int32),
            "terms": np.cumsum([0, *map(len, stems)]),
            "indices": weights.indices,
            "data": weights.data,
        },
        {
            "vocabulary": vocabulary,
            "surnames": sorted(surnames),
            "outlets": list(outlets_of(articles).items()),
            "sentences": asdict(LuceneBM25(stems).statistics),
            "passages": asdict(weights.statistics),
        },
    )


def _are_words(value: object, corpus: Corpus) -> bool:
    """Tell whether a value read from JSON has the form of the words that `tabulate` makes."""
    match value:
        case {
            "vocabulary": vocabulary,
            "surnames": surnames,
            "outlets": list(outlets),
            "sentences": sentences,
            "passages": passages,
        }:
            statistics = all(map(_are_statistics, (sentences, passages)))
            return statistics and _are_counts(vocabulary) and _are_texts(surnames) and _are_outlets(outlets, corpus)
    return False


def _are_statistics(value: object) -> bool:
    match value:
        case {"size": int(size), "mean_length": int(mean) | float(mean), "frequency": frequency, **rest}:
            return not rest and 0 < size < _MAX_COUNT and 0 < mean < _MAX_COUNT and _are_counts(frequency)
    return False


def _are_outlets(outlets: Sequence[object], corpus: Corpus) -> bool:
    for outlet in outlets:
        match outlet:
            case [name, articles] if _are_texts(name) and _are_texts(articles) and corpus.keys() >= set(articles):
                continue
        return False
    return True


def _are_counts(value: object) -> bool:
    return isinstance(value, dict) and all(type(count) is int and 0 < count < _MAX_COUNT for count in value.values())


def _are_texts(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)
