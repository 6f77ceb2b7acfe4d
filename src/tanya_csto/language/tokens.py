"""Tokens: the words and numbers of a text, each with the span it came from."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from tanya_csto.text.spans import Span

_TOKEN: Final = re.compile(
    r"\d+(?:[.,]\d+)*"  # 3.600  1,5; the parts of 25/2/2022 are tokens of their own
    r"|(?:[^\W\d_]+(?:\.[a-z]+)+|[A-Z]+(?:\.[A-Z]+)+)(?=[\s,;:!?)\]\"'”’.-]|$)"  # id.rbth.com; not "rusia.Kini"
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number: where it stands, how it is typed, and `norm`, its folded form ("Türkiye": "turkiye")."""

    span: Span
    surface: str
    norm: str

    @property
    def is_number(self) -> bool:
        """Tell whether the token is written in digits."""
        return self.norm[0].isdigit()

    @property
    def is_capitalised(self) -> bool:
        """Tell whether the token starts with a capital, as a name does."""
        return self.surface[0].isupper()


def fold(word: str) -> str:
    """Fold case, accents and compatibility forms away: the form under which two spellings are the same word."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.replace("’", "'"))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


def tokenize(text: str, within: Span | None = None) -> tuple[Token, ...]:
    """Return the tokens of `text` (inside `within`, where given) in order; hyphens and all other signs separate them.

    >>> [token.norm for token in tokenize("Belarus,Armenia: 3.600 orang (id.rbth.com), 25/2/2022.")]
    ['belarus', 'armenia', '3.600', 'orang', 'id.rbth.com', '25', '2', '2022']
    """
    window = within or Span(0, len(text))
    found = (
        Token(Span(*match.span()), match.group(), fold(match.group()))
        for match in _TOKEN.finditer(text, window.start, window.end)
    )
    return tuple(token for token in found if token.norm)  # nothing is left of a sound mark that stands alone


def words_of(text: str) -> tuple[str, ...]:
    """Return the folded forms of the tokens of `text`, for whom it does not matter where they stand."""
    return tuple(filter(None, map(fold, _TOKEN.findall(text))))
