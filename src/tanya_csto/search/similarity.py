"""Similarity: how near in meaning the sentences of the corpus stand to a question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from tanya_csto.reader.networks import Networks
from tanya_csto.search.index import Index
from tanya_csto.search.store import kept_arrays

if TYPE_CHECKING:
    from tanya_csto.reader.encoder import SentenceEncoder

Vectors = NDArray[np.float16]

# e5 puts even unrelated texts at about .75 and the same sentence at 1; the scale spreads what lies between
MIDDLE: Final = 0.85
SPREAD: Final = 0.1


class Similarity:
    """The vectors of all sentences, each read together with the one before it."""

    def __init__(self, vectors: Vectors, encoder: SentenceEncoder) -> None:
        self._vectors = vectors
        self._encoder = encoder

    def of(self, question: str, sentences: Sequence[int]) -> NDArray[np.float64]:
        """Return the similarity of the question with each of the sentences, given by number; about -1 to 1."""
        vectors = self._vectors[np.array(sentences, np.int64)].astype(np.float32)
        cosines = vectors @ self._encoder.embed_question(question)
        return np.asarray((cosines - MIDDLE) / SPREAD, dtype=np.float64)


def vectors_of(index: Index, networks: Networks) -> Vectors:
    """Return the vectors of the sentences of a corpus: those that are kept, or, where there are none, new ones."""
    kept = kept_arrays(index.corpus, kind_of_vectors(networks))
    return embed(index, networks.encoder) if kept is None else kept["vectors"]


def kind_of_vectors(networks: Networks) -> str:
    """Return the kind under which vectors are kept: other weights give other vectors."""
    return f"{networks.version}.vectors"


def embed(index: Index, encoder: SentenceEncoder, watched: Callable[[Sequence[int]], Iterable[int]] = iter) -> Vectors:
    """Return the vectors of all sentences, shape (n, 384), `watched` while they are gone through."""
    vectors = np.empty((index.size, 384), np.float16)
    for number in watched(range(index.size)):
        (vectors[number],) = encoder.embed_passages([_in_context(number, index)])
    return vectors


def _in_context(number: int, index: Index) -> str:
    sentence = index.sentence(number)
    before = index.sentence(number - 1) if number else None
    return f"{before.text} {sentence.text}" if before and before.article is sentence.article else sentence.text
