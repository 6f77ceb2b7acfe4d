"""N-grams: a question as the classifier sees it, its stems and pairs of stems and the letters of its words, hashed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from tanya_csto.language.terms import Term
from tanya_csto.language.tokens import fold

BUCKETS: Final = 2**15
LETTERS: Final = range(2, 6)  # lengths of the letter n-grams

_WORD: Final = re.compile(r"\w+")


def ngrams(text: str, terms: Sequence[Term]) -> Iterator[str]:
    """Yield the stems, the pairs of neighbouring stems, and 2 to 5 letters in a row of each word between < and >.

    Stems tell words apart that look alike, letters see through endings and typing mistakes (fastText: Bojanowski et
    al. 2017, arXiv 1607.04606).
    """
    stems = [term.stem for term in terms]
    yield from stems
    yield from map(" ".join, pairwise(stems))
    for word in _WORD.findall(fold(text)):
        bounded = f"<{word}>"
        for length in LETTERS:
            for start in range(len(bounded) - length + 1):
                yield bounded[start : start + length]


def buckets(text: str, terms: Sequence[Term]) -> NDArray[np.int32]:
    """Return the sorted numbers, below `BUCKETS`, of the buckets that the n-grams of a question fall into.

    Hashing keeps no vocabulary (Weinberger et al. 2009, arXiv 0902.2206).
    """
    return np.array(sorted({crc32(ngram.encode()) % BUCKETS for ngram in ngrams(text, terms)}), np.int32)
