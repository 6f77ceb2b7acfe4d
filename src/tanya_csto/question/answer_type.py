"""The answer type: what sort of thing would answer a question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Final, Literal, get_args

from tanya_csto.language.entities import EntityKind
from tanya_csto.language.lexicon import expanded, lexicon, pattern
from tanya_csto.language.quantities import measures
from tanya_csto.language.terms import Term

AnswerType = Literal[
    "date", "number", "person", "place", "org", "list", "definition", "reason", "manner", "yesno", "other"
]

# the kinds of entities that answer, best first
ENTITY_TYPES: Final[dict[AnswerType, tuple[EntityKind, ...]]] = {
    "date": ("date",),
    "number": ("number",),
    "person": ("person", "other", "org", "place"),
    "place": ("place",),
    "org": ("org", "other", "place"),
}


def needs_entity(answer_type: AnswerType) -> bool:
    """Tell whether one kind of entity alone answers, so that a sentence without it does not."""
    return len(ENTITY_TYPES.get(answer_type, ())) == 1


def clause_of(answer_type: AnswerType) -> re.Pattern[str] | None:
    """Return the pattern of the clauses that answer, where a clause does: `<answer type>_clause` of the lexicon."""
    name = f"{answer_type}_clause"
    return pattern(name) if name in lexicon("patterns") else None


def find_answer_type(terms: Sequence[Term], asks: bool) -> AnswerType:
    """Return the answer type of the question with these terms; `asks` tells whether it ends in a question mark."""
    words = ", ".join(" ".join(term.token.norm for term in clause) for clause in clauses(terms))
    matches = [
        (found.start(), rank, answer_type)
        for rank, (answer_type, each) in enumerate(_patterns())
        if (found := each.search(words))
    ]
    if matches:
        return min(matches)[2]
    denied = any(term.token.norm in ("tidak", "bukan", "belum") for term in terms)
    return "yesno" if denied or (asks and not _names_only(terms)) else _answer_type_of_keywords(terms)


def asks_for_list(terms: Sequence[Term]) -> bool:
    """Tell whether several things are asked for ("apa saja", "siapa saja", "sebutkan")."""
    words = " ".join(term.token.norm for term in terms)
    return any(each.search(words) for answer_type, each in _patterns() if answer_type == "list")


def find_answer_type_noun(terms: Sequence[Term], answer_type: AnswerType) -> Term | None:
    """Return the noun that names the answer type ("kota" in "di kota mana"), or None."""
    for position, term in enumerate(terms):
        if pattern("asking_word").fullmatch(term.token.norm):
            behind = terms[position + 1 : position + 2]
            if pattern("counting").fullmatch(term.token.norm) and any(map(_is_unit, behind)):
                return behind[0]
            for near in (*_words_before(terms, position), *behind):
                if _named_by(near):
                    return near
    return next((term for term in (*terms[:1], *terms[-1:]) if _named_by(term) == answer_type), None)


def clauses(terms: Sequence[Term]) -> Iterator[Sequence[Term]]:
    """Yield the stretches of a question between its commas."""
    start = 0
    for position in range(1, len(terms) + 1):
        if position == len(terms) or _apart(terms[position - 1], terms[position]):
            yield terms[start:position]
            start = position


def _apart(left: Term, right: Term) -> bool:
    """Tell whether more than a space, such as a comma, stands between two neighbouring terms."""
    return right.span.start - left.span.end > 1


def is_generic(term: Term) -> bool:
    """Tell whether the answer type noun says no more than its question word ("kota" in "di kota mana"), or a unit."""
    return term.token.norm in lexicon("question")["generic"] or _is_unit(term)


def units_of(noun: Term) -> frozenset[str]:
    """Return the units in which a noun that names the answer type is measured, or that it is; none where it counts.

    >>> from tanya_csto.language.terms import analyse
    >>> sorted(units_of(analyse("bobot")[0])), sorted(units_of(analyse("km")[0]))
    (['gram', 'kilogram', 'kuintal', 'ton'], ['kilometer'])
    """
    own = measures().get(noun.token.norm)
    return _units().get(noun.token.norm, frozenset({own} if own else ()))


def _is_unit(term: Term) -> bool:
    return term.token.norm in measures()


def _words_before(terms: Sequence[Term], position: int) -> Iterator[Term]:
    """Yield up to three words in front of a term, nearest first, as far as no comma stands between."""
    for near in range(position - 1, max(position - 4, -1), -1):
        if _apart(terms[near], terms[near + 1]):
            return
        yield terms[near]


def _answer_type_of_keywords(terms: Sequence[Term]) -> AnswerType:
    """Return what a question of mere keywords asks for, by the first noun at its ends that tells.

    "markas csto" asks for a place, "uzbekistan keluar tahun" for a date.
    A noun whose number is given is not asked for: "pasal 4 csto".
    """
    if terms and terms[0].stem == "anggota":
        return "list"
    for position in sorted({0, min(1, len(terms) - 1), len(terms) - 1}) if terms else ():
        given = any(term.token.is_number for term in terms[position + 1 : position + 2])
        if (named := _named_by(terms[position])) and not given:
            return named
    return "other"


def _names_only(terms: Sequence[Term]) -> bool:
    """Tell whether a question but names what it asks for ("ketua komisi?") and says nothing of it ("... hadir?")."""
    named = any(map(_is_attribute, terms[:1])) or _answer_type_of_keywords(terms[:1]) != "other"
    return named and not any(_is_said(left, term) for left, term in pairwise(terms))


def _is_attribute(term: Term) -> bool:
    """Tell whether a word names what belongs to something: a noun by its affixes ("penumpang", "bagian"), or known."""
    derived = term.token.norm != term.stem and pattern("derived_noun").fullmatch(term.token.norm)
    return bool(derived) or term.token.norm in lexicon("question")["attributes"]


def _is_said(left: Term, term: Term) -> bool:
    """Tell whether a word says something of what stands before it, and not in a relative clause."""
    prefixed = term.token.norm.startswith(("me", "di", "ber")) and term.stem != term.token.norm
    verb = prefixed and not term.token.is_capitalised  # as a name is
    return left.token.norm != "yang" and (verb or term.token.norm in lexicon("question")["predicates"])


def _named_by(term: Term) -> AnswerType | None:
    """Return the answer type that a noun names."""
    return _nouns().get(term.token.norm.removesuffix("nya"))


@cache
def _nouns() -> dict[str, AnswerType]:
    types: tuple[AnswerType, ...] = get_args(AnswerType)
    return {noun: answer_type for answer_type in types for noun in lexicon("question").get(answer_type, ())}


@cache
def _units() -> dict[str, frozenset[str]]:
    return {noun: frozenset(units) for nouns, units in lexicon("entities")["measured"] for noun in nouns}


@cache
def _patterns() -> tuple[tuple[AnswerType, re.Pattern[str]], ...]:
    return tuple((answer_type, re.compile(expanded(text))) for answer_type, text in lexicon("patterns")["answer_types"])
