"""The tokenizer, which all networks share: text in, the ids of its pieces out."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sentencepiece import SentencePieceProcessor

from tanya_csto.text.spans import Span

FILE = "tokenizer.model"
BOS, PAD, EOS = 0, 1, 2  # ids that no text has


class Tokenizer:
    """42,000 pieces of a Unigram model (Kudo 2018, arXiv 1804.10959), over text that is brought to NFKC."""

    def __init__(self, file: Path) -> None:
        self._model = SentencePieceProcessor(model_file=str(file))

    def __len__(self) -> int:
        return len(self._model)

    def encode(self, text: str) -> list[int]:
        """Return the ids of the pieces of `text`."""
        ids: list[int] = self._model.encode(text)
        return ids

    def encode_spans(self, text: str) -> tuple[list[int], list[Span]]:
        """Return the ids of the pieces of `text`, and the span of each in it, without the space that goes before."""
        mapping = self._model.encode(text, return_type="offset_mapping")
        return mapping["ids"], [Span(*offsets).stripped(text) for offsets in mapping["offsets"]]


@cache
def load_tokenizer(folder: Path) -> Tokenizer:
    """Return the tokenizer in `folder`."""
    return Tokenizer(folder / FILE)
