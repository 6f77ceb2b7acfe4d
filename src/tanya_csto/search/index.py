"""The index: every sentence of the corpus with its terms and entities, and BM25 over sentences and passages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from tanya_csto.corpus.articles import Article, Corpus
from tanya_csto.corpus.passages import Passage, Sentence, cut_passages, cut_sentences
from tanya_csto.language.entities import Entity, find_entities, find_surnames
from tanya_csto.language.terms import Term, analyse
from tanya_csto.search.bm25 import LuceneBM25


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence as it is searched: its terms and entities, its number in the corpus and that of its passage."""

    sentence: Sentence
    terms: tuple[Term, ...]
    entities: tuple[Entity, ...]
    number: int
    passage: int

    @property
    def article(self) -> Article:
        """The article that the sentence stands in."""
        return self.sentence.article


class Index:
    """Everything about a corpus that does not depend on the question; built once, read-only afterwards."""

    def __init__(self, corpus: Corpus) -> None:
        sentences = [cut_sentences(article) for article in corpus.values()]
        self.passages: tuple[Passage, ...] = tuple(passage for group in sentences for passage in cut_passages(group))
        analysed = [
            (sentence, analyse(sentence.article.text, sentence.span), number)
            for number, passage in enumerate(self.passages)
            for sentence in passage.sentences
        ]
        surnames = frozenset(name for sentence, terms, _ in analysed for name in find_surnames(sentence.article.text, terms))
        self.units: tuple[Unit, ...] = tuple(
            Unit(sentence, terms, find_entities(sentence.article.text, sentence.span, terms, surnames), number, passage)
            for number, (sentence, terms, passage) in enumerate(analysed)
        )
        self._by_passage: dict[int, tuple[Unit, ...]] = {
            number: tuple(units) for number, units in groupby(self.units, key=lambda unit: unit.passage)
        }
        self.vocabulary = Counter(term.token.norm for unit in self.units for term in unit.terms)
        self.sentence_stems = LuceneBM25([_stems(unit.terms) for unit in self.units])
        self.sentence_words = LuceneBM25([[term.token.norm for term in unit.terms] for unit in self.units])
        self.passage_stems = LuceneBM25([self._passage_stems(number) for number in range(len(self.passages))])

    def neighbour(self, unit: Unit, offset: int) -> Unit | None:
        """Return the sentence `offset` places away in the same article, or None."""
        number = unit.number + offset
        if 0 <= number < len(self.units) and self.units[number].article is unit.article:
            return self.units[number]
        return None

    def passage_units(self, number: int) -> tuple[Unit, ...]:
        """Return the sentences of a passage."""
        return self._by_passage[number]

    def _passage_stems(self, number: int) -> list[str]:
        return [stem for unit in self.passage_units(number) for stem in _stems(unit.terms)]


def _stems(terms: Sequence[Term]) -> list[str]:
    return [term.stem for term in terms]
