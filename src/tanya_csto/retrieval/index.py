"""The index: a corpus as it is searched, its sentences analysed when a question needs them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

from tanya_csto.corpus.articles import Article, Corpus
from tanya_csto.corpus.passages import Sentence
from tanya_csto.language.entities import Entity, find_entities
from tanya_csto.language.lexicon import pattern
from tanya_csto.language.names import Name, name_index, names_in
from tanya_csto.language.terms import Term, runs_of
from tanya_csto.language.thesaurus import Phrase
from tanya_csto.language.tokens import tokenize, words_of
from tanya_csto.question.outlets import Outlets
from tanya_csto.retrieval.bm25 import Statistics, TermWeights
from tanya_csto.retrieval.matrix import WeightMatrix
from tanya_csto.retrieval.store import INDEX, kept
from tanya_csto.retrieval.tables import tabulate
from tanya_csto.text.spans import Span

REACH: Final = 2  # sentences before another in which what that one speaks of may be named
FAR: Final = 4  # the most of them, where each leans on the one before it
KEPT: Final = 4096  # sentences that stay analysed, and as many passages; about 10 kB each


@dataclass(frozen=True, eq=False)
class IndexedSentence:
    """One sentence as it is searched: its stems in order, its number in the corpus and that of its passage."""

    sentence: Sentence
    stems: tuple[str, ...]
    number: int
    passage: int
    surnames: frozenset[str] = field(repr=False)

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The terms of the sentence."""
        return tuple(map(Term, tokenize(self.article.text, self.sentence.span), self.stems))

    def find(self, phrase: Phrase) -> tuple[Span, ...]:
        """Return the places where a phrase of stems stands, in order."""
        runs = runs_of(phrase, self.stems)
        return tuple(Span(self.terms[run[0]].span.start, self.terms[run[-1]].span.end) for run in runs)

    @cached_property
    def entities(self) -> tuple[Entity, ...]:
        """The dates, quantities, people, places and organisations that the sentence names."""
        return find_entities(self.article.text, self.sentence.span, self.terms, self.surnames)

    @cached_property
    def names(self) -> frozenset[Name]:
        """The names of the gazetteer that stand in the sentence."""
        text = self.article.text
        return frozenset(
            name for entity in self.entities for name in name_index().get(words_of(entity.span.of(text)), ())[:1]
        )

    @cached_property
    def has_anaphora(self) -> bool:
        """Whether a pronoun stands for what the sentences before name ("keduanya", "kedua republik ini", "mereka")."""
        return bool(pattern("pronoun").search(self.sentence.text))

    @property
    def article(self) -> Article:
        """The article that the sentence stands in."""
        return self.sentence.article


class Topic(NamedTuple):
    """What an article is about: the stems that say so, in order, and the names of the gazetteer among them."""

    stems: tuple[str, ...]
    names: frozenset[Name]


