"""Near-duplicates: articles that share most of their sentences, as a corrected version does with the one before it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from tanya_csto.corpus.articles import Article, Corpus

MIN_WORDS: Final = 5  # of a sentence that tells two articles apart from any other two
MIN_SHARED: Final = 2  # sentences
MIN_SHARE: Final = 0.5  # of the sentences of the shorter article
MAX_HOLDERS: Final = 20  # articles; what more of them say is no sign of a copy

_END: Final = re.compile(r"[.!?]+(?:\s|$)|\n")


def near_duplicates(corpus: Corpus) -> Iterator[tuple[str, str, int, int]]:
    """Yield the ids of two articles, in the order of the corpus, that have most of their sentences in common.

    Behind them stands how many they share of how many of the shorter one.
    """
    sizes: list[int] = []
    holders: dict[str, list[int]] = {}
    for number, article in enumerate(corpus.articles):
        sentences = _sentences(article)
        sizes.append(len(sentences))
        shared: Counter[int] = Counter()
        for sentence in sentences:
            held = holders.setdefault(sentence, [])
            if len(held) < MAX_HOLDERS:
                shared.update(held)
            held.append(number)
        for other, count in sorted(shared.items()):
            least = min(sizes[other], sizes[number])
            if count >= MIN_SHARED and count >= MIN_SHARE * least:
                yield corpus.articles[other].id, article.id, count, least


def _sentences(article: Article) -> set[str]:
    """Return the sentences of an article, folded, that are long enough to be its own."""
    found = (_END.split(part.of(article.text).casefold()) for part in article.content)
    folded = (sentence.split() for sentences in found for sentence in sentences)
    return {" ".join(words) for words in folded if len(words) >= MIN_WORDS}
