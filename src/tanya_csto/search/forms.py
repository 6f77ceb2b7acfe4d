"""Forms: all wordings of a question's concepts together, found in a text by one look at its stems."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from tanya_csto.language.terms import PhraseFinder
from tanya_csto.search.bm25 import Bag, Statistics
from tanya_csto.search.concepts import Concept, Phrase
from tanya_csto.text.spans import Span

CARRIED_SHARE: Final = 0.5  # what a concept of an earlier question counts
PARTIAL: Final = 0.4  # worth of one word of a phrase found alone

Found = tuple[float, tuple[Span, ...]]  # with which worth, and where
_NOTHING: Final[Found] = (0.0, ())


class _Form(NamedTuple):
    rank: int  # of two forms found, the one with the lower rank is taken
    concept: int
    phrase: Phrase
    worth: float


class Forms:
    """The forms of the concepts of one question, as far as a collection with these statistics holds their words.

    >>> from tanya_csto.language.terms import analyse
    >>> from tanya_csto.search.concepts import find_concepts
    >>> statistics = Statistics(1, 3.0, {"kantor": 1, "pusat": 1, "csto": 1})
    >>> forms = Forms(find_concepts(analyse("markas CSTO")), statistics)
    >>> forms.find(PhraseFinder(analyse("Kantor pusat CSTO")))
    [(0.75, (Span(start=0, end=12),)), (1.0, (Span(start=13, end=17),))]
    """

    def __init__(self, concepts: Sequence[Concept], statistics: Statistics) -> None:
        known = [
            (worth, at, phrase)
            for at, concept in enumerate(concepts)
            for phrase, worth in concept.forms.items()
            if all(stem in statistics.frequency for stem in phrase)
        ]
        known.sort(key=lambda form: -form[0])
        self._forms = [_Form(rank, at, phrase, worth) for rank, (worth, at, phrase) in enumerate(known)]
        self._by_first: dict[str, list[_Form]] = {}
        for form in self._forms:
            self._by_first.setdefault(form.phrase[0], []).append(form)
        self._concepts = concepts
        self._phrases = [
            (at, asked) for at, concept in enumerate(concepts) if len(asked := next(iter(concept.forms))) > 1
        ]
        self._statistics = statistics

    def find(self, phrases: PhraseFinder) -> list[Found]:
        """Return the worth and the places of the best form of each concept in a text; one word of a phrase at least."""
        found = [_NOTHING] * len(self._concepts)
        stems = self._by_first.keys() & phrases.stems
        for _, concept, phrase, worth in sorted([form for stem in stems for form in self._by_first[stem]]):
            if found[concept] is _NOTHING and (spans := phrases.find(phrase)):
                found[concept] = (worth, spans)
        for concept, asked in self._phrases:
            if found[concept] is _NOTHING:
                parts = [spans for stem in asked if (spans := phrases.find((stem,)))]
                if parts:
                    found[concept] = (PARTIAL * len(parts) / len(asked), parts[0])
        return found

    def idf(self, statistics: Statistics) -> dict[str, float]:
        """Return the idf of each stem of the forms in a collection."""
        return {stem: statistics.idf(stem) for form in self._forms for stem in form.phrase}

    def scores(self, bag: Bag, idf: Mapping[str, float]) -> list[float]:
        """Return the BM25 score of the best form of each concept in a document of the collection with these idf.

        A phrase scores what the least of its words does.
        """
        best = [0.0] * len(self._concepts)
        for stem in self._by_first.keys() & bag.counts.keys():
            for _, concept, phrase, worth in self._by_first[stem]:
                score = worth * min([bag.score(each, idf[each]) for each in phrase])
                if score > best[concept]:
                    best[concept] = score
        return best

    def query(self) -> dict[str, float]:
        """Return the weight of each stem for a `Ranking`: its idf, as often as it is asked for, by what it is worth."""
        query: dict[str, float] = {}
        seen: set[tuple[int, str]] = set()
        for _, concept, phrase, worth in self._forms:  # those worth most first
            for stem in phrase:
                if (concept, stem) not in seen:
                    seen.add((concept, stem))
                    share = weight_share(self._concepts[concept]) * worth
                    query[stem] = query.get(stem, 0.0) + share * self._statistics.idf(stem)
        return query


def weight_share(concept: Concept) -> float:
    """Return what a concept counts beside the others."""
    return CARRIED_SHARE if concept.carried else 1.0
