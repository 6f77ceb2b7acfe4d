"""Terms: the tokens of a text with their stems, the form in which texts are compared."""

from __future__ import annotations

from collections.abc import KeysView, Sequence
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


class PhraseFinder:
    """Finds phrases of stems in one text: where the stems of a phrase stand next to one another.

    >>> text = "Kantor pusat CSTO di Moskow"
    >>> PhraseFinder(analyse(text)).find(("kantor", "pusat"))
    (Span(start=0, end=12),)
    """

    def __init__(self, terms: Sequence[Term]) -> None:
        self._terms = terms
        self._places: dict[str, list[int]] = {}
        for position, term in enumerate(terms):
            self._places.setdefault(term.stem, []).append(position)

    @property
    def stems(self) -> KeysView[str]:
        """The stems of the text."""
        return self._places.keys()

    def find(self, phrase: Sequence[str]) -> tuple[Span, ...]:
        """Return the places where `phrase` stands, in order."""
        places = self._places.get(phrase[0], ())
        if len(phrase) == 1:
            return tuple(self._terms[place].span for place in places)
        runs = (self._terms[start : start + len(phrase)] for start in places)
        return tuple(
            Span(run[0].span.start, run[-1].span.end) for run in runs if [term.stem for term in run] == list(phrase)
        )
