"""The reader's vocabulary: a part of e5's, in the form of the `tokenizers` library.

Of e5's 250,002 pieces the reader keeps those that occur in training text (as written and in lower case),
short and numeric ones, and then the most probable ones in Latin script, up to a fixed size; the rest would
only fill the file.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from training.encoder import Encoder

META = "\u2581"
SIZE = 42_000
# Each special piece holds a space: no word does, so no text can spell one.
SPECIALS = ("< s >", "< pad >", "< /s >", "< unk >")
UNKNOWN = 3
SHORT = re.compile(r"[0-9]+|[!-~]{1,2}|[\u00a0-\u024f\u2000-\u21ff]")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The kept pieces with their scores, and each one's row in e5's embeddings."""

    pieces: list[str]
    scores: list[float]
    rows: list[int]

    def tokenizer(self) -> Tokenizer:
        """Build the tokenizer: NMT rules and NFKC, words at white space, META before each, Unigram within."""
        tokenizer = Tokenizer(models.Unigram(list(zip(self.pieces, self.scores, strict=True)), UNKNOWN))
        tokenizer.normalizer = normalizers.Sequence([normalizers.Nmt(), normalizers.NFKC()])
        tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
            [
                pre_tokenizers.Split(Regex(r"\s+"), "removed"),
                pre_tokenizers.Metaspace(replacement=META, prepend_scheme="always", split=False),
            ]
        )
        return tokenizer


def whole(encoder: Encoder) -> Vocabulary:
    """Return e5's own vocabulary, special pieces first."""
    rest = [i for i in range(len(encoder.pieces)) if i not in encoder.specials]
    rows = [*encoder.specials, *rest]
    pieces = [*SPECIALS, *(encoder.pieces[i] for i in rest)]
    scores = [0.0] * len(SPECIALS) + [encoder.scores[i] for i in rest]
    return Vocabulary(pieces, scores, rows)


def _latin(piece: str) -> bool:
    letters = piece.lstrip(META)
    return bool(letters) and all(c.isascii() or unicodedata.name(c, "").startswith("LATIN") for c in letters)


def prune(full: Vocabulary, texts: Iterable[str]) -> Vocabulary:
    """Keep the pieces that `texts` need, and fill up to `SIZE`."""
    tokenizer = full.tokenizer()
    keep = set(range(len(SPECIALS)))
    unique = sorted(set(texts))
    for encoding in tokenizer.encode_batch([*unique, *(text.lower() for text in unique)]):
        keep.update(encoding.ids)
    keep.update(i for i, piece in enumerate(full.pieces) if SHORT.fullmatch(piece.lstrip(META)) or piece == META)
    for i in sorted(range(len(SPECIALS), len(full.pieces)), key=lambda i: -full.scores[i]):
        if len(keep) >= SIZE:
            break
        if _latin(full.pieces[i]):
            keep.add(i)
    order = sorted(keep)
    return Vocabulary(*([column[i] for i in order] for column in (full.pieces, full.scores, full.rows)))  # type: ignore[arg-type]
