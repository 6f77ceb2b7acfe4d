"""Training: whatever bank it is, its classifiers know its questions again."""

from __future__ import annotations

from tanya_csto.bank.making.training import labelled, train_bank
from tanya_csto.bank.opinion import Bank
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


def test_every_question_has_the_class_of_its_fact() -> None:
    questions, labels, classes = labelled(BANK)
    assert questions == [question for fact in FACTS for question in fact.questions]
    assert labels.tolist() == [0, 0, 0, 1, 1, 1, 2, 2, 2]
    assert classes == 3


def test_a_bank_without_small_talk_knows_its_questions() -> None:
    bank = Bank(BANK, train_bank(BANK), Index(CORPUS))
    for text, label in (("Di mana ya kopi gayo itu ditanam", 0), ("harga naik tahun berapa sih", 1)):
        opinion = bank.opinion(parse_question(text))
        assert int(opinion.facts.argmax()) == label
        assert opinion.small_talk is None
        assert opinion.nearest(1) == [label]
    assert bank.opinion(parse_question("siapa penjual kopi gayo")).unanswerable > 0.5


def test_the_epochs_of_both_classifiers_are_shown() -> None:
    seen: list[int] = []

    def watched(epochs: range) -> range:
        seen.append(len(epochs))
        return epochs

    train_bank(BANK, watched)
    assert seen == [20, 20]
