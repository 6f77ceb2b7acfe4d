"""Terms: the tokens of a text with their stems, the form in which texts are compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tanya_csto.language.stems import stem
from tanya_csto.language.tokens import Token, tokenize
from tanya_csto.text.spans import Span


@dataclass(frozen=True, slots=True)
class Term:
    """A token and its stem."""

    token: Token
    stem: str

    @property
    def span(self) -> Span:
        """Where the token stands."""
        return self.token.span


def analyse(text: str, within: Span | None = None) -> tuple[Term, ...]:
    """Return the terms of `text` (inside `within`, where given) in order."""
    return tuple(Term(token, stem(token.norm)) for token in tokenize(text, within))


def stems_of(phrase: str) -> tuple[str, ...]:
    """Return the stems of a phrase.

    >>> stems_of("kantor pusatnya")
    ('kantor', 'pusat')
    """
    return tuple(term.stem for term in analyse(phrase))


def find_phrase(phrase: Sequence[str], terms: Sequence[Term]) -> Span | None:
    """Return where the stems of `phrase` first stand next to one another in `terms`, or None."""
    width = len(phrase)
    for start in range(len(terms) - width + 1):
        if all(terms[start + offset].stem == wanted for offset, wanted in enumerate(phrase)):
            return Span(terms[start].span.start, terms[start + width - 1].span.end)
    return None
