"""The collections that the answer model is fitted and measured on: articles, and questions whose answers are known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from tanya_csto.corpus.articles import Article, Corpus, load_corpus
from tanya_csto.evaluate import GoldEvidence, Question, read_questions
from tanya_csto.text.sentences import split_sentences
from tanya_csto.text.spans import Span
from training.data import load_kinds

ROOT: Final = Path(__file__).parents[1]
QUESTIONS: Final = ROOT / "tests" / "questions"
SETS: Final = ("dev", "second", "third", "fourth", "fifth")  # of questions on the built-in articles; never `blind`
NEWS: Final = (  # invented news on one subject each, by eight outlets
    "letusan",
    "sidang",
    "final",
    "wabah",
    "pilgub",
    "kapal",
    "mogok",
    "damai",
    "bendungan",
)
HERE: Final = Path(__file__).parent
# by seven outlets each, nearly half contested: what the comparer learns from, and nothing else does
EVENTS: Final = tuple(sorted({path.name for path in (HERE / "collections").glob("*/")} - set(NEWS)))


@dataclass(frozen=True, slots=True)
class Collection:
    """Articles and the questions that are asked of them."""

    name: str
    corpus: Corpus
    questions: tuple[Question, ...]


def with_bank() -> Iterator[Collection]:
    """Yield each set of questions on the built-in articles, which have a question bank."""
    corpus = load_corpus()
    for name in SETS:
        yield Collection(name, corpus, read_questions(QUESTIONS / f"{name}.jsonl"))


def without_bank() -> Iterator[Collection]:
    """Yield the collections without a bank: the built-in articles, invented news, and paragraphs of an encyclopedia."""
    articles = replace(load_corpus(), bank=None)
    yield Collection("csto", articles, tuple(each for part in with_bank() for each in part.questions))
    yield from map(read_news, NEWS)
    yield read_kinds(HERE / "data" / "kinds")


def read_news(name: str) -> Collection:
    """Return one of the collections of invented news."""
    folder = HERE / "collections" / name
    return Collection(name, load_corpus(folder), read_questions(folder / "questions.jsonl"))


def read_kinds(folder: Path) -> Collection:
    """Return the questions of `valid.jsonl`, asked of its paragraphs and those of `train.jsonl` together."""
    asked, others = (load_kinds(folder / f"{name}.jsonl") for name in ("valid", "train"))
    return of_paragraphs(
        "kinds", ((each.passage, each.question, each.golds) for each in asked), (each.passage for each in others)
    )


def of_paragraphs(name: str, asked: Iterable[tuple[str, str, Sequence[str]]], others: Iterable[str] = ()) -> Collection:
    """Return a collection in which every paragraph is an article; `asked` has (paragraph, question, answers)."""
    numbers: dict[str, int] = {}
    questions: dict[tuple[int, str], Question] = {}
    for paragraph, text, answers in asked:
        number = numbers.setdefault(paragraph, len(numbers))
        evidence = tuple(GoldEvidence(quote, tuple(answers)) for quote in _sentences_with(paragraph, answers))
        place = str(len(questions) + 1)
        questions[number, text] = Question(
            place, place, text, (), "other_fact" if answers else "unanswerable", "", bool(answers), evidence, ()
        )
    for paragraph in others:
        numbers.setdefault(paragraph, len(numbers))
    articles = tuple(Article(str(number), "-", paragraph) for paragraph, number in numbers.items())
    return Collection(name, Corpus(articles), tuple(questions.values()))


def _sentences_with(paragraph: str, answers: Iterable[str]) -> Iterator[str]:
    """Yield the sentences that hold one of the answers; where an answer runs over several, these together."""
    sentences = split_sentences(paragraph, Span(0, len(paragraph)))
    for answer in answers:
        start = paragraph.find(answer)
        while start >= 0:
            touched = [each for each in sentences if each.overlaps(Span(start, start + len(answer)))]
            if touched:
                yield paragraph[touched[0].start : touched[-1].end]
            start = paragraph.find(answer, start + len(answer))
