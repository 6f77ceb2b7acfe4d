"""Terms: the tokens of a text with their stems, the form in which texts are compared."""

from __future__ import annotations

from collections.abc import KeysView
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
    """Finds phrases of stems among the stems of one text: where those of a phrase stand next to one another.

    >>> PhraseFinder(stems_of("Kantor pusat CSTO di Moskow")).find(("kantor", "pusat"))
    (range(0, 2),)
    """

    def __init__(self, stems: tuple[str, ...]) -> None:
        self._stems = stems
        self._places: dict[str, list[int]] = {}
        for position, word in enumerate(stems):
            self._places.setdefault(word, []).append(position)

    @property
    def stems(self) -> KeysView[str]:
        """The stems of the text."""
        return self._places.keys()

    def find(self, phrase: tuple[str, ...]) -> tuple[range, ...]:
        """Return the numbers of the stems where `phrase` stands, in order."""
        runs = (range(start, start + len(phrase)) for start in self._places.get(phrase[0], ()))
        return tuple(run for run in runs if self._stems[run.start : run.stop] == phrase)
