"""Follow-ups: what a question that leans on the earlier ones takes over from them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tanya_csto.question.concepts import Concept
from tanya_csto.question.parser import Question

_POINTERS: Final = frozenset(
    "itu tersebut dia ia mereka beliau keduanya tadi begitu demikian situ sana hal ini kedua sebaliknya".split()
)
_PERSON: Final = frozenset({"dia", "ia", "beliau"})
_LINKS: Final = frozenset(
    "lalu terus dan kalau jika bagaimana kemudian trus sedangkan sementara tapi soal tentang dengan untuk nah".split()
)
_SELF: Final = frozenset(
    "namanya artinya maksudnya sebenarnya katanya kepanjangannya sebutannya misalnya caranya biasanya akhirnya".split()
)


def leans_on_earlier(question: Question) -> bool:
    """Tell whether a question points back ("berapa jumlahnya", "kalau NATO?") or names no subject of its own."""
    words = [term.token.norm for term in question.terms]
    named = [concept for concept in question.concepts if concept.kind == "name"]
    if any(_points_back(words, position) for position in range(len(words))):
        return True
    if is_substitution(question):
        return True
    return not named


def points_to_person(question: Question) -> bool:
    """Tell whether a question speaks of a person by a pronoun: "dia bilang apa"."""
    return any(term.token.norm in _PERSON for term in question.terms)


def is_substitution(question: Question) -> bool:
    """Tell whether only a new subject is put in the place of the old: "kalau CSTO?", "bagaimana dengan Armenia?"."""
    names = [concept for concept in question.concepts if concept.kind == "name"]
    rest = [term for term in question.terms if not any(concept.span.contains(term.span) for concept in names)]
    return (
        len(names) == 1
        and len(question.concepts) == 1
        and bool(rest)
        and all(term.token.norm in _LINKS | _POINTERS | {"sih", "ya"} for term in rest)
    )


def substituted(question: Question, earlier: Question) -> str | None:
    """Return the earlier question with its subject replaced by the new one, or None where none fits."""
    new = next(concept for concept in question.concepts if concept.kind == "name")
    same = [old for old in earlier.concepts if old.kind == "name" and not old.inherited and _sort(old) == _sort(new)]
    names = same or [old for old in earlier.concepts if old.kind == "name" and not old.inherited]
    if not names:
        return None
    old = names[-1]
    return earlier.text[: old.span.start] + new.surface + earlier.text[old.span.end :]


def _points_back(words: Sequence[str], position: int) -> bool:
    word = words[position]
    before = words[position - 1] if position else ""
    if word in ("itu", "ini") and (before in ("apa", "siapa", "selain", "saat", "") or word == "ini"):
        return position == 0 and word == "itu"
    if word in _POINTERS:
        return True
    return word.endswith("nya") and len(word) > 5 and word not in _SELF


def _sort(concept: Concept) -> str | None:
    return concept.name.kind if concept.name else None
