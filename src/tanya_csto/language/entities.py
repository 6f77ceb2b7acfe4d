"""Entities: the dates, quantities, people, places and organisations that a sentence names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from tanya_csto.language.lexicon import lexicon, pattern
from tanya_csto.language.names import Name, longest_name, name_index
from tanya_csto.language.stems import roots, stem
from tanya_csto.language.terms import Term
from tanya_csto.text.spans import Span

EntityKind = Literal["date", "number", "person", "place", "org", "other"]

YEAR: Final = re.compile(r"\b(?:1[0-9]|20)[0-9]{2}\b")
_LOOK_BACK: Final = 9  # tokens between a role and the name it introduces


@dataclass(frozen=True, slots=True, order=True)
class Entity:
    """Something that a text names: where, and of which kind."""

    span: Span
    kind: EntityKind


def find_entities(
    text: str, within: Span, terms: Sequence[Term], surnames: frozenset[str] = frozenset()
) -> tuple[Entity, ...]:
    """Return the entities of one sentence, in order; `surnames` are the folded last names of known people."""
    dates = [Entity(span, "date") for span in find_dates(text, within)]
    numbers = [Entity(span, "number") for span in find_numbers(text, within) if not _inside(span, dates)]
    named = [Entity(run.span, run.kind(surnames)) for run in _runs(text, terms)]
    figures = [*dates, *numbers]
    return tuple(sorted([*figures, *(entity for entity in named if not _inside(entity.span, figures))]))


def find_dates(text: str, within: Span) -> Iterator[Span]:
    """Yield the dates, years and periods that `text` names inside `within`."""
    for match in pattern("date").finditer(text, within.start, within.end):
        yield Span(*match.span())


def find_numbers(text: str, within: Span) -> Iterator[Span]:
    """Yield the quantities: numbers with the noun that they count ("25 ribu tentara", "Pasal 51")."""
    for match in pattern("number").finditer(text, within.start, within.end):
        counted = match["counted"]
        yield Span(match.start(), match.start("counted") - 1 if counted and _is_verb(counted) else match.end())


def find_surnames(text: str, terms: Sequence[Term]) -> Iterator[str]:
    """Yield the folded last words of the names that `text` introduces by a role ("Presiden Rusia Vladimir Putin")."""
    for run in _runs(text, terms):
        if run.introduced:
            yield run.terms[-1].token.norm


@dataclass(frozen=True, slots=True)
class _Run:
    """Neighbouring words that make one name, and what stands in front of it."""

    terms: tuple[Term, ...]
    before: tuple[Term, ...]
    name: Name | None

    @property
    def span(self) -> Span:
        return Span(self.terms[0].span.start, self.terms[-1].span.end)

    @property
    def introduced(self) -> bool:
        """Whether a role in front makes this a person's name."""
        return (
            self.name is None
            and not self._is_organisation()
            and all(map(_is_foreign, self.terms))
            and _has_role(self.before)
        )

    def kind(self, surnames: frozenset[str]) -> EntityKind:
        if self.name is not None:
            return "org" if self.name.kind == "organisation" else "place"
        if self.introduced or self.terms[-1].token.norm in surnames:
            return "person"
        if self._is_organisation():
            return "org"
        if self.before and self.before[-1].token.norm in ("di", "ke", "dari"):
            return "place"
        return "other"

    def _is_organisation(self) -> bool:
        words = lexicon("entities")
        head, last = self.terms[0].token, self.before[-1].token.norm if self.before else ""
        acronym = len(self.terms) == 1 and len(head.surface) > 1 and head.surface.isupper()
        sourced = last in words["media"] or (
            last == "dari" and len(self.before) > 1 and self.before[-2].token.norm in words["media"]
        )
        return acronym or "." in head.norm or head.norm in words["organisations"] or sourced


def _runs(text: str, terms: Sequence[Term]) -> Iterator[_Run]:
    position = 0
    while position < len(terms):
        name, width = _known_name(terms, position)
        if name is None:
            width = _run_width(text, terms, position)
        if width:
            yield _Run(
                tuple(terms[position : position + width]), tuple(terms[max(0, position - _LOOK_BACK) : position]), name
            )
        position += max(width, 1)


def _known_name(terms: Sequence[Term], start: int) -> tuple[Name | None, int]:
    if not terms[start].token.is_capitalised:
        return None, 0
    for width in range(min(longest_name(), len(terms) - start), 0, -1):
        window = terms[start : start + width]
        found = name_index().get(tuple(term.token.norm for term in window))
        if found and all(term.token.is_capitalised for term in window):
            return found[0], width
    return None, 0


def _run_width(text: str, terms: Sequence[Term], start: int) -> int:
    """Return how many terms from `start` on make one capitalised name; 0 where none begins there."""
    width = 0
    while start + width < len(terms):
        term = terms[start + width]
        if not _may_be_name(term, first=start + width == 0):
            break
        if width and text[terms[start + width - 1].span.end : term.span.start] not in (" ", "\u00a0", "-"):
            break
        heads_organisation = terms[start].token.norm in lexicon("entities")["organisations"]
        if width and not heads_organisation and _known_name(terms, start + width)[0] is not None:
            break
        width += 1
    return width


def _may_be_name(term: Term, first: bool) -> bool:
    token = term.token
    words = lexicon("entities")
    if "." in token.norm and not token.is_number:
        return True
    if not token.is_capitalised or token.norm in words["roles"] or token.surface in words["common"]:
        return False
    if token.norm in words["never"]:
        return False
    return not first or _is_foreign(term) or token.norm in words["organisations"]


def _is_foreign(term: Term) -> bool:
    return term.token.norm not in roots() and term.stem not in roots()


def _has_role(before: Sequence[Term]) -> bool:
    words = lexicon("entities")
    for term in reversed(before):
        if term.token.norm in words["roles"] or term.token.norm in words["titles"]:
            return True
        if not term.token.is_capitalised and term.token.norm not in words["role_links"]:
            return False
    return False


def _is_verb(word: str) -> bool:
    """Tell whether a word is a verb by its prefix, and so nothing that is counted ("511 memiliki")."""
    return word.startswith(("me", "di")) and stem(word) != word


def _inside(span: Span, entities: Iterable[Entity]) -> bool:
    return any(entity.span.overlaps(span) for entity in entities)
