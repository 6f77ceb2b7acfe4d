"""Terms: the tokens of a text with their stems, the form in which texts are compared."""

from __future__ import annotations

from collections.abc import Iterator
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


def runs_of(phrase: tuple[str, ...], stems: tuple[str, ...]) -> Iterator[range]:
    """Yield the numbers of the stems where those of `phrase` stand next to one another, in order.

    >>> list(runs_of(("kantor", "pusat"), stems_of("Kantor pusat CSTO di Moskow")))
    [range(0, 2)]
    """
    for start, word in enumerate(stems):
        if word == phrase[0] and stems[start : start + len(phrase)] == phrase:
            yield range(start, start + len(phrase))
