"""Evidence: which sentence answers a question by the bank, what is contested, and what else could be asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tanya_csto.bank.making.learner import Plan, train_ngrams
from tanya_csto.bank.ngrams import buckets
from tanya_csto.bank.opinion import Bank, BankOpinion, pooled
from tanya_csto.corpus.articles import Corpus
from tanya_csto.corpus.bank import BankSide, Evidence, Fact, QuestionBank
from tanya_csto.question.outlets import with_outlets
from tanya_csto.question.parser import parse_question
from tanya_csto.retrieval.index import Index
from tanya_csto.text.spans import Span
from tests.conftest import corpus_of

TALK = ("greeting", "thanks")


def ask(bank: Bank, text: str) -> BankOpinion:
    return bank.opinion(parse_question(text))


def told_by(bank: Bank, number: int, opinion: BankOpinion) -> tuple[Fact, Evidence]:
    told = bank.told_by(number, opinion)
    assert told is not None
    return told


def whole(opinion: BankOpinion) -> float:
    return float(opinion.facts.sum()) + opinion.unanswerable + sum(opinion.talk.values())


# Of the bank of the five articles: only what is obvious, since it is trained anew whenever it changes.


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Siapa Sekretaris Jenderal CSTO?", "Imangali Tasmagambetov"),
        ("Apa kepanjangan CSTO?", "Collective Security Treaty Organization"),
        ("Aliansi mana yang menjadi saingan CSTO?", "NATO"),
        ("berapa jumlah personel penjaga perdamaian csto", "3.600"),
    ],
)
def test_an_obvious_question_puts_its_sentence_first(bank: Bank, index: Index, question: str, words: str) -> None:
    opinion = ask(bank, question)
    assert opinion.small_talk is None
    assert opinion.unanswerable < 0.5
    best, *_ = opinion.nearest(6)
    assert words in index.sentence(best).text
    assert opinion.supported[best] >= opinion.sentences[best] > 0.3


def test_every_first_question_is_known_again(bank: Bank) -> None:
    known = [int(ask(bank, question).facts.argmax()) == place for place, question in enumerate(bank.shown)]
    assert sum(known) / len(known) > 0.9


@pytest.mark.parametrize(
    ("text", "talk"),
    [("halo", "greeting"), ("terima kasih banyak", "thanks"), ("sampai jumpa lagi", "farewell")],
)
def test_small_talk_is_known(bank: Bank, text: str, talk: str) -> None:
    assert ask(bank, text).small_talk == talk


@pytest.mark.parametrize("question", ["Siapa juara Piala Dunia 2022?", "Bagaimana cara memasak rendang?"])
def test_what_no_article_tells_is_known_not_to_be_told(bank: Bank, question: str) -> None:
    opinion = ask(bank, question)
    assert opinion.unanswerable > 0.5
    assert opinion.small_talk is None


@pytest.mark.parametrize(
    ("question", "topic"),
    [("Hari apakah tanggal 17 Mei 2022?", "hari"), ("Berapa jumlah negara anggota CSTO?", "jumlah anggota")],
)
def test_a_question_on_which_the_articles_disagree_is_known(bank: Bank, question: str, topic: str) -> None:
    found = bank.contested(ask(bank, question))
    assert found is not None
    fact, probability = found
    assert topic in fact.topic
    assert 0.6 < probability <= 1 + 1e-6


@pytest.mark.parametrize("question", ["Siapa Sekretaris Jenderal CSTO?", "halo", "Bagaimana cara memasak rendang?"])
def test_where_the_articles_agree_nothing_is_contested(bank: Bank, question: str) -> None:
    assert bank.contested(ask(bank, question)) is None


def test_what_is_told_lies_inside_its_quote(bank: Bank) -> None:
    for question in bank.shown[:100]:
        opinion = ask(bank, question)
        for number in opinion.nearest(2):
            _, told = told_by(bank, number, opinion)
            assert told.answer is None or any(span.contains(told.answer) for span in told.spans)


def test_the_obvious_answer_is_told(bank: Bank) -> None:
    opinion = ask(bank, "Siapa Sekretaris Jenderal CSTO?")
    fact, told = told_by(bank, opinion.nearest(1)[0], opinion)
    assert "Sekretaris Jenderal" in fact.questions[0]
    assert told.answer is not None
    assert told.answer.of(told.article.text) == "Imangali Tasmagambetov"


def test_near_questions_leave_out_what_was_asked_and_say_nothing_twice(bank: Bank) -> None:
    question = parse_question("Siapa Sekretaris Jenderal CSTO?")
    opinion = bank.opinion(question)
    fact, _ = told_by(bank, opinion.nearest(1)[0], opinion)
    near = list(bank.near_questions(question, opinion, [fact, None]))
    assert fact.questions[0] not in near
    assert fact.questions[0] == next(bank.near_questions(question, opinion))
    assert len(near) == len(set(near)) > 3
    assert set(near) <= set(bank.shown)


def test_the_questions_shown_are_those_that_the_articles_answer(bank: Bank, corpus: Corpus) -> None:
    assert corpus.bank is not None
    assert len(bank.shown) == len(bank.facts) < len(corpus.bank.facts)
    assert {fact.kind for fact in bank.facts} == {"answered", "contested"}
    assert all(question[0].isupper() and question.endswith("?") for question in bank.shown)


# Of a bank of four sentences, whose probabilities are put in by hand.


def piece(corpus: Corpus, article: int, words: str, answer: str = "") -> Evidence:
    found = corpus.articles[article]
    start = found.text.index(words)
    within = found.text.index(answer, start)
    span = Span(start, start + len(words))
    return Evidence(found, (span,), Span(within, within + len(answer)) if answer else None)


@pytest.fixture(scope="module")
def tiny() -> Bank:
    """Return a bank over the sentences 0 and 1 of one article and 2 and 3 of another, trained on what is asked."""
    corpus = corpus_of("Markas ada di Moskow. Jumlah tentara seribu.", "Markas di Moskow. Jumlah tentara dua ribu.")
    office = Fact(
        "answered",
        ("Di mana markas?", "markas di mana", "letak markas"),
        evidence=(
            piece(corpus, 0, "Markas ada di Moskow.", "Moskow"),
            piece(corpus, 1, "Markas di Moskow.", "Moskow"),
        ),
    )
    city = Fact(
        "answered", ("Apa ada di Moskow?", "moskow itu ada apa"), evidence=(piece(corpus, 0, "Markas ada di Moskow."),)
    )
    soldiers = Fact(
        "contested",
        ("Berapa jumlah tentara?", "jumlah tentara berapa", "ada berapa tentara"),
        topic="jumlah tentara",
        sides=(
            BankSide("seribu", (piece(corpus, 0, "Jumlah tentara seribu.", "seribu"),)),
            BankSide("dua ribu", (piece(corpus, 1, "Jumlah tentara dua ribu.", "dua ribu"),)),
        ),
    )
    others = (
        Fact("unanswerable", ("Siapa juara dunia?", "juara dunia siapa")),
        Fact("smalltalk", ("halo", "halo halo"), talk="greeting"),
        Fact("smalltalk", ("makasih", "makasih banyak"), talk="thanks"),
    )
    facts = (office, city, soldiers, *others)
    questions = [(question, label) for label, fact in enumerate(facts) for question in fact.questions]
    labels = np.array([label for _, label in questions], np.int64)
    plan = Plan(hidden=16, epochs=60, batch=4)
    by_buckets = [buckets(text, parse_question(text).terms) for text, _ in questions]
    ngrams = train_ngrams(by_buckets, labels, len(facts), plan)
    return Bank(QuestionBank(facts, None), [ngrams], Index(corpus))


def opinion_of(*facts: float) -> BankOpinion:
    return BankOpinion(np.array(facts, np.float32), np.array(facts, np.float32), 1 - sum(facts), {}, {}, {})


@pytest.mark.parametrize("text", ["Di mana markas?", "juara dunia siapa", "", "🛡️"])
def test_all_probabilities_add_up_to_one(tiny: Bank, text: str) -> None:
    assert whole(ask(tiny, text)) == pytest.approx(1, abs=1e-5)


def test_each_class_stands_for_its_fact(tiny: Bank) -> None:
    assert [int(ask(tiny, fact.questions[0]).facts.argmax()) for fact in tiny.facts] == [0, 1, 2]
    assert ask(tiny, "Siapa juara dunia?").unanswerable > 0.5
    assert [ask(tiny, text).small_talk for text in ("halo", "makasih", "Di mana markas?")] == [*TALK, None]


def test_a_sentence_is_as_likely_as_the_facts_that_it_answers(tiny: Bank) -> None:
    opinion = ask(tiny, "Di mana markas?")
    office, city, soldiers = opinion.facts.tolist()
    assert opinion.sentences == pytest.approx({0: office + city, 1: soldiers, 2: 0, 3: 0})
    assert opinion.supported == pytest.approx({0: office + city, 1: soldiers, 2: office, 3: soldiers})
    assert opinion.nearest(9)[0] == 0
    assert len(opinion.nearest(2)) == 2


def test_all_classifiers_are_heard() -> None:
    sure, unsure = np.array([0.9, 0.1], np.float32), np.array([0.5, 0.5], np.float32)
    assert pooled([sure, unsure]).tolist() == pytest.approx([0.75, 0.25])  # sqrt(.45) to sqrt(.05)
    assert pooled([sure, sure]).tolist() == pytest.approx([0.9, 0.1])


def test_a_sentence_tells_the_likeliest_of_its_facts(tiny: Bank) -> None:
    office, city, soldiers = tiny.facts
    assert tiny.told_by(0, opinion_of(0.5, 0.3, 0)) == (office, office.evidence[0])
    assert tiny.told_by(0, opinion_of(0.3, 0.5, 0)) == (city, city.evidence[0])
    assert tiny.told_by(2, opinion_of(0.5, 0.3, 0)) == (office, office.evidence[1])
    assert tiny.told_by(3, opinion_of(0, 0, 0.9)) == (soldiers, soldiers.sides[1].evidence[0])


def test_a_sentence_that_the_bank_does_not_quote_tells_nothing(bank: Bank, index: Index) -> None:
    opinion = ask(bank, "Siapa Sekretaris Jenderal CSTO?")
    silent = set(range(index.size)) - set(opinion.sentences)
    assert [bank.told_by(number, opinion) for number in silent] == [None] * len(silent)


@pytest.mark.parametrize(("probability", "contested"), [(0.59, False), (0.61, True), (1.0, True)])
def test_a_disagreement_is_shown_where_it_is_likely_enough(tiny: Bank, probability: float, contested: bool) -> None:
    fact, likely = tiny.contested(opinion_of(0, 0, probability)) or (None, None)
    assert fact == (tiny.facts[2] if contested else None)
    assert likely == (pytest.approx(probability) if contested else None)


def test_near_questions_come_nearest_first_and_one_for_each_sentence(tiny: Bank) -> None:
    office, city, soldiers = tiny.facts
    question = parse_question(" ".join(fact.questions[0] for fact in tiny.facts))
    opinion = opinion_of(0.2, 0.5, 0.3)
    assert list(tiny.near_questions(question, opinion)) == [city.questions[0], soldiers.questions[0]]
    assert list(tiny.near_questions(question, opinion, [city])) == [soldiers.questions[0]]
    assert list(tiny.near_questions(question, opinion, [office, city, soldiers])) == []
    assert list(tiny.near_questions(question, opinion_of(0, 0, 0.1))) == [soldiers.questions[0]]


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("Berapa gaji sekjen CSTO?", "Siapa Sekretaris Jenderal CSTO?"),
        ("Kapan Georgia keluar?", "Apakah Azerbaijan dan Georgia anggota CSTO?"),
        ("Bagaimana cara memasak rendang?", None),
    ],
)
def test_near_questions_share_what_is_asked_about(bank: Bank, asked: str, near: str | None) -> None:
    question = parse_question(asked)
    assert next(bank.near_questions(question, bank.opinion(question)), None) == near


def test_a_question_of_the_bank_asks_for_its_fact_whatever_its_case_and_marks(bank: Bank) -> None:
    fact = next(fact for fact in bank.facts if fact.kind == "answered")
    typed = fact.questions[0].upper().replace("?", " !")
    assert ask(bank, typed).facts.argmax() == 0
    assert float(ask(bank, typed).facts[0]) > 0.99


def test_a_bank_holds_the_questions_that_are_its_own(bank: Bank) -> None:
    assert bank.holds(parse_question(bank.shown[0].upper()))
    assert not bank.holds(parse_question("Siapa juara Piala Dunia 1838?"))


def test_a_bank_that_is_not_trained_is_left_out_with_what_to_run(
    tmp_path: Path, corpus: Corpus, index: Index, caplog: pytest.LogCaptureFixture
) -> None:
    assert corpus.bank is not None
    assert Bank.load(replace(corpus.bank, folder=tmp_path), index) is None
    (record,) = caplog.records
    assert "Jalankan tanya-csto index" in record.__dict__["facts"]["advice"]


def test_what_the_named_outlet_does_not_tell_is_unanswerable(bank: Bank, index: Index) -> None:
    asked = "Menurut {}, berapa personel penjaga perdamaian CSTO?"
    told, elsewhere = (
        bank.opinion(with_outlets(parse_question(asked.format(outlet)), index.outlets, index.vocabulary))
        for outlet in ("Suara.com", "CNBC")
    )
    assert elsewhere.unanswerable > 0.9
    assert told.facts.sum() > 10 * elsewhere.facts.sum()
