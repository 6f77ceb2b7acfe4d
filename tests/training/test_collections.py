"""The collections: questions whose evidence stands in their articles, and paragraphs made into articles."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from training.collections import (
    EVENTS,
    HERE,
    NEWS,
    Collection,
    of_paragraphs,
    read_kinds,
    read_news,
    with_bank,
    without_bank,
)

from tanya_csto.evaluate import proves_any


@pytest.fixture(scope="module")
def collections() -> dict[str, Collection]:
    return {collection.name: collection for collection in (*without_bank(), *map(read_news, EVENTS))}


def rows(name: str) -> list[dict[str, Any]]:
    text = (HERE / "collections" / name / "questions.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("name", [*NEWS, *EVENTS])
def test_every_quote_stands_in_its_article_and_holds_its_answers(collections: dict[str, Collection], name: str) -> None:
    corpus = collections[name].corpus
    for row in rows(name):
        for evidence in row["evidence"]:
            assert evidence["quote"] in corpus[evidence["article"]].text, row["id"]
            assert evidence["answers"], row["id"]
            assert all(answer in evidence["quote"] for answer in evidence["answers"]), row["id"]


@pytest.mark.parametrize("name", [*NEWS, *EVENTS])
def test_what_is_answerable_has_evidence_and_what_is_not_has_none(
    collections: dict[str, Collection], name: str
) -> None:
    for question in collections[name].questions:
        assert question.answerable is bool(question.evidence), question.id
        assert question.answerable is (question.category != "unanswerable"), question.id


@pytest.mark.parametrize("name", [*NEWS, *EVENTS])
def test_the_sides_of_a_disagreement_share_no_evidence(name: str) -> None:
    for row in rows(name):
        assert (row["category"] == "conflict") is (len(row["sides"]) > 1), row["id"]
        places = [place for side in row["sides"] for place in side]
        assert len(set(places)) == len(places), row["id"]
        assert all(0 <= place < len(row["evidence"]) for place in places), row["id"]


@pytest.mark.parametrize("name", [*NEWS, *EVENTS])
def test_no_question_is_asked_twice(name: str) -> None:
    asked = Counter((row["question"].casefold(), *row["history"]) for row in rows(name))
    assert [text for text, count in asked.items() if count > 1] == []


def test_the_built_in_articles_are_asked_with_their_bank_and_without(collections: dict[str, Collection]) -> None:
    banked = list(with_bank())
    assert all(each.corpus.bank is not None for each in banked)
    assert all(each.corpus.bank is None for each in collections.values())
    assert collections["csto"].questions == tuple(question for each in banked for question in each.questions)
    assert collections["csto"].corpus.articles == banked[0].corpus.articles


def test_the_blind_set_is_not_read(collections: dict[str, Collection]) -> None:
    blind = json.loads((HERE.parent / "tests" / "questions" / "blind.jsonl").read_text("utf-8").splitlines()[0])
    assert blind["id"] not in {question.id for question in collections["csto"].questions}


# Of paragraphs

FOUNDED, SEAT = "CSTO didirikan pada 1992.", "Kantornya ada di Moskow."
PARAGRAPH = f"{FOUNDED} {SEAT}"


@pytest.mark.parametrize(
    ("answers", "quotes"),
    [
        (["1992"], [FOUNDED]),
        (["Moskow"], [SEAT]),
        (["1992. Kantornya"], [PARAGRAPH]),
        (["1992", "di Moskow"], [FOUNDED, SEAT]),
        (["2002"], []),
        ([], []),
    ],
)
def test_the_evidence_is_the_sentence_with_the_answer(answers: list[str], quotes: list[str]) -> None:
    (question,) = of_paragraphs("toy", [(PARAGRAPH, "Kapan?", answers)]).questions
    assert [evidence.quote for evidence in question.evidence] == quotes
    assert question.answerable is bool(answers)
    assert all(proves_any(quote, question.evidence) for quote in quotes)
    assert not proves_any("Hujan turun hari ini.", question.evidence)


def test_every_sentence_that_holds_an_answer_is_evidence() -> None:
    told = f"{FOUNDED} Pada 1992 hujan turun."
    (question,) = of_paragraphs("toy", [(told, "Kapan?", ["1992"])]).questions
    assert [evidence.quote for evidence in question.evidence] == [FOUNDED, "Pada 1992 hujan turun."]


def test_each_paragraph_is_one_article_however_much_is_asked_of_it() -> None:
    asked = [(PARAGRAPH, "Kapan?", ["1992"]), ("Hujan.", "Kapan?", []), (PARAGRAPH, "Di mana?", ["Moskow"])]
    collection = of_paragraphs("toy", asked, ["Cerah.", "Hujan."])
    assert [article.text for article in collection.corpus.articles] == [PARAGRAPH, "Hujan.", "Cerah."]
    assert [question.text for question in collection.questions] == ["Kapan?", "Kapan?", "Di mana?"]
    assert [question.category for question in collection.questions] == ["other_fact", "unanswerable", "other_fact"]


def test_the_kinds_are_asked_of_all_paragraphs(tmp_path: Path) -> None:
    asked = [
        {"context": PARAGRAPH, "question": "Kapan?", "answer": "1992"},
        {"context": PARAGRAPH, "question": "Mengapa?", "answer": ""},
    ]
    others = [{"context": "Hujan.", "question": "Apa?", "answer": "Hujan"}]
    for name, lines in (("valid", asked), ("train", others)):
        rows = [{**line, "answer_start": 0, "kind": "", "style": ""} for line in lines]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    collection = read_kinds(tmp_path)
    assert [article.text for article in collection.corpus.articles] == [PARAGRAPH, "Hujan."]
    assert [(question.text, question.answerable) for question in collection.questions] == [
        ("Kapan?", True),
        ("Mengapa?", False),
    ]
