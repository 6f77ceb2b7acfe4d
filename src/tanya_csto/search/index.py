"""The index: every sentence of the corpus with its terms and entities, and BM25 over sentences and passages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from tanya_csto.corpus.articles import Article, Corpus
from tanya_csto.corpus.passages import Passage, Sentence, cut_passages, cut_sentences
from tanya_csto.language.entities import Entity, find_entities, find_surnames
from tanya_csto.language.names import Name, name_index, words_of
from tanya_csto.language.stems import roots
from tanya_csto.language.terms import PhraseFinder, Term, analyse, stems_of
from tanya_csto.search.bm25 import LuceneBM25
from tanya_csto.search.concepts import Concept


@dataclass(frozen=True)
class Unit:
    """One sentence as it is searched: its terms and entities, its number in the corpus and that of its passage."""

    sentence: Sentence
    terms: tuple[Term, ...]
    phrases: PhraseFinder
    entities: tuple[Entity, ...]
    number: int
    passage: int

    @cached_property
    def names(self) -> frozenset[Name]:
        """The names of the gazetteer that stand in the sentence."""
        text = self.article.text
        return frozenset(
            name for entity in self.entities for name in name_index().get(words_of(entity.span.of(text)), ())[:1]
        )

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
        surnames = frozenset(
            name for sentence, terms, _ in analysed for name in find_surnames(sentence.article.text, terms)
        )
        self.units: tuple[Unit, ...] = tuple(
            Unit(
                sentence,
                terms,
                PhraseFinder(terms),
                find_entities(sentence.article.text, sentence.span, terms, surnames),
                number,
                passage,
            )
            for number, (sentence, terms, passage) in enumerate(analysed)
        )
        self._by_passage: dict[int, tuple[Unit, ...]] = {
            number: tuple(units) for number, units in groupby(self.units, key=lambda unit: unit.passage)
        }
        self._outlets = {stems_of(name): article.id for article in corpus.values() for name in _outlet_names(article)}
        self.vocabulary = Counter(term.token.norm for unit in self.units for term in unit.terms)
        self.sentence_stems = LuceneBM25([_stems(unit.terms) for unit in self.units])
        self.sentence_words = LuceneBM25([[term.token.norm for term in unit.terms] for unit in self.units])
        self.passage_stems = LuceneBM25([self._passage_stems(number) for number in range(len(self.passages))])

    def outlets_in(self, concepts: Sequence[Concept]) -> tuple[frozenset[str], tuple[Concept, ...]]:
        """Return the articles whose outlets the concepts name ("menurut Suara.com"), and the other concepts."""
        articles: set[str] = set()
        others: list[Concept] = []
        rest = list(concepts)
        longest = max(map(len, self._outlets))
        while rest:
            width, article = next(
                ((width, found) for width in range(longest, 0, -1) if (found := self._outlet(rest[:width]))),
                (1, None),
            )
            if article is None:
                others.append(rest[0])
            else:
                articles.add(article)
            del rest[:width]
        return frozenset(articles), tuple(others)

    def _outlet(self, concepts: Sequence[Concept]) -> str | None:
        """Return the article whose outlet these concepts name; a common word ("suara rakyat") names one as a name."""
        name = tuple(stem for concept in concepts for stem in next(iter(concept.forms)))
        if len(concepts) == 1 and concepts[0].kind == "word" and name[0] in roots():
            return None
        return self._outlets.get(name)

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


def _outlet_names(article: Article) -> tuple[str, ...]:
    """Return how people name an outlet: "Suara.com", "suara com", "bangkapos"."""
    return article.outlet, article.outlet.replace(".", " "), article.id, article.id.replace("-", " ")


def _stems(terms: Sequence[Term]) -> list[str]:
    return [term.stem for term in terms]
