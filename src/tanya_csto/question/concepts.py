"""Concepts: what a question is about, each with the other ways in which a text may say it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from tanya_csto.language.lexicon import lexicon
from tanya_csto.language.names import Name, Words, longest_name, name_index
from tanya_csto.language.stems import stem
from tanya_csto.language.terms import Term
from tanya_csto.language.thesaurus import SYNONYM, Phrase, longest_phrase, synonyms_of, synonyms_of_phrase
from tanya_csto.language.tokens import fold
from tanya_csto.text.spans import Span

ConceptKind = Literal["name", "number", "word"]

MAX_CONCEPTS: Final = 24  # more than any question is about; what comes after is not looked at

# how much a form counts for, when it stands in for the word that was asked
SAME: Final = 1.0
METONYM: Final = 0.6


@dataclass(frozen=True, slots=True)
class Concept:
    """A content word or name of a question: `forms` are the phrases that express it, with their worth in (0, 1]."""

    surface: str
    kind: ConceptKind
    forms: Mapping[Phrase, float]
    span: Span
    name: Name | None = None

    @property
    def asked(self) -> Phrase:
        """The stems of the question's own words."""
        return next(iter(self.forms))


def find_concepts(terms: Sequence[Term]) -> tuple[Concept, ...]:
    """Return the concepts of a question in order: names first taken whole, then phrases with synonyms, then words."""
    concepts: list[Concept] = []
    norms, stems = tuple(term.token.norm for term in terms), tuple(term.stem for term in terms)
    position = 0
    while position < len(terms) and len(concepts) < MAX_CONCEPTS:
        concept, width = _concept_at(terms, norms, stems, position)
        if concept is not None:
            concepts.append(concept)
        position += width
    return tuple(concepts)


def _concept_at(terms: Sequence[Term], norms: Words, stems: Phrase, start: int) -> tuple[Concept | None, int]:
    if (date := _date(terms, norms, start)) is not None:
        return date
    for width in range(min(longest_name(), len(terms) - start), 0, -1):
        found = name_index().get(norms[start : start + width])
        if found and not (width == 1 and _reads_as_word(terms[start])):
            return _name(terms[start : start + width], found), width
    for width in range(min(longest_phrase(), len(terms) - start), 1, -1):
        found_forms = synonyms_of_phrase(stems[start : start + width])
        if found_forms and not any(_asks(term) for term in terms[start : start + width]):
            return _word(terms[start : start + width], found_forms), width
    term = terms[start]
    if is_stop(term):
        return None, 1
    if term.token.is_number:
        return Concept(term.token.surface, "number", {(term.stem,): SAME}, term.span), 1
    synonyms = synonyms_of(term)
    if term.token.is_capitalised and start > 0 and SYNONYM not in synonyms.values():
        return Concept(term.token.surface, "name", {(term.stem,): SAME}, term.span), 1
    return _word([term], synonyms), 1


def _date(terms: Sequence[Term], norms: Words, start: int) -> tuple[Concept, int] | None:
    """Return the date that starts with a day or a month, also as it is written in digits ("17 Mei 2022": 17/5/2022)."""
    months = _months()
    words = norms[start : start + 3]
    at = int(words[0].isdigit())
    if len(words) <= at or words[at] not in months[:12]:
        return None
    with_year = len(words) > at + 1 and words[at + 1].isdigit() and len(words[at + 1]) == 4
    if not at and not with_year:
        return None
    window = terms[start : start + at + 1 + with_year]
    spelled = tuple(term.stem for term in window)
    digits = tuple(str(months.index(word) + 1) if word in months[:12] else word for word in spelled)
    surface = " ".join(term.token.surface for term in window)
    return Concept(
        surface, "number", {spelled: SAME, digits: SAME}, Span(window[0].span.start, window[-1].span.end)
    ), len(window)


@cache
def _months() -> list[str]:
    return [fold(month) for month in lexicon("entities")["months"]]


def _reads_as_word(term: Term) -> bool:
    """Tell a common word from the name that is spelt like it: "as" is a name only when typed as one."""
    return len(term.token.norm) <= 3 and term.token.norm in _stop_words() and not term.token.is_capitalised


def _name(window: Sequence[Term], found: Sequence[Name]) -> Concept:
    forms: dict[Phrase, float] = {tuple(term.stem for term in window): SAME}
    for name in found:
        for form, worth in _forms_of(name):
            forms.setdefault(form, worth)
    surface = " ".join(term.token.surface for term in window)
    return Concept(surface, "name", forms, Span(window[0].span.start, window[-1].span.end), name=found[0])


def _word(window: Sequence[Term], synonyms: Mapping[Phrase, float]) -> Concept:
    forms = {tuple(term.stem for term in window): SAME}
    for phrase, worth in synonyms.items():
        forms.setdefault(phrase, worth)
    surface = " ".join(term.token.surface for term in window)
    return Concept(surface, "word", forms, Span(window[0].span.start, window[-1].span.end))


@cache
def _forms_of(name: Name) -> tuple[tuple[Phrase, float], ...]:
    spellings, metonyms = map(sorted, (name.spellings, name.metonyms))
    return (*((_stems(words), SAME) for words in spellings), *((_stems(words), METONYM) for words in metonyms))


def _stems(words: Words) -> Phrase:
    return tuple(stem(word) for word in words)


@cache
def _stop_words() -> frozenset[str]:
    lists = lexicon("stop")
    return frozenset((*lists["function"], *lists["courtesy"], *lists["question"], *lexicon("slang")["particles"]))


def is_stop(term: Term) -> bool:
    """Tell whether a term of a question carries no content."""
    return term.token.norm in _stop_words() or _asks(term) or (len(term.token.norm) == 1 and term.token.norm.isalpha())


def _asks(term: Term) -> bool:
    return term.token.norm in lexicon("stop")["question"]
