"""Similarity: how near in meaning the sentences of the corpus stand to a question."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from tanya_csto.corpus.files import shipped
from tanya_csto.models.networks import Networks
from tanya_csto.retrieval.index import Index
from tanya_csto.retrieval.store import Tables, kept

if TYPE_CHECKING:
    from tanya_csto.models.encoder import SentenceEncoder

Vectors = NDArray[np.float16]

# a cosine of .75 is what training found "none of them" worth; the scale spreads what lies around it
MIDDLE: Final = 0.75
SPREAD: Final = 0.1

VECTORS: Final = "vectors"  # the array, and the folder beside the built-in articles that has it


class SentenceVectors:
    """The vectors of all sentences of an index, shape (n, 384), and the encoder that made them."""

    def __init__(self, vectors: Vectors, encoder: SentenceEncoder) -> None:
        self._vectors = vectors
        self._encoder = encoder

    def similarity_to(self, question: str) -> Callable[[Sequence[int]], list[float]]:
        """Return what says how similar sentences, given by number, are to a question; about -3 to 2."""
        vector = self._encoder.embed_question(question)

        def similarities(sentences: Sequence[int]) -> list[float]:
            cosines = self._vectors[np.array(sentences, np.int64)].astype(np.float32) @ vector
            similar: list[float] = ((cosines - MIDDLE) / SPREAD).tolist()
            return similar

        return similarities


def vectors_of(index: Index, networks: Networks) -> Vectors:
    """Return the vectors of the sentences of a corpus: those that are kept or shipped, or, where none are, new ones."""
    found = kept(index.corpus, kind_of_vectors(networks)) or Tables.read(_shipped(), _read(index, networks))
    return found.arrays[VECTORS] if found else embed(index, networks.encoder)


def ship(index: Index, networks: Networks) -> None:
    """Write the vectors of the built-in corpus beside its articles, so that no start has to find them anew."""
    Tables({VECTORS: embed(index, networks.encoder)}).write(_shipped(), _read(index, networks))


def kind_of_vectors(networks: Networks) -> str:
    """Return the kind under which vectors are kept: other weights give other vectors."""
    return f"{networks.version}.{VECTORS}"


def _shipped() -> Path:
    return shipped("corpus") / VECTORS


def _read(index: Index, networks: Networks) -> str:
    """Return a digest of the networks and of all that the encoder reads to make the vectors."""
    windows = map(index.window_texts, range(index.passages))
    return blake2b(json.dumps([networks.version, *windows]).encode(), digest_size=16).hexdigest()


def embed(index: Index, encoder: SentenceEncoder, watched: Callable[[Sequence[int]], Iterable[int]] = iter) -> Vectors:
    """Return the vectors of all sentences, shape (n, 384), `watched` while their passages are gone through."""
    vectors = np.empty((index.size, 384), np.float16)
    for passage in watched(range(index.passages)):
        own = index.sentences_of(passage)
        vectors[own.start : own.stop] = encoder.embed_sentences(index.window_texts(passage))[-len(own) :]
    return vectors
