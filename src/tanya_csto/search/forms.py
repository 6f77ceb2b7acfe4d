"""Forms: all wordings of a question's concepts together, found in a text by one look at its stems."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from tanya_csto.language.terms import PhraseFinder
from tanya_csto.search.bm25 import Statistics
from tanya_csto.search.concepts import Concept, Phrase
from tanya_csto.text.spans import Span

CARRIED_SHARE: Final = 0.5  # what a concept of an earlier question counts
PARTIAL: Final = 0.4  # worth of one word of a phrase found alone

Found = tuple[float, tuple[Span, ...]]  # with which worth, and where
_NOTHING: Final[Found] = (0.0, ())


class _Form(NamedTuple):
    rank: int  # of two forms found, the one with the lower rank is taken
    concept: int
    first: str
    rest: Phrase
    worth: float


class Forms:
    """The forms of the concepts of one question.

    >>> from tanya_csto.language.terms import analyse
    >>> from tanya_csto.search.concepts import find_concepts
    >>> forms = Forms(find_concepts(analyse("markas CSTO")))
    >>> forms.find(PhraseFinder(analyse("Kantor pusat CSTO")))
    [(0.75, (Span(start=0, end=12),)), (1.0, (Span(start=13, end=17),))]
    """

    def __init__(self, concepts: Sequence[Concept]) -> None:
        listed = [(worth, at, form) for at, concept in enumerate(concepts) for form, worth in concept.forms.items()]
        listed.sort(key=lambda form: -form[0])
        self._by_first: dict[str, list[_Form]] = {}
        for rank, (worth, at, (first, *rest)) in enumerate(listed):
            self._by_first.setdefault(first, []).append(_Form(rank, at, first, tuple(rest), worth))
        self._asked = [next(iter(concept.forms)) for concept in concepts]
        self._concepts = concepts

    def find(self, phrases: PhraseFinder) -> list[Found]:
        """Return the worth and the places of the best form of each concept in a text; one word of a phrase at least."""
        found = [_NOTHING] * len(self._asked)
        forms = [form for stem in self._by_first.keys() & phrases.stems for form in self._by_first[stem]]
        for _, concept, first, rest, worth in sorted(forms):
            if found[concept] is _NOTHING and (spans := phrases.find((first, *rest))):
                found[concept] = (worth, spans)
        for concept, asked in enumerate(self._asked):
            if len(asked) > 1 and found[concept] is _NOTHING:
                parts = [spans for stem in asked if (spans := phrases.find((stem,)))]
                if parts:
                    found[concept] = (PARTIAL * len(parts) / len(asked), parts[0])
        return found

    def scores(self, document: Mapping[str, float]) -> list[float]:
        """Return the score of the best form of each concept in a document, whose terms have these scores.

        A phrase scores what the least of its words does.
        """
        best = [0.0] * len(self._asked)
        for stem in self._by_first.keys() & document.keys():
            score = document[stem]
            for _, concept, _, rest, worth in self._by_first[stem]:
                least = min(score, *(document.get(other, 0.0) for other in rest)) if rest else score
                best[concept] = max(best[concept], worth * least)
        return best

    def query(self, statistics: Statistics) -> dict[str, float]:
        """Return the weight of each stem for a `Ranking`: its idf, as often as it is asked for, by what it is worth."""
        query: dict[str, float] = {}
        for concept in self._concepts:
            worths: dict[str, float] = {}
            for form, worth in concept.forms.items():
                if all(stem in statistics.frequency for stem in form):
                    worths.update({stem: max(worth, worths.get(stem, 0.0)) for stem in form})
            for stem, worth in worths.items():
                query[stem] = query.get(stem, 0.0) + weight_share(concept) * worth * statistics.idf(stem)
        return query


def weight_share(concept: Concept) -> float:
    """Return what a concept counts beside the others."""
    return CARRIED_SHARE if concept.carried else 1.0
