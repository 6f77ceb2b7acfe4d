"""Reading: what the reader makes of the best candidates, each in its passage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from tanya_csto.language.entities import Entity, in_row
from tanya_csto.language.lexicon import pattern
from tanya_csto.question.concepts import SAME
from tanya_csto.question.parser import Question
from tanya_csto.ranking.extract import asked_part, candidate_spans, entities_of, is_as_asked
from tanya_csto.ranking.features import Candidate
from tanya_csto.retrieval.index import Index
from tanya_csto.retrieval.retriever import RetrievedSentence
from tanya_csto.stages import stage
from tanya_csto.text.spans import Span

if TYPE_CHECKING:
    from tanya_csto.models.reader import Reader, Reading

MAX_READ: Final = 4  # candidates that are read
AT_ONCE: Final = 2  # passages that are read at the same time: two cores do two sooner than both do one
_ALONE: Final = ("date", "person")  # answer types that one date or person answers
SCALE: Final = 10.0  # logits are divided by this, and cut at -1 and 1


class PassageReader:
    """Reads the passages of an index around candidate sentences; built once for an index."""

    def __init__(self, index: Index, reader: Reader) -> None:
        self._index = index
        self._reader = reader
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="reader")

    def read(self, question: Question, ranked: Sequence[Candidate]) -> Iterator[tuple[Candidate, ...]]:
        """Yield the candidates with what reading adds: in the best one's passage, then in all those of `MAX_READ`.

        - read: 1 where the sentence was read
        - reading: how much better the best span inside the sentence is than none, -1 to 1
        - answerable: whether the passage around the sentence answers at all, -1 to 1

        The best span becomes the short answer, as `short_answer` mends it.
        """
        chosen, rest = ranked[:MAX_READ], ranked[MAX_READ:]
        best: dict[int, Candidate] = {}  # of each passage
        for candidate in chosen:
            best.setdefault(candidate.retrieved.indexed.passage, candidate)
        passages = list(best.values())
        found: dict[int, tuple[Reading, Span]] = {}
        for some in filter(None, (passages[:1], passages[1:])):
            found = self._read_around(some, question) | found
            read = (_read_as(question, each, *found[each.number]) if each.number in found else each for each in chosen)
            yield (*read, *rest)

    def _read_around(self, best: Sequence[Candidate], question: Question) -> dict[int, tuple[Reading, Span]]:
        """Return what is read in each sentence, by number, of the passages around candidates, and where it stands."""
        passages = [each.retrieved.indexed.passage for each in best]
        asked = (in_words_of(candidate, question) for candidate in best)
        with stage("read"):
            read = list(self._pool.map(self._reader.read_sentences, asked, map(self._index.window_texts, passages)))
        found: dict[int, tuple[Reading, Span]] = {}
        for passage, readings in zip(passages, read, strict=True):
            numbers = self._index.context_window(passage)
            for number, reading in zip(numbers, readings[-len(numbers) :], strict=True):
                start = self._index.sentence(number).span.start
                found.setdefault(number, (reading, Span(start + reading.start, start + reading.end)))
        return found


def in_words_of(candidate: Candidate, question: Question) -> str:
    """Return the question in the words of a candidate: a reader that knows no synonyms is asked with none.

    "Di mana markas CSTO?" is asked of "Kantor pusat CSTO di Moskow" as "Di mana kantor pusat CSTO?".
    """
    said = [
        (match.concept.span, match.spans[0])
        for match in candidate.retrieved.matches
        if match.spans and match.match_weight < SAME and match.concept.kind == "word"
    ]
    text = question.text
    for span, place in sorted(said, reverse=True):
        text = text[: span.start] + place.of(candidate.article.text) + text[span.end :]
    return text


def short_answer(span: Span, question: Question, retrieved: RetrievedSentence) -> Span:
    """Return the words of a sentence that answer, from those that the reader chose.

    Of a when or a who, the one date or person among them ("Presiden Rusia Vladimir Putin" is "Vladimir Putin"), of
    several figures the one that fits best; of all others, they are grown to the ends of the dates, figures and names
    that they cut through, and to all members of a list that is asked for. Those of a part that is set against the one
    asked about give way to the first that stands in that one.
    """
    entities, text = entities_of(question, retrieved), retrieved.indexed.article.text
    touched = [entity for entity in entities if entity.span.overlaps(span)]
    told = [entity.span for entity in touched if entity.kind == question.answer_type]
    if better := _better(question, retrieved, span, told):
        return better
    if question.answer_type in _ALONE and len(told) == 1:
        return told[0]
    shares = any(text[one.end : other.start] == " dari " for one, other in pairwise(told))  # "lima dari 14 orang"
    if question.answer_type == "number" and len(told) > 1 and not (question.asks_for_list or shares):
        return next((each for each in candidate_spans(question, retrieved) if each in told), told[0])
    spans = [span, *(entity.span for entity in touched)]
    grown = Span(min(each.start for each in spans), max(each.end for each in spans))
    return _whole_list(grown, entities, text) if question.asks_for_list else grown


def _better(question: Question, retrieved: RetrievedSentence, chosen: Span, told: Sequence[Span]) -> Span | None:
    """Return the span that answers where those told do not: one as it is asked for, or in the part asked about."""
    text, part = retrieved.indexed.article.text, asked_part(retrieved)
    spans = candidate_spans(question, retrieved)
    fitting = [span for span in spans if is_as_asked(question, span, text)]
    if fitting and not set(told) & set(fitting):
        return fitting[0]
    if part.overlaps(chosen):
        return None
    return next((span for span in fitting or spans if part.contains(span)), None)


def _whole_list(span: Span, entities: Sequence[Entity], text: str) -> Span:
    """Return a span grown by the names in a row with it."""
    for entity in entities:
        if in_row(span, entity.span, text):
            rest = pattern("rest_of_name").match(text, entity.span.end)
            span = Span(span.start, rest.end() if rest else entity.span.end)
    for entity in reversed(entities):
        if in_row(entity.span, span, text):
            span = Span(entity.span.start, span.end)
    return span


def _read_as(question: Question, candidate: Candidate, reading: Reading, span: Span) -> Candidate:
    features = {"read": 1.0, "reading": _cut(reading.span_score), "answerable": _cut(reading.answerable)}
    short = short_answer(span, question, candidate.retrieved) if len(span) else candidate.short
    return replace(candidate, features={**candidate.features, **features}, short=short)


def _cut(logit: float) -> float:
    return max(-1.0, min(1.0, logit / SCALE))
