"""Membership: whether a question asks who belongs to something, rather than who wishes to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tanya_csto.language.lexicon import lexicon
from tanya_csto.language.terms import Term
from tanya_csto.question.concepts import Concept

if TYPE_CHECKING:
    from tanya_csto.question.parser import Question


def asks_membership(question: Question) -> bool:
    """Tell whether the question asks who belongs to something, how many do or whether one does, and nothing else."""
    if tells_wish(question.terms):
        return False
    belonging = frozenset(lexicon("membership")["asked"])
    if not any(belonging.intersection(concept.asked) for concept in question.concepts):
        return question.answer_type == "number" and _counts_members(question) and _is_about_organisations(question)
    countries = [concept for concept in question.concepts if concept.name and concept.name.kind == "country"]
    general = belonging.union(lexicon("membership")["general"])
    if any(concept.kind == "word" and _stems(concept).isdisjoint(general) for concept in question.concepts):
        return False
    if question.answer_type == "yesno":
        return bool(countries)
    if question.answer_type == "number":
        return question.answer_type_noun in ("negara", "anggota", "total", "jumlah", "banyak") or _counts_members(
            question
        )
    return not countries and (question.asks_for_list or question.answer_type in ("list", "place", "other", "org"))


def _stems(concept: Concept) -> frozenset[str]:
    return frozenset(stem for form in concept.forms for stem in form)


def _is_about_organisations(question: Question) -> bool:
    """Tell whether a question names organisations and nothing else ("csto ada berapa negara?")."""
    return bool(question.concepts) and all(
        concept.name is not None and concept.name.kind == "organisation" for concept in question.concepts
    )


def _counts_members(question: Question) -> bool:
    words = [term.stem for term in question.terms]
    return any(
        words[position : position + 2] in (["berapa", "negara"], ["berapa", "anggota"])
        for position in range(len(words))
    )


def tells_wish(terms: Sequence[Term]) -> bool:
    """Tell whether the terms speak of whoever wishes to belong to something."""
    return any(term.token.norm in lexicon("membership")["wishes"] for term in terms)
