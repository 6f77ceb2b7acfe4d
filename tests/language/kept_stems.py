"""Writes the stems of the thesaurus' words, so that no start has to find them: `python -m tests.language.kept_stems`.

A line of `lexicon/stems.txt` holds a stem and the words that have it.
"""

from __future__ import annotations

from pathlib import Path

from tanya_csto.language.lexicon import lexicon
from tanya_csto.language.stems import reduce
from tanya_csto.language.tokens import tokenize

STEMS = Path(__file__).parents[2] / "src" / "tanya_csto" / "language" / "lexicon" / "stems.txt"


def stems_text() -> str:
    """Return the content of the file."""
    words: dict[str, list[str]] = {}
    groups = lexicon("synonyms").values()
    tokens = (token.norm for group in groups for members in group for member in members for token in tokenize(member))
    for word in sorted({norm for norm in tokens if norm.isalpha() and norm.isascii()}):
        words.setdefault(reduce(word), []).append(word)
    return "".join(f"{stem} {' '.join(words[stem])}\n" for stem in sorted(words))


if __name__ == "__main__":
    STEMS.write_text(stems_text(), encoding="ascii")
