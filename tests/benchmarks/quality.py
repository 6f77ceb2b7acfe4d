"""Retrieval on questions that others wrote: does a question of IDK-MRC find the paragraph that answers it?

`python -m tests.benchmarks.quality --data DIR`, where DIR/idk-mrc holds train.json and valid.json of IDK-MRC (Putri and
Oh 2022, doi 10.48550/arXiv.2210.13778). Each answerable question of the valid split is put to all paragraphs of both
splits. The two weights of our own mixes are fitted on a sample of the train split, in the same run.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import snowballstemmer
from numpy.typing import NDArray
from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

from tanya_csto.corpus.articles import Article, Corpus
from tanya_csto.language.terms import stems_of
from tanya_csto.models.networks import load_networks
from tanya_csto.question.parser import parse_question
from tanya_csto.retrieval.bm25 import LuceneBM25
from tanya_csto.retrieval.expansion import QueryExpansion
from tanya_csto.retrieval.index import Index
from tanya_csto.retrieval.matrix import WeightMatrix
from tanya_csto.retrieval.retriever import Retriever
from tanya_csto.text.sentences import split_sentences
from tanya_csto.text.spans import Span

SAMPLE: Final = 200  # questions of the train split that the weights are fitted on
SENTENCE: Final = (0.0, 0.25, 0.5, 1.0, 2.0)  # tried weights of the best sentence beside the whole paragraph
MEANING: Final = (1.0, 2.0, 3.0, 5.0, 8.0, 12.0, 20.0)  # tried weights of the cosine beside the words

Scores = NDArray[np.float64]  # (paragraphs,) for one question, (questions, paragraphs) for several
Scorer = Callable[[str], Scores]


class Asked(NamedTuple):
    """A question and the number of the paragraph that answers it."""

    question: str
    paragraph: int


def read(folder: Path) -> tuple[list[str], list[Asked], list[Asked]]:
    """Return the distinct paragraphs of both splits, and the answerable questions of train (a sample) and valid."""
    splits = [json.loads((folder / "idk-mrc" / f"{name}.json").read_text("utf-8")) for name in ("train", "valid")]
    numbers: dict[str, int] = {}
    for entry in (entry for split in splits for entry in split):
        numbers.setdefault(entry["context"], len(numbers))
    train, valid = (
        [
            Asked(asked["question"], numbers[entry["context"]])
            for entry in split
            for asked in entry["qas"]
            if not asked["is_impossible"]
        ]
        for split in splits
    )
    return list(numbers), random.Random(0).sample(train, SAMPLE), valid  # noqa: S311 - the same sample each time


def bm25(paragraphs: Sequence[str], analyse: Callable[[str], Sequence[str]]) -> Scorer:
    """Return plain BM25 over what `analyse` makes of a text."""
    matrix = WeightMatrix.of(LuceneBM25([analyse(paragraph) for paragraph in paragraphs]))
    known = matrix.statistics

    def score(question: str) -> Scores:
        terms = Counter(term for term in analyse(question) if term in known.frequency)
        found = matrix.top({term: count * known.idf(term) for term, count in terms.items()}, len(paragraphs))
        scores = np.zeros(len(paragraphs))
        for number, value in found:
            scores[number] = value
        return scores

    return score


def words(text: str) -> list[str]:
    """Return the lower-cased words of a text."""
    return re.findall(r"\w+", text.lower())


def stemmed(stem: Callable[[str], str]) -> Callable[[str], list[str]]:
    """Return what makes a text the stems of its words."""
    cached = lru_cache(maxsize=None)(stem)
    return lambda text: [cached(word) for word in words(text)]


def concepts(paragraphs: Sequence[str]) -> Scorer:
    """Return BM25 of whole paragraphs over our concepts of the question, 1 for the best one."""
    documents = [stems_of(paragraph) for paragraph in paragraphs]
    known = LuceneBM25(documents).statistics
    weights = [known.term_weights(document) for document in documents]

    def score(question: str) -> Scores:
        expansion = QueryExpansion(parse_question(question).concepts, known)
        scored = expansion.scorer(known)
        scores = np.array([sum(scored(each)) for each in weights])
        return scores / (scores.max() or 1.0)

    return score


def best_sentence(paragraphs: Sequence[str]) -> Scorer:
    """Return our retrieval over the sentences of the paragraphs, each an article of its own; the best one counts."""
    articles = (Article(str(number), "-", text) for number, text in enumerate(paragraphs))
    retriever = Retriever(Index(Corpus(tuple(articles))))

    def score(question: str) -> Scores:
        scores = np.zeros(len(paragraphs))
        for retrieved in retriever.retrieve(parse_question(question)):
            number = int(retrieved.indexed.article.id)
            scores[number] = max(scores[number], retrieved.score)
        return scores

    return score


def meaning(paragraphs: Sequence[str]) -> Scorer:
    """Return the cosine of the question and a sentence of the paragraph, as our encoder sees them; the best counts."""
    encoder = load_networks().encoder
    sentences = [[span.of(text) for span in split_sentences(text, Span(0, len(text)))] for text in paragraphs]
    vectors = np.concatenate([encoder.embed_sentences(each) for each in sentences])
    firsts = np.cumsum([0, *map(len, sentences[:-1])])
    return lambda question: np.asarray(
        np.maximum.reduceat(vectors @ encoder.embed_question(question), firsts), np.float64
    )


def ranks(scores: Scores, asked: Sequence[Asked]) -> NDArray[np.int64]:
    """Return how many paragraphs stand before the right one, by question; of equals the first in the corpus leads."""
    rows = []
    for row, (_, right) in zip(scores, asked, strict=True):
        rows.append((row > row[right]).sum() + (row[:right] == row[right]).sum())
    return np.array(rows)


def mrr(before: NDArray[np.int64]) -> float:
    """Return the mean reciprocal rank within the first ten."""
    return float(np.where(before < 10, 1 / (before + 1), 0).mean())


def measure(folder: Path) -> dict[str, NDArray[np.int64]]:
    """Return the ranks of the right paragraphs of the valid questions, by the name of the method."""
    paragraphs, train, valid = read(folder)
    stem = StemmerFactory().create_stemmer().stem
    snowball = snowballstemmer.stemmer("indonesian").stemWord
    methods = {"raw words": words, "snowball stems": stemmed(snowball), "Sastrawi stems": stemmed(stem)}
    found = {f"BM25, {name}": ranks(_all(bm25(paragraphs, analyse), valid), valid) for name, analyse in methods.items()}
    parts = [make(paragraphs) for make in (concepts, best_sentence, meaning)]
    fitted, measured = ([_all(part, asked) for part in parts] for asked in (train, valid))
    found["the encoder alone"] = ranks(measured[2], valid)
    for name, tried in (("light", product(SENTENCE, [0.0])), ("full", product(SENTENCE, MEANING))):
        weights = max(tried, key=lambda weights: mrr(ranks(_mix(fitted, *weights), train)))
        found[f"ours, {name} (sentence {weights[0]:g}, meaning {weights[1]:g})"] = ranks(
            _mix(measured, *weights), valid
        )
    return found


def _all(score: Scorer, asked: Sequence[Asked]) -> Scores:
    return np.stack([score(question) for question, _ in asked])


def _mix(parts: Sequence[Scores], sentence: float, meaning: float) -> Scores:
    return parts[0] + sentence * parts[1] + meaning * parts[2]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    print("| method | R@1 | R@5 | MRR@10 |\n| --- | --- | --- | --- |")
    for name, before in measure(parser.parse_args().data).items():
        print(f"| {name} | {(before < 1).mean():.3f} | {(before < 5).mean():.3f} | {mrr(before):.3f} |")
