"""Similarity: how near in meaning each sentence of the corpus stands to a question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from tanya_csto.search.index import Index, Unit

if TYPE_CHECKING:
    from tanya_csto.reader.encoder import SentenceEncoder

# e5 puts even unrelated texts at about .75 and the same sentence at 1; the scale spreads what lies between
MIDDLE: Final = 0.85
SPREAD: Final = 0.1


class Similarity:
    """The vectors of all sentences, each read together with the one before it."""

    def __init__(self, index: Index, encoder: SentenceEncoder) -> None:
        self._encoder = encoder
        self._vectors = encoder.embed_passages([_in_context(unit, index) for unit in index.units])

    def of(self, question: str) -> NDArray[np.float64]:
        """Return the similarity of the question with each sentence, by the sentence's number; about -1 to 1."""
        cosines = self._vectors @ self._encoder.embed_question(question)
        return np.asarray((cosines - MIDDLE) / SPREAD, dtype=np.float64)


def _in_context(unit: Unit, index: Index) -> str:
    before = index.neighbour(unit, -1)
    return f"{before.sentence.text} {unit.sentence.text}" if before else unit.sentence.text
