from __future__ import annotations

from tanya_csto.answer.answer import Answer, Citation, Part, Side
from tanya_csto.corpus.articles import Article
from tanya_csto.service.cards import cards
from tanya_csto.text.spans import Span


def cite(n: int, outlet: str) -> Citation:
    return Citation(n, Article(outlet.lower(), outlet, "CSTO berdiri."), Span(0, 4))


A, B, C, D = cite(1, "Kabar"), cite(2, "Warta"), cite(3, "Kabar"), cite(4, "Berita")
SIDES = (Side("Tahun 2002", ("Warta", "Harian"), (2,)), Side("1992", ("Kabar",), (1, 3)))
TWICE = Answer(
    "conflicting",
    "",
    citations=(A, B, C, D),
    sides=SIDES,
    parts=(
        Part("Kapan?", "conflicting", "1992", (1, 2, 3)),
        Part("Di mana?", "answered", "CSTO", (4,)),
        Part("Siapa?", "not_found", None, ()),
    ),
)


def test_an_answer_to_one_question_is_one_card_of_all_that_it_holds() -> None:
    (card,) = cards(Answer("answered", "", "CSTO", citations=(A, B)))
    assert (card.question, card.short_answer, card.citations, card.sides) == ("", "CSTO", (A, B), ())


def test_each_question_of_a_message_has_its_own_quotes_and_sides() -> None:
    when, where, who = cards(TWICE)
    assert [len(card.sides) for card in (when, where, who)] == [2, 0, 0]
    assert (where.citations, who.citations) == ((D,), ())
    assert when.sides[0].citations == (A, C)


def test_the_outlets_of_a_side_that_are_not_quoted_are_known() -> None:
    earlier, later = cards(TWICE)[0].sides
    assert (later.outlets, later.unquoted) == (("Warta", "Harian"), ["Harian"])
    assert (earlier.outlets, earlier.unquoted) == (("Kabar",), [])


def test_sides_that_name_years_are_put_in_their_order() -> None:
    card = cards(TWICE)[0]
    assert ([side.claim for side in card.sides], card.dated) == (["1992", "Tahun 2002"], True)
    undated = Answer("conflicting", "", citations=(A, B), sides=(Side("Enam", ("Kabar",), (1,)), SIDES[0]))
    assert not cards(undated)[0].dated
