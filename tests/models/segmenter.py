"""A reference segmenter: Unigram tokenisation in plain Python, to test the tokenizer against.

Kudo 2018, "Subword Regularization" (arXiv 1804.10959), section 3.1: the most probable segmentation by
Viterbi.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from sentencepiece import SentencePieceProcessor

from tanya_csto.models import tokenizer

META = "\u2581"
UNKNOWN = 3
UNKNOWN_PENALTY = 10.0
# NMT rules of SentencePiece: these control characters vanish, those blanks become a space.
REMOVED = {*range(0x01, 0x09), 0x0B, *range(0x0E, 0x20), 0x7F, 0x8F, 0x9F}
BLANKS = {0x09, 0x0A, 0x0C, 0x0D, 0x1680, *range(0x200B, 0x2010), 0x2028, 0x2029, 0x2581, 0xFEFF, 0xFFFD}


def normalise(text: str) -> str:
    """Apply the NMT rules, then NFKC."""
    ruled = "".join(" " if ord(c) in BLANKS else c for c in text if ord(c) not in REMOVED)
    return unicodedata.normalize("NFKC", ruled)


@cache
def pieces() -> list[tuple[str, float]]:
    """Return the pieces of the tokenizer, in the order of their ids, and their log-probabilities."""
    path = Path(tokenizer.__file__).parent / tokenizer.FILE
    model = SentencePieceProcessor(model_file=str(path))
    return [(model.id_to_piece(number), model.get_score(number)) for number in range(len(model))]


def words_of(ids: Sequence[int]) -> str:
    """Return the text whose pieces have these ids."""
    return "".join(pieces()[number][0] for number in ids).replace(META, " ").strip()


class Segmenter:
    """Segments text into the ids of the pieces."""

    def __init__(self) -> None:
        self.ids = {piece: number for number, (piece, _) in enumerate(pieces()) if number > UNKNOWN}
        self.scores = [score for _, score in pieces()]
        self.unknown_score = min(self.scores) - UNKNOWN_PENALTY
        self.longest = max(map(len, self.ids))

    def word(self, word: str) -> list[int]:
        """Segment one word with its META; neighbouring unknown characters make one unknown id."""
        best: list[tuple[float, int, int]] = [(0.0, 0, -1)]
        for end in range(1, len(word) + 1):
            options = [(best[end - 1][0] + self.unknown_score, end - 1, UNKNOWN)]
            for start in range(max(0, end - self.longest), end):
                piece = self.ids.get(word[start:end])
                if piece is not None:
                    options.append((best[start][0] + self.scores[piece], start, piece))
            best.append(max(options, key=lambda option: option[0]))
        ids: list[int] = []
        at = len(word)
        while at:
            _, at, piece = best[at]
            if not (piece == UNKNOWN and ids and ids[-1] == UNKNOWN):
                ids.append(piece)
        return ids[::-1]

    def __call__(self, text: str) -> list[int]:
        return [number for word in normalise(text).split() for number in self.word(META + word)]
