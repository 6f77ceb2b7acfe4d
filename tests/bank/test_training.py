"""Training: whatever bank it is, its classifiers know its questions again."""

from __future__ import annotations

import numpy as np

from tanya_csto.bank.opinion import Bank
from tanya_csto.bank.training import labelled, train_bank
from tanya_csto.corpus.bank import Evidence, Fact, QuestionBank, question_key
from tanya_csto.question.parser import parse_question
from tanya_csto.retrieval.index import Index
from tanya_csto.text.spans import Span
from tests.conftest import corpus_of

CORPUS = corpus_of("Kopi gayo ditanam di Aceh. Harganya naik pada 2023.")
(ARTICLE,) = CORPUS.articles


def told(start: int, end: int, *questions: str) -> Fact:
    return Fact("answered", questions, evidence=(Evidence(ARTICLE, (Span(start, end),), None),))


FACTS = (
    told(0, 26, "Di mana kopi gayo ditanam?", "asal kopi gayo", "kopi gayo dari mana sih?"),
    told(27, 51, "Kapan harga kopi naik?", "harganya naik tahun berapa?", "tahun kenaikan harga"),
    Fact("unanswerable", ("Siapa yang menanam kopi gayo?", "Berapa harga kopi gayo?", "penjual kopi gayo")),
)
BANK = QuestionBank(FACTS, None, {question_key(q): number for number, f in enumerate(FACTS) for q in f.questions})


class Encoder:
    """Gives each fact of `FACTS` a vector of its own."""

    def embed_question(self, question: str) -> np.ndarray:
        known = next(number for number, fact in enumerate(FACTS) if question in fact.questions)
        return np.eye(3, dtype=np.float32)[known]


def test_every_question_has_the_class_of_its_fact() -> None:
    questions, labels, classes = labelled(BANK)
    assert questions == [question for fact in FACTS for question in fact.questions]
    assert labels.tolist() == [0, 0, 0, 1, 1, 1, 2, 2, 2]
    assert classes == 3


def test_a_bank_without_small_talk_and_vectors_knows_its_questions() -> None:
    model = train_bank(BANK, None)
    assert model.vectors is None
    bank = Bank(BANK, model, Index(CORPUS))
    for text, label in (("Di mana ya kopi gayo itu ditanam", 0), ("harga naik tahun berapa sih", 1)):
        for vector in (None, np.ones(384, np.float32)):
            opinion = bank.opinion(parse_question(text), vector)
            assert int(opinion.facts.argmax()) == label
            assert opinion.small_talk is None
            assert opinion.nearest(1) == [label]
    assert bank.opinion(parse_question("siapa penjual kopi gayo")).unanswerable > 0.5


def test_with_an_encoder_there_is_a_classifier_of_vectors() -> None:
    vectors = train_bank(BANK, Encoder()).vectors  # type: ignore[arg-type]
    assert vectors is not None
    assert [int(vectors.probabilities(each).argmax()) for each in np.eye(3, dtype=np.float32)] == [0, 1, 2]


def test_each_list_of_work_is_shown() -> None:
    seen: list[int] = []

    def watched(items: object) -> object:
        seen.append(len(items))  # type: ignore[arg-type]
        return items

    train_bank(BANK, Encoder(), watched)  # type: ignore[arg-type]
    assert seen == [20, 20, 9, 24]
