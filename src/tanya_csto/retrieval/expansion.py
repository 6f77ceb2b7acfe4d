"""Query expansion: all wordings of a question's concepts together, found in a text by one look at its stems."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from tanya_csto.language.terms import runs_of
from tanya_csto.language.thesaurus import Phrase
from tanya_csto.question.concepts import Concept
from tanya_csto.retrieval.bm25 import Statistics, TermWeights

PARTIAL: Final = 0.4  # worth of one word of a phrase found alone

Found = tuple[float, Phrase]  # with which worth, and in which stems; 0 and none where a concept is not found


class _Form(NamedTuple):
    rank: int  # of two forms found, the one with the lower rank is taken
    concept: int
    phrase: Phrase
    worth: float


class QueryExpansion:
    """The forms of the concepts of one question, as far as a collection with these statistics holds their words.

    >>> from tanya_csto.language.terms import analyse, stems_of
    >>> from tanya_csto.question.concepts import find_concepts
    >>> statistics = Statistics(1, 3.0, {"kantor": 1, "pusat": 1, "csto": 1})
    >>> expansion = QueryExpansion(find_concepts(analyse("markas CSTO")), statistics)
    >>> expansion.find(stems_of("Kantor pusat CSTO"))
    [(0.75, ('kantor', 'pusat')), (1.0, ('csto',))]
    """

    def __init__(self, concepts: Sequence[Concept], statistics: Statistics) -> None:
        known = [
            (worth, at, phrase)
            for at, concept in enumerate(concepts)
            for phrase, worth in concept.forms.items()
            if all(stem in statistics.frequency for stem in phrase)
        ]
        known.sort(key=lambda form: (form[0], len(form[2])), reverse=True)  # of equals, the one that says more
        self._forms = [_Form(rank, at, phrase, worth) for rank, (worth, at, phrase) in enumerate(known)]
        self._by_first: dict[str, list[_Form]] = {}
        for form in self._forms:
            self._by_first.setdefault(form.phrase[0], []).append(form)
        self._nothing: list[_Form] = [_Form(len(known), at, (), 0.0) for at in range(len(concepts))]
        self._asked = [(at, concept.asked) for at, concept in enumerate(concepts) if len(concept.asked) > 1]
        self._statistics = statistics

    def find(self, stems: tuple[str, ...]) -> list[Found]:
        """Return the best form of each concept that stands in a text, and its worth; one word of a phrase at least."""
        best, said = self._nothing.copy(), set(stems)
        for stem in self._by_first.keys() & said:
            for form in self._by_first[stem]:
                rank, concept, phrase, _ = form
                if rank < best[concept].rank and (len(phrase) == 1 or any(runs_of(phrase, stems))):
                    best[concept] = form
        found = [(form.worth, form.phrase) for form in best]
        for concept, asked in self._asked:
            if not found[concept][1] and (parts := [stem for stem in asked if stem in said]):
                found[concept] = (PARTIAL * len(parts) / len(asked), (parts[0],))
        return found

    def scorer(self, statistics: Statistics) -> Callable[[TermWeights], list[float]]:
        """Return what gives the BM25 score of the best form of each concept in a document of a collection.

        A phrase scores what the least of its words does.
        """
        by_first: dict[str, list[tuple[int, list[tuple[str, float]]]]] = {}
        for _, concept, phrase, worth in self._forms:
            weighed = [(stem, worth * statistics.idf(stem)) for stem in phrase]
            by_first.setdefault(phrase[0], []).append((concept, weighed))
        stems, nothing = by_first.keys(), [0.0] * len(self._nothing)

        def scores(document: TermWeights) -> list[float]:
            best = nothing.copy()
            for stem in stems & document.keys():
                for concept, weighed in by_first[stem]:
                    score = min([idf * document.get(each, 0.0) for each, idf in weighed])
                    best[concept] = max(best[concept], score)
            return best

        return scores

    def query(self) -> dict[str, float]:
        """Return the weight of each stem for a `Ranking`: its idf, as often as it is asked for, by what it is worth."""
        query: dict[str, float] = {}
        seen: set[tuple[int, str]] = set()
        for _, concept, phrase, worth in self._forms:  # those worth most first
            for stem in phrase:
                if (concept, stem) not in seen:
                    seen.add((concept, stem))
                    query[stem] = query.get(stem, 0.0) + worth * self._statistics.idf(stem)
        return query
