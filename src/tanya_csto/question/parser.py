"""A question as it is understood: its words mended, its answer type, and what it is about."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from tanya_csto.language.lexicon import pattern
from tanya_csto.language.terms import Term, analyse
from tanya_csto.language.thesaurus import Phrase
from tanya_csto.question.answer_type import (
    AnswerType,
    asks_for_list,
    find_answer_type,
    find_answer_type_noun,
    is_generic,
)
from tanya_csto.question.concepts import Concept, find_concepts
from tanya_csto.question.framing import find_asides


@dataclass(frozen=True)
class Question:
    """A question ready to be searched.

    `asks_for_list` is true where several things are asked for; `answer_type_noun` is the stem of the noun that names
    the answer type ("kota" in "di kota mana"), or None; `concepts` leaves a generic one ("kota", "orang") out;
    `articles` are those to search, by id: of the outlets that it names ("menurut Suara.com"); None where all are.
    """

    text: str
    terms: tuple[Term, ...]
    answer_type: AnswerType
    asks_for_list: bool
    answer_type_noun: str | None
    concepts: tuple[Concept, ...]
    articles: frozenset[str] | None = None

    @property
    def names(self) -> tuple[Concept, ...]:
        """The concepts that are names."""
        return tuple(concept for concept in self.concepts if concept.kind == "name")

    @cached_property
    def sections(self) -> tuple[Phrase, ...]:
        """The sections that are asked about by their numbers ("pasal 5"), as stems."""
        pairs = pairwise(term.stem for term in self.terms)
        return tuple(pair for pair in pairs if pattern("section").fullmatch(pair[0]) and pair[1].isdigit())


def parse_question(text: str) -> Question:
    """Return the question in `text`, its spelling mended already."""
    terms = analyse(text)
    answer_type = find_answer_type(terms, asks=text.rstrip().endswith("?"))
    position = find_answer_type_noun(terms, answer_type)
    noun = None if position is None else terms[position]
    hidden = noun.span if noun and is_generic(noun) else None
    asides = find_asides(terms)
    concepts = tuple(
        concept
        for concept in find_concepts(terms)
        if concept.span != hidden
        and not (concept.kind == "word" and any(aside.overlaps(concept.span) for aside in asides))
    )
    if answer_type == "person" and concepts and all(concept.kind == "name" for concept in concepts):
        answer_type = "definition"  # "siapa Zhu Yongbiao?" asks who the one named is
    return Question(text, terms, answer_type, asks_for_list(terms), noun.stem if noun else None, concepts)
