"""Entities: the dates, quantities, people, places and organisations that a sentence names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from tanya_csto.language.lexicon import lexicon, pattern
from tanya_csto.language.names import Name, longest_name, name_index
from tanya_csto.language.stems import roots, stem
from tanya_csto.language.terms import Term
from tanya_csto.text.spans import Span

EntityKind = Literal["date", "number", "person", "place", "org", "other"]

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
    dates = [Entity(Span(*found.span()), "date") for found in pattern("date").finditer(text, within.start, within.end)]
    numbers = (Entity(span, "number") for span in _numbers(text, within))
    figures = [*dates, *(number for number in numbers if not _inside(number.span, dates))]
    runs = _named(text, terms, surnames)
    named = (Entity(Span(run[0].span.start, run[-1].span.end), kind) for run, kind in runs)
    return tuple(sorted([*figures, *(entity for entity in named if not _inside(entity.span, figures))]))


def in_row(left: Span, right: Span, text: str) -> bool:
    """Tell whether two spans are neighbours in a list ("Rusia, Armenia, dan Belarus")."""
    return bool(pattern("joins").fullmatch(text[left.end : right.start]))


def find_surnames(text: str, terms: Sequence[Term]) -> Iterator[str]:
    """Yield the folded last words of the names that `text` introduces by a role ("Presiden Rusia Vladimir Putin")."""
    return (run[-1].token.norm for run, kind in _named(text, terms) if kind == "person")


def _numbers(text: str, within: Span) -> Iterator[Span]:
    """Yield the quantities: numbers with the noun that they count ("25 ribu tentara", "Pasal 51")."""
    for match in pattern("number").finditer(text, within.start, within.end):
        counted = match["counted"]
        is_verb = counted and counted.startswith(("me", "di")) and stem(counted) != counted  # "511 memiliki"
        counts_nothing = is_verb or (counted and match.group().startswith("Rp"))
        yield Span(match.start(), match.start("counted") - 1 if counts_nothing else match.end())


def _named(
    text: str, terms: Sequence[Term], surnames: frozenset[str] = frozenset()
) -> Iterator[tuple[Sequence[Term], EntityKind]]:
    """Yield the words of each name in order, and its kind."""
    terms = _without_degrees(text, terms)
    position = 0
    while position < len(terms):
        name, width = _known_name(terms, position)
        width = width or _run_width(text, terms, position)
        if width:
            end = position + width
            run, before = terms[position:end], terms[max(0, position - _LOOK_BACK) : position]
            known: EntityKind = "org" if name and name.kind == "organisation" else "place"
            yield run, known if name else _kind(run, before, surnames, _is_before_name(text, terms, end))
        position += max(width, 1)


def _without_degrees(text: str, terms: Sequence[Term]) -> Sequence[Term]:
    """Return the terms but for those of degrees, which look like names of their own."""
    if not terms:
        return terms
    window = terms[0].span.start, terms[-1].span.end
    degrees = [Span(*found.span()) for found in pattern("degree").finditer(text, *window)]
    return [term for term in terms if not any(map(term.span.overlaps, degrees))] if degrees else terms


def _is_before_name(text: str, terms: Sequence[Term], end: int) -> bool:
    """Tell whether the words before `end` are followed by a comma and a name."""
    named = end < len(terms) and terms[end].token.is_capitalised
    return named and text[terms[end - 1].span.end : terms[end].span.start] == ", "


def _kind(run: Sequence[Term], before: Sequence[Term], surnames: frozenset[str], is_before_name: bool) -> EntityKind:
    """Return the kind of a name that is not in the gazetteer, by its words and by those around it."""
    words = lexicon("entities")
    head, last = run[0].token, [term.token.norm for term in before[-2:]]
    acronym = len(run) == 1 and len(head.surface) > 1 and head.surface.isupper()
    sourced = last and last[0 if last[1:] == ["dari"] else -1] in words["media"]
    is_organisation = acronym or "." in head.norm or head.norm in words["organisations"] or sourced
    if last and last[-1] in words["seats"]:  # "Bupati Bima tiba", "Bupati Deli Serdang, Ali", but "Bupati Rita Widya"
        is_place = len(run) == 1 or is_before_name
    else:
        is_place = len(run) > 1 and head.norm in words["places"]
    addressed = last and last[-1] in words["honorifics"]
    introduced = addressed or (all(map(_is_foreign, run)) and _has_role(before))
    if (introduced and not is_organisation and not is_place) or run[-1].token.norm in surnames:
        return "person"
    if is_organisation:
        return "org"
    return "place" if is_place or (last and last[-1] in ("di", "ke", "dari")) else "other"


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
        if not (width and _is_initial(term)) and not _may_be_name(term, first=start + width == 0):
            break
        if _ends_role(terms, start + width) or (width and not _continues(terms[start + width - 1], term, text)):
            break
        heads_organisation = terms[start].token.norm in lexicon("entities")["organisations"]
        if width and not heads_organisation and _known_name(terms, start + width)[0] is not None:
            break
        width += 1
    return width


def _continues(before: Term, term: Term, text: str) -> bool:
    """Tell whether a word may belong to the same name as the one before it: "M. Yamin", "Kec. Wera"."""
    between = text[before.span.end : term.span.start]
    initial = _is_initial(before) and before.token.surface not in "IVX"  # "Perang Dunia I. Setelah itu"
    shortened = initial or before.token.norm in lexicon("entities")["shortened"]
    return between in (" ", "\u00a0", "-") or (shortened and between == ". ")


def _ends_role(terms: Sequence[Term], position: int) -> bool:
    """Tell whether a word is the second one of a role: "Wali Kota"."""
    words = (term.token.norm for term in terms[max(0, position - 1) : position + 1])
    return " ".join(words) in lexicon("entities")["long_roles"]


def _is_initial(term: Term) -> bool:
    return len(term.token.surface) == 1 and term.token.is_capitalised


def _may_be_name(term: Term, first: bool) -> bool:
    token, words = term.token, lexicon("entities")
    if "." in token.norm and not token.is_number:
        return True
    if not token.is_capitalised or token.surface in words["common"]:
        return False
    if any(token.norm in words[name] for name in ("roles", "honorifics", "never")):
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


def _inside(span: Span, entities: Iterable[Entity]) -> bool:
    return any(entity.span.overlaps(span) for entity in entities)
