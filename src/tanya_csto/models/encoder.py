"""The sentence encoder: sentences and questions in, vectors out; a question's lies near those of its answers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tanya_csto.models.onnx import load_session
from tanya_csto.models.surface import normalise_question
from tanya_csto.models.tokenizer import BOS, EOS, load_tokenizer

Vectors = NDArray[np.float32]

QUESTION, PASSAGE = "query: ", "passage: "  # what e5 is told before a text
MAX_TOKENS = 254  # tokens of a text; what comes after is not looked at
TOGETHER = 500  # tokens that are read together, at most; e5 knows 512 positions


class SentenceEncoder:
    """multilingual-e5-small (Wang et al. 2024, arXiv 2402.05672), trained further by `training/`; 384 dimensions.

    Sentences that follow one another are read together, and the vector of each is the mean over its own tokens ("late
    chunking", Günther et al. 2024, arXiv 2409.04701).

    >>> encoder = SentenceEncoder(Path(__file__).parent)
    >>> question = encoder.embed_question("Di mana markas CSTO?")
    >>> near, far = encoder.embed_sentences(["Kantor pusat CSTO di Moskow.", "Nasi dimasak dengan santan."]) @ question
    >>> bool(near > far)
    True
    """

    def __init__(self, folder: Path) -> None:
        """Load network and tokenizer from `folder`: every question needs them."""
        self._tokenizer = load_tokenizer(folder)
        self._session = load_session(folder / "encoder.int8.onnx")
        self._prefix = self._tokens(PASSAGE)

    def embed_question(self, question: str) -> Vectors:
        """Return the vector of a question, of unit length, shape (384,)."""
        vector: Vectors = self._embed([], [self._tokens(QUESTION + normalise_question(question))])[0]
        return vector

    def embed_sentences(self, sentences: Sequence[str]) -> Vectors:
        """Return the vectors of sentences that follow one another, each of unit length, shape (n, 384)."""
        groups: list[list[list[int]]] = [[]]
        for tokens in map(self._tokens, sentences):
            if sum(map(len, groups[-1])) + len(tokens) > TOGETHER:
                groups.append([])
            groups[-1].append(tokens)
        return np.concatenate([self._embed(self._prefix, group) for group in groups])

    def _tokens(self, text: str) -> list[int]:
        return self._tokenizer.encode(text)[:MAX_TOKENS]

    def _embed(self, prefix: Sequence[int], texts: Sequence[Sequence[int]]) -> Vectors:
        """Return the vectors of texts read together behind a prefix; a text of no tokens takes in what bounds it."""
        ids = [BOS, *prefix]
        stretches = np.zeros((len(texts), 2 + len(prefix) + sum(map(len, texts))), np.float32)
        for stretch, tokens in zip(stretches, texts, strict=True):
            stretch[len(ids) : len(ids) + max(1, len(tokens))] = 1
            ids += tokens
        (vectors,) = self._session.run(None, {"ids": np.array([[*ids, EOS]]), "stretches": stretches})
        return np.asarray(vectors, dtype=np.float32)
