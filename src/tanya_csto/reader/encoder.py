"""The sentence encoder: a text in, a vector out that lies near the vectors of texts that mean the same."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from tanya_csto.reader.reader import BOS, EOS
from tanya_csto.reader.session import load_session

Vectors = NDArray[np.float32]

LONGEST = 254  # tokens; what comes after is not looked at


class SentenceEncoder:
    """multilingual-e5-small (Wang et al. 2024, arXiv 2402.05672): mean-pooled, 384 dimensions, unit length.

    >>> encoder = SentenceEncoder.load()
    >>> question = encoder.embed_question("Di mana markas CSTO?")
    >>> near, far = encoder.embed_passages(["Kantor pusat CSTO di Moskow.", "Nasi dimasak dengan santan."]) @ question
    >>> bool(near > far)
    True
    """

    def __init__(self, tokenizer: Tokenizer, session: onnxruntime.InferenceSession) -> None:
        self._tokenizer = tokenizer
        self._session = session

    @classmethod
    def load(cls, folder: Path | None = None, threads: int = 1) -> SentenceEncoder:
        """Load model and tokenizer from `folder`; by default those that come with the package."""
        folder = folder or Path(__file__).parent
        session = load_session(folder / "encoder.int8.onnx", threads)
        return cls(Tokenizer.from_file(str(folder / "tokenizer.json")), session)

    def embed_question(self, question: str) -> Vectors:
        """Return the vector of a question, shape (384,)."""
        return self._embed(f"query: {question}")

    def embed_passages(self, passages: Sequence[str]) -> Vectors:
        """Return the vectors of passages, shape (n, 384)."""
        return np.stack([self._embed(f"passage: {passage}") for passage in passages])

    def _embed(self, text: str) -> Vectors:
        ids = np.array([[BOS, *self._tokenizer.encode(text).ids[:LONGEST], EOS]])
        (vectors,) = self._session.run(None, {"ids": ids, "mask": np.ones_like(ids)})
        return np.asarray(vectors[0], dtype=np.float32)
