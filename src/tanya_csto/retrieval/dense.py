"""Similarity: how near in meaning the sentences of the corpus stand to a question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from tanya_csto.models.networks import Networks
from tanya_csto.retrieval.index import Index
from tanya_csto.retrieval.store import kept_arrays

if TYPE_CHECKING:
    from tanya_csto.models.encoder import SentenceEncoder

Vectors = NDArray[np.float16]

# a cosine of .75 is what training found "none of them" worth; the scale spreads what lies around it
MIDDLE: Final = 0.75
SPREAD: Final = 0.1


class Similarity:
    """The vectors of all sentences, those of a passage read together."""

    def __init__(self, vectors: Vectors, encoder: SentenceEncoder) -> None:
        self._vectors = vectors
        self._encoder = encoder

    def to(self, question: str) -> Callable[[Sequence[int]], NDArray[np.float64]]:
        """Return what tells how similar sentences, given by number, are to the question; about -1 to 1."""
        asked = self._encoder.embed_question(question)

        def of(sentences: Sequence[int]) -> NDArray[np.float64]:
            cosines = self._vectors[np.array(sentences, np.int64)].astype(np.float32) @ asked
            return np.asarray((cosines - MIDDLE) / SPREAD, dtype=np.float64)

        return of


def vectors_of(index: Index, networks: Networks) -> Vectors:
    """Return the vectors of the sentences of a corpus: those that are kept, or, where there are none, new ones."""
    kept = kept_arrays(index.corpus, kind_of_vectors(networks))
    return embed(index, networks.encoder) if kept is None else kept["vectors"]


def kind_of_vectors(networks: Networks) -> str:
    """Return the kind under which vectors are kept: other weights give other vectors."""
    return f"{networks.version}.vectors"


def embed(index: Index, encoder: SentenceEncoder, watched: Callable[[Sequence[int]], Iterable[int]] = iter) -> Vectors:
    """Return the vectors of all sentences, shape (n, 384), `watched` while their passages are gone through."""
    vectors = np.empty((index.size, 384), np.float16)
    for passage in watched(range(index.passages)):
        own = index.sentences_of(passage)
        texts = [index.sentence(number).text for number in index.context_window(passage)]
        vectors[own.start : own.stop] = encoder.embed_sentences(texts)[-len(own) :]
    return vectors
