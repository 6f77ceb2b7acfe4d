from collections import Counter
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from tanya_csto import finder
from tanya_csto.corpus.articles import Corpus
from tanya_csto.engine import Tanya
from tanya_csto.errors import QuestionError
from tanya_csto.question.parser import Question, parse_question
from tanya_csto.service.answers import AnswerCache, AnswerService
from tanya_csto.service.context import RequestContext
from tanya_csto.service.conversation import MAX_PAST, Conversation
from tests.service.conftest import FakeTanya


def service(tanya: Tanya | FakeTanya) -> AnswerService:
    return AnswerService(AnswerCache(tanya, 0), RequestContext())  # type: ignore[arg-type]


def test_an_address_holds_the_whole_conversation() -> None:
    conversation = Conversation.of(" Kapan? ", ["Apa itu CSTO?"], as_typed=[2])
    assert parse_qsl(urlsplit(conversation.address).query) == conversation.own_fields
    assert conversation.own_fields == [("riwayat", "Apa itu CSTO?"), ("q", "Kapan?"), ("persis", "2")]
    assert conversation.fields == [("riwayat", "Apa itu CSTO?"), ("riwayat", "Kapan?"), ("persis", "2")]


def test_numbers_move_up_when_the_oldest_question_gives_way() -> None:
    conversation = Conversation.of("ke-11", [f"ke-{n}" for n in range(1, 11)], as_typed=[1, 3, 11])
    assert conversation.fields[0] == ("riwayat", "ke-2")
    assert [value for name, value in conversation.fields if name == "persis"] == ["2", "10"]
    assert [asked.question for asked in conversation.then("ke-12").asked] == [f"ke-{n}" for n in range(2, 13)]


def test_a_question_keeps_the_article_that_it_is_asked_of() -> None:
    conversation = Conversation.of("Kapan?", ["Apa itu CSTO?"], within=["1:suara", "wahananews"])
    assert [asked.within for asked in conversation.asked] == ["suara", "wahananews"]
    assert conversation.own_fields[2:] == [("artikel", "1:suara"), ("artikel", "2:wahananews")]
    assert Conversation.of("Kapan?", ["Apa itu CSTO?"], within=["1:suara", "2:wahananews"]) == conversation
    assert conversation.then("Siapa?").asked[-1].within is None
    assert conversation.then("Siapa?").own_fields[3:] == conversation.own_fields[2:]


@pytest.mark.parametrize("question", ["x" * 500, "😀" * 500, "م" * 500])
def test_an_address_stays_short_enough_to_be_sent(question: str) -> None:
    conversation = Conversation.of(question)
    for _ in range(12):
        conversation = conversation.then(question)
    assert len(conversation.address) <= MAX_PAST + 6100
    assert len(conversation.asked) <= 11


def test_the_last_question_is_asked_first_so_that_too_many_are_refused_at_once(tanya: FakeTanya) -> None:
    with pytest.raises(QuestionError, match="Riwayat"):
        service(tanya).turns(Conversation.of("kapan", ["x"] * 1000))
    assert tanya.asked == []


@pytest.mark.parametrize("turns", [3, 11])
def test_a_longer_chat_understands_none_of_its_questions_more_often(
    monkeypatch: pytest.MonkeyPatch, corpus: Corpus, turns: int
) -> None:
    understood: Counter[str] = Counter()

    def counted(text: str, *more: Any) -> Question:
        understood[text] += 1
        return parse_question(text, *more)

    monkeypatch.setattr(finder, "parse_question", counted)
    asked = [f"Berapa jumlahnya pada tahun {1990 + number}?" for number in range(turns)]  # each leans on the one before
    shown = service(Tanya(corpus)).turns(Conversation.of(asked[-1], asked[:-1]))
    assert [turn.asked.question for turn in shown] == asked
    assert all(1 <= understood[question] <= 3 for question in asked)  # alone, behind the others, and with what it takes


def test_a_question_that_leans_on_nothing_is_linked_alone(engine: Tanya) -> None:
    answering = service(engine)
    asked = ("Apa tujuannya?", "Kapan CSTO didirikan?", "Terima kasih")
    linked = {question: answering.turn(Conversation.of(question, ["Apa itu NATO?"])).link for question in asked}
    assert linked == {
        "Apa tujuannya?": "/?riwayat=Apa+itu+NATO%3F&q=Apa+tujuannya%3F",
        "Kapan CSTO didirikan?": "/?q=Kapan+CSTO+didirikan%3F",
        "Terima kasih": "/?q=Terima+kasih",
    }
