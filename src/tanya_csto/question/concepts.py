"""Concepts: what a question is about, each with the other ways in which a text may say it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from tanya_csto.language.dates import month_numbers
from tanya_csto.language.lexicon import lexicon
from tanya_csto.language.names import Name, Words, longest_name, name_index
from tanya_csto.language.stems import stem
from tanya_csto.language.terms import Term
from tanya_csto.language.thesaurus import SYNONYM, Phrase, longest_phrase, synonyms_of, synonyms_of_phrase
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
        concept = _concept_at(terms, norms, stems, position)
        if concept is not None:
            concepts.append(concept)
        position += len(concept.asked) if concept else 1
    return tuple(concepts)


def _concept_at(terms: Sequence[Term], norms: Words, stems: Phrase, start: int) -> Concept | None:
    if found := _date(terms, norms, start) or _code(terms, start):
        return found
    for width in range(min(longest_name(), len(terms) - start), 0, -1):
        names = name_index().get(norms[start : start + width])
        if names and not (width == 1 and _reads_as_word(terms[start])):
            forms = (form for name in names for form in _forms_of(name))
            return _concept("name", terms[start : start + width], forms, names[0])
    for width in range(min(longest_phrase(), len(terms) - start), 1, -1):
        synonyms = synonyms_of_phrase(stems[start : start + width])
        if synonyms and not (_asks_source(terms[start]) or any(map(is_question_word, terms[start : start + width]))):
            return _concept("word", terms[start : start + width], synonyms.items())
    term = terms[start]
    if is_stop(term):
        return None
    synonyms = synonyms_of(term)
    if term.token.is_number:
        return _concept("number", [term], synonyms.items())
    if term.token.is_capitalised and start > 0 and SYNONYM not in synonyms.values():
        return _concept("name", [term])
    return _concept("word", [term], synonyms.items())


def _concept(
    kind: ConceptKind, window: Sequence[Term], others: Iterable[tuple[Phrase, float]] = (), name: Name | None = None
) -> Concept:
    """Return the concept that these terms name, expressed by their own stems or by `others`."""
    forms = {tuple(term.stem for term in window): SAME}
    for phrase, worth in others:
        forms.setdefault(phrase, worth)
    surface = " ".join(term.token.surface for term in window)
    return Concept(surface, kind, forms, Span(window[0].span.start, window[-1].span.end), name)


def joined(concepts: Sequence[Concept]) -> Concept:
    """Return neighbouring concepts, one of them at least, as one name."""
    if len(concepts) == 1:
        return concepts[0]
    surface = " ".join(concept.surface for concept in concepts)
    stems = tuple(stem for concept in concepts for stem in concept.asked)
    return Concept(surface, "name", {stems: SAME}, Span(concepts[0].span.start, concepts[-1].span.end))


def _date(terms: Sequence[Term], norms: Words, start: int) -> Concept | None:
    """Return the date that starts with a day or a month, as digits write it, too ("5 Mei 2022": 5/5/2022)."""
    words = norms[start : start + 3]
    at = int(words[0].isdigit())
    if len(words) <= at or words[at] not in month_numbers():
        return None
    with_year = len(words) > at + 1 and words[at + 1].isdigit() and len(words[at + 1]) == 4
    window = terms[start : start + at + 1 + with_year]
    if len(window) == 1:
        return None
    digits = tuple(str(month_numbers().get(norm, norm)) for norm in norms[start : start + len(window)])
    padded = tuple(digit.zfill(2) for digit in digits)
    return _concept("number", window, [(digits, SAME), (padded, SAME)])


def _code(terms: Sequence[Term], start: int) -> Concept | None:
    """Return the letters and digits from `start` on that are written as one ("X2", "5G", "30kg")."""
    end = start + 1
    while end < len(terms) and terms[end].span.start == terms[end - 1].span.end:
        end += 1
    window = terms[start:end]
    return _concept("number", window) if len({term.token.is_number for term in window}) > 1 else None


def _reads_as_word(term: Term) -> bool:
    """Tell a common word from the name that is spelt like it: "as" is a name only when typed as one.

    So is a numeral ("lima"), whose capital says nothing where a question begins with it.
    """
    norm, capitalised = term.token.norm, term.token.is_capitalised
    if norm in lexicon("entities")["numerals"]:
        return not capitalised or term.span.start == 0
    return len(norm) <= 3 and norm in _stop_words() and not capitalised


@cache
def _forms_of(name: Name) -> tuple[tuple[Phrase, float], ...]:
    sorts = ((SAME, name.spellings), (METONYM, name.metonyms))
    return tuple((tuple(map(stem, words)), worth) for worth, forms in sorts for words in sorted(forms))


@cache
def _stop_words() -> frozenset[str]:
    lists = lexicon("stop")
    return frozenset((*lists["function"], *lists["courtesy"], *lists["question"], *lexicon("slang")["particles"]))


def is_stop(term: Term) -> bool:
    """Tell whether a term of a question carries no content."""
    norm = term.token.norm
    return norm in _stop_words() or is_question_word(term) or (len(norm) == 1 and norm.isalpha())


def _asks_source(term: Term) -> bool:
    return term.token.norm in lexicon("question")["sourcing"]


def is_question_word(term: Term) -> bool:
    """Tell whether a term is a word that asks."""
    return term.token.norm in lexicon("stop")["question"]