class Index:
    """Everything about a corpus that does not depend on the question; built once, read-only afterwards."""

    def __init__(self, corpus: Corpus) -> None:
        """Take the tables that are kept for the corpus, or work them out.

        Raises:
            CorpusError: there is no word in the corpus.
        """
        tables = kept(corpus, INDEX) or tabulate(corpus.articles)
        arrays, words = tables.arrays, tables.words
        self.corpus = corpus
        self.vocabulary: Mapping[str, int] = words["vocabulary"]
        self.outlets: Outlets = {tuple(name): articles for name, articles in words["outlets"]}
        self.sentence_stems = Statistics(**words["sentences"])
        self.passage_stems = Statistics(**words["passages"])
        self.weights = WeightMatrix(self.passage_stems, arrays["indices"], arrays["data"])
        self.size = len(arrays["sentences"])
        self.passages = len(arrays["passages"]) - 1
        self._sentences, self._passages, self._articles = arrays["sentences"], arrays["passages"], arrays["articles"]
        self._stems, self._terms, self._words = arrays["stems"], arrays["terms"], tuple(self.sentence_stems.frequency)
        self._numbers = {article.id: number for number, article in enumerate(corpus.articles)}
        self._surnames = frozenset(words["surnames"])
        self.indexed_sentence = lru_cache(KEPT)(self._indexed_sentence)
        self.before = lru_cache(KEPT)(self._before)
        self.topic = lru_cache(KEPT)(self._topic)
        self.term_weights = lru_cache(KEPT)(self._term_weights)
        self.passage_term_weights = lru_cache(KEPT)(self._passage_term_weights)

    def neighbour(self, indexed: IndexedSentence, offset: int) -> IndexedSentence | None:
        """Return the sentence `offset` places away in the same article, or None."""
        number = indexed.number + offset
        if not 0 <= number < self.size:
            return None
        near = self.indexed_sentence(number)
        return near if near.article is indexed.article else None

    def sentences_of(self, passage: int) -> range:
        """Return the numbers of the sentences of a passage."""
        return range(*self._passages[passage : passage + 2].tolist())

    def context_window(self, passage: int) -> range:
        """Return the numbers of the sentences of a passage, with the one before it in its article."""
        numbers = self.sentences_of(passage)
        first = numbers.start
        continues = first > 0 and self.sentence(first - 1).article is self.sentence(first).article
        return range(first - continues, numbers.stop)

    def window_texts(self, passage: int) -> list[str]:
        """Return the sentences of a passage's context window, below the title of its article where that has one."""
        window = [self.sentence(number) for number in self.context_window(passage)]
        title = window[0].article.searched_title
        return [*([f"{title}."] if title else ()), *(sentence.text for sentence in window)]

    def article_of(self, passage: int) -> int:
        """Return the number of the article that a passage stands in."""
        return int(self._articles.searchsorted(passage, side="right")) - 1

    def passages_of(self, articles: Iterable[str]) -> tuple[range, ...]:
        """Return the numbers of the passages of the articles (by id), as few ranges as hold them."""
        found: list[range] = []
        for number in sorted(self._numbers[article] for article in articles):
            start, stop = self._articles[number : number + 2].tolist()
            if found and found[-1].stop == start:
                start = found.pop().start
            found.append(range(start, stop))
        return tuple(found)

    def sentence(self, number: int) -> Sentence:
        """Return a sentence as it stands in its article."""
        article = self.corpus.articles[self.article_of(self.passage_of(number))]
        start, end, heading = self._sentences[number].tolist()
        return Sentence(article, Span(start, end), bool(heading))

    def number_at(self, article: str, place: int) -> int:
        """Return the number of the sentence of an article (by id) that a place of its text is in, or behind."""
        number = self._numbers[article]
        bounds: list[int] = self._passages[self._articles[number : number + 2]].tolist()
        starts = self._sentences[bounds[0] : bounds[1], 0]
        return bounds[0] + max(0, int(starts.searchsorted(place, side="right")) - 1)

    def passage_of(self, number: int) -> int:
        """Return the number of the passage that a sentence stands in."""
        return int(self._passages.searchsorted(number, side="right")) - 1

    def _indexed_sentence(self, number: int) -> IndexedSentence:
        stems = self._stems_of(range(number, number + 1))
        return IndexedSentence(self.sentence(number), stems, number, self.passage_of(number), self._surnames)

    def _before(self, number: int) -> tuple[IndexedSentence, ...]:
        """Return what a reader of a sentence has just read: the sentences before, and the heading of the section."""
        indexed = self.indexed_sentence(number)
        before: list[IndexedSentence] = []
        for offset in range(1, FAR + 1):
            near = self.neighbour(indexed, -offset)
            if near is None or (offset > REACH and not before[-1].has_anaphora):
                break
            before.append(near)
        heading = self.indexed_sentence(self.sentences_of(indexed.passage).start)
        if heading.sentence.heading and all(heading.number != near.number for near in (indexed, *before)):
            before.append(heading)
        return tuple(before)

    def _topic(self, article: int) -> Topic:
        """Return what an article (by number) is about: what its title says, or the heading that it begins with."""
        if title := self.corpus.articles[article].searched_title:
            return Topic(self._title_stems(article), names_in(words_of(title)))
        first = self.indexed_sentence(int(self._passages[self._articles[article]]))
        if first.sentence.heading:
            return Topic(first.stems, names_in(words_of(first.sentence.text)))
        return Topic((), frozenset())

    def _title_stems(self, article: int) -> tuple[str, ...]:
        return self._stems_of(range(self.size + article, self.size + article + 1))

    def _term_weights(self, number: int) -> TermWeights:
        """Return a sentence as BM25 sees it."""
        return self.sentence_stems.term_weights(self._stems_of(range(number, number + 1)))

    def _passage_term_weights(self, number: int) -> TermWeights:
        """Return a passage, below its article's title, as BM25 sees it."""
        title = self._title_stems(self.article_of(number))
        return self.passage_stems.term_weights((*title, *self._stems_of(self.sentences_of(number))))

    def _stems_of(self, sentences: range) -> tuple[str, ...]:
        """Return the stems of sentences that follow one another, in order; the titles come behind the last one."""
        stems = self._stems[self._terms[sentences.start] : self._terms[sentences.stop]]
        return tuple(self._words[number] for number in stems.tolist())
