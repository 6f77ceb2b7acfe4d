"""A question as it is understood: its words mended, its answer type, and what it is about."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from string import capwords

from tanya_csto.language.dates import DateParts, dates_in
from tanya_csto.language.lexicon import lexicon, pattern
from tanya_csto.language.terms import Term, analyse
from tanya_csto.language.thesaurus import Phrase
from tanya_csto.question.answer_type import (
    AnswerType,
    asks_for_list,
    find_answer_type,
    find_answer_type_noun,
    is_generic,
    units_of,
)
from tanya_csto.question.concepts import Concept, find_concepts, joined
from tanya_csto.question.framing import find_asides


@dataclass(frozen=True)
class Question:
    """A question ready to be searched.

    `asks_for_list` is true where several things are asked for; `answer_type_noun` is the stem of the noun that names
    the answer type ("kota" in "di kota mana"), or None; `units` are those in which it is measured, if it is, and
    `date_part` what of a date is asked for ("year", "time"), if one part is;
    `concepts` leaves a generic one ("kota", "orang", "persen") out;
    `articles` are those to search, by id: of the outlets that it names ("menurut Suara.com"); None where all are.
    """

    text: str
    terms: tuple[Term, ...]
    answer_type: AnswerType
    asks_for_list: bool
    answer_type_noun: str | None
    units: frozenset[str]
    date_part: str | None
    concepts: tuple[Concept, ...]
    articles: frozenset[str] | None = None

    @cached_property
    def names(self) -> tuple[Concept, ...]:
        """The concepts that are names; unknown ones, and capitalised words beside them, are one ("KM Nusa Permai")."""
        runs: list[list[Concept]] = []
        for concept in self.concepts:
            last = runs[-1][-1] if runs else None
            if last and _may_go_on(last) and _may_go_on(concept) and concept.span.start - last.span.end == 1:
                runs[-1].append(concept)
            else:
                runs.append([concept])
        return tuple(joined(run) for run in runs if any(concept.kind == "name" for concept in run))

    @cached_property
    def dates(self) -> tuple[DateParts, ...]:
        """The dates that it speaks of, also where they are typed in small letters."""
        return dates_in(capwords(self.text))

    @cached_property
    def sections(self) -> tuple[Phrase, ...]:
        """The sections that are asked about by their numbers ("pasal 5"), as stems."""
        pairs = pairwise(term.stem for term in self.terms)
        return tuple(pair for pair in pairs if pattern("section").fullmatch(pair[0]) and pair[1].isdigit())


def _may_go_on(concept: Concept) -> bool:
    """Tell whether a concept may be a part of a name that is not in the gazetteer."""
    return concept.name is None and concept.surface[0].isupper() and concept.span.start > 0


def parse_question(text: str) -> Question:
    """Return the question in `text`, its spelling mended already."""
    terms = analyse(text)
    answer_type = find_answer_type(terms, asks=text.rstrip().endswith("?"))
    noun = find_answer_type_noun(terms, answer_type)
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
    units = units_of(noun) if noun else frozenset[str]()
    part = lexicon("entities")["date_parts"].get(noun.token.norm) if noun and answer_type == "date" else None
    named = noun.stem if noun else None
    return Question(text, terms, answer_type, asks_for_list(terms), named, units, part, concepts)
