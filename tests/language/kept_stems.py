"""Writes the stems of the thesaurus' words, so that no start has to find them: `python -m tests.language.kept_stems`.

A line of `lexicon/stems.txt` holds a stem and the words that have it.
"""

from __future__ import annotations

from pathlib import Path

from tanya_csto.language.lexicon import synonym_groups
from tanya_csto.language.stems import reduce

STEMS = Path(__file__).parents[2] / "src" / "tanya_csto" / "language" / "lexicon" / "stems.txt"


def stems_text() -> str:
    """Return the content of the file."""
    words: dict[str, list[str]] = {}
    phrases = (phrase for name in ("synonyms", "synonyms-loose") for group in synonym_groups(name) for phrase in group)
    for word in sorted({word for phrase in phrases for word in phrase.split() if word.isalpha() and word.isascii()}):
        words.setdefault(reduce(word), []).append(word)
    return "".join(f"{stem} {' '.join(words[stem])}\n" for stem in sorted(words))


if __name__ == "__main__":
    STEMS.write_text(stems_text(), encoding="ascii")
