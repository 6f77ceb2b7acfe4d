"""Tables: all that is worked out once over a whole corpus, so that a question reads only the sentences it needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, replace
from itertools import chain, pairwise

import numpy as np

from tanya_csto.corpus.articles import Article
from tanya_csto.corpus.passages import cut_passages, cut_sentences
from tanya_csto.errors import CorpusError
from tanya_csto.language.entities import find_surnames
from tanya_csto.language.terms import analyse
from tanya_csto.question.outlets import outlets_of
from tanya_csto.retrieval.bm25 import LuceneBM25
from tanya_csto.retrieval.matrix import WeightMatrix
from tanya_csto.retrieval.store import Tables


def tabulate(articles: Sequence[Article], watched: Callable[[Sequence[Article]], Iterable[Article]] = iter) -> Tables:
    """Analyse every sentence of the articles, `watched` while they are gone through.

    Sentences, passages and articles are numbered in order. The arrays are `sentences` with a row ``(start, end,
    heading)`` for each; `stems`, the number of the stem of each term of the sentences and then of the titles, and
    `terms`, the first term of each sentence and then of the title of each article; `passages`, the first sentence of
    each, and `articles`, the first passage of each, all three with the end as their last entry; and `indices` and
    `data` of the passages' `WeightMatrix`, to each of which its article's title belongs. A stem has its place in both
    statistics as its number; one that only titles have is held by 0 sentences. The words are `vocabulary`, which counts
    the folded words; `surnames`, the folded last names of people; `outlets`, the articles by what their outlet is
    called; and the statistics of the stems of the `sentences` and of the `passages`.

    Raises:
        CorpusError: there is no word in them.
    """
    sentences: list[tuple[int, int, bool]] = []
    passages: list[int] = [0]
    firsts: list[int] = [0]
    stems: list[list[str]] = []
    titles: list[list[str]] = []
    above: list[list[str]] = []  # the title that each passage stands below
    vocabulary: Counter[str] = Counter()
    surnames: set[str] = set()
    for article in watched(articles):
        title = analyse(article.searched_title)
        titles.append([term.stem for term in title])
        vocabulary.update(term.token.norm for term in title)
        for passage in cut_passages(cut_sentences(article)):
            for sentence in passage.sentences:
                terms = analyse(article.text, sentence.span)
                sentences.append((sentence.span.start, sentence.span.end, sentence.heading))
                stems.append([term.stem for term in terms])
                vocabulary.update(term.token.norm for term in terms)
                surnames.update(find_surnames(article.text, terms))
            passages.append(len(sentences))
            above.append(titles[-1])
        firsts.append(len(passages) - 1)
    if not vocabulary:
        raise CorpusError("corpus-wordless")
    below = zip(above, pairwise(passages), strict=True)
    weights = WeightMatrix.of(LuceneBM25(list(chain(title, *stems[start:end])) for title, (start, end) in below))
    by_sentence = LuceneBM25(stems).statistics
    held = {stem: by_sentence.frequency.get(stem, 0) for stem in weights.terms}
    stems += titles
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
            "sentences": asdict(replace(by_sentence, frequency=held)),
            "passages": asdict(weights.statistics),
        },
    )
