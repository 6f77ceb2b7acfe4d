"""A question as it is understood: its words mended, its kind, and what it is about."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tanya_csto.language.terms import Term, analyse
from tanya_csto.question.kind import Kind, find_focus, find_kind, is_generic, is_listing
from tanya_csto.search.concepts import Concept, find_concepts


@dataclass(frozen=True, slots=True)
class Question:
    """A question ready to be searched.

    `focus` is the stem of the noun that names the kind of answer ("kota" in "di kota mana"), or None; `listing` is true
    where several things are asked for; `concepts` leaves a generic focus ("kota", "orang") out; `articles` are those of
    the outlets that the question names ("menurut Suara.com"), empty where it names none.
    """

    text: str
    terms: tuple[Term, ...]
    kind: Kind
    listing: bool
    focus: str | None
    concepts: tuple[Concept, ...]
    articles: frozenset[str] = frozenset()

    @property
    def topic(self) -> str:
        """The words from the first concept of the question's own to the last: what a follow-up leans on."""
        spans = [concept.span for concept in self.concepts if not concept.carried]
        return self.text[min(spans).start : max(spans).end] if spans else self.text


def understand(text: str, earlier: Question | None = None) -> Question:
    """Return the question in `text`, its spelling mended already, with what it leaves to the `earlier` one."""
    terms = analyse(text)
    kind = find_kind(terms, asks=text.rstrip().endswith("?"))
    position = find_focus(terms, kind)
    focus = None if position is None else terms[position]
    hidden = focus.span if focus and is_generic(focus) else None
    concepts = tuple(concept for concept in find_concepts(terms) if concept.span != hidden)
    if kind == "person" and concepts and all(concept.kind == "name" for concept in concepts):
        kind = "definition"  # "siapa Zhu Yongbiao?" asks who the one named is
    known = {form for concept in concepts for form in concept.forms}
    carried = tuple(concept for concept in earlier.concepts if not known & set(concept.forms)) if earlier else ()
    added = tuple(replace(concept, carried=True) for concept in carried)
    if earlier and added:
        text = f"{text} ({earlier.topic})"
    return Question(text, terms, kind, is_listing(terms), focus.stem if focus else None, concepts + added)
