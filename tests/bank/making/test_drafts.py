"""Drafts: a model is told what to write, and of what it writes only what can stand in the bank is taken."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from tanya_csto.bank.making.drafts import Draft, ReplyReader, prompts
from tanya_csto.corpus.articles import Article
from tanya_csto.corpus.bank import read_fact
from tanya_csto.corpus.passages import Passage, cut_sentences
from tests.bank.making.model_server import fact, reply

TEXT = (
    "Ladang itu luas. Kopi gayo ditanam  di Aceh sejak\u00a01908. Petani memanennya dua kali. Harganya naik. "
    "Ekspornya ke Jepang."
)
ARTICLE = Article("kopi", "Kabar Pagi", TEXT, "Kopi $Gayo {baru}", "3 Mei 2023")
FIRST, PLANTED, PICKED, DEARER, LAST = cut_sentences(ARTICLE)
PASSAGE = Passage(ARTICLE, (PLANTED, PICKED, DEARER))
DRAFT = Draft(PASSAGE, (FIRST,), (LAST,))
QUOTE = "Kopi gayo ditanam di Aceh sejak 1908."
ASKED = "Kapan kopi gayo mulai ditanam?"


def read(text: str, known: tuple[str, ...] = (), told: tuple[str, ...] = ()) -> tuple[list[Any], Counter[Any]]:
    """Return the lines that a reply makes, and what was thrown away."""
    reader = ReplyReader(PASSAGE, 4, known.__contains__, told.__contains__)
    return reader.records(text), reader.dropped


def kept(facts: list[dict[str, Any]], near: list[dict[str, Any]] | None = None) -> list[dict[str, Any]]:
    return read(reply(facts, near))[0]


def test_the_prompts_hold_the_passage_its_neighbours_and_its_source() -> None:
    system, user = prompts(DRAFT)
    assert "JSON" in system
    assert '"fakta"' in system
    assert user == (
        "ARTIKEL: Kopi $Gayo {baru}, Kabar Pagi, 3 Mei 2023\n\n"
        "SEBELUMNYA:\nLadang itu luas.\n\n"
        f"BAGIAN:\n{QUOTE}\nPetani memanennya dua kali.\nHarganya naik.\n\n"
        "SESUDAHNYA:\nEkspornya ke Jepang."
    )


def test_the_example_of_the_prompt_is_one_that_would_be_taken() -> None:
    system, _ = prompts(DRAFT)
    example = system[system.index("{") : system.rindex("}") + 1]
    article = Article("a", "Kabar", json.loads(example)["fakta"][0]["kutipan"])
    passage = Passage(article, cut_sentences(article))
    reader = ReplyReader(passage, 1, set().__contains__, set().__contains__)
    assert [record["kind"] for record in reader.records(example)] == ["answered", "unanswerable"]
    assert not reader.dropped


def test_facts_and_near_misses_become_lines_of_the_bank() -> None:
    facts = [fact(QUOTE, "1908", baku=[ASKED], santai=["kopi gayo dari taun berapa?"])]
    near = [{"mirip": "Petani memanennya dua kali.", "pertanyaan": ["Siapa yang menjual kopi gayo?"]}]
    found = kept(facts, near)
    assert found == [
        {
            "kind": "answered",
            "questions": [ASKED, "kopi gayo dari taun berapa?"],
            "hands": [4, 4],
            "evidence": [{"article": "kopi", "quotes": [QUOTE], "answer": "1908"}],
        },
        {
            "kind": "unanswerable",
            "questions": ["Siapa yang menjual kopi gayo?"],
            "hands": [4],
            "near": {"article": "kopi", "quotes": ["Petani memanennya dua kali."]},
        },
    ]
    for record in found:
        read_fact(json.dumps(record), {"kopi": ARTICLE})


@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "Tentu! Ini hasilnya:\n{}\nSemoga membantu.",
        "```json\n{}\n```",
        "<think>Apakah {{ini}} JSON? {{</think>\n\n{}",
    ],
)
def test_what_stands_around_the_object_is_left_out(around: str) -> None:
    text = around.format(reply([fact(QUOTE, "1908", baku=[ASKED])]))
    assert [record["questions"] for record in read(text)[0]] == [[ASKED]]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "bukan JSON"),
        ("Maaf, saya tidak bisa.", "bukan JSON"),
        ('{"fakta": [{"kutipan": "Kopi', "bukan JSON"),
        ('} {"', "bukan JSON"),
        ("{" * 100_000 + "}", "bukan JSON"),
        ('{"jawaban": "ya"}', "JSON tanpa fakta"),
    ],
)
def test_a_reply_that_is_none_is_told(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read(text)


@pytest.mark.parametrize("facts", [None, "x", {}, [None, 1, "x", []], [{}], [fact(QUOTE, baku=None)]])
def test_whatever_else_a_reply_holds_is_left_out(facts: Any) -> None:
    assert kept(facts) == []


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        (fact("Kopi gayo ditanam di aceh sejak 1908.", "1908", baku=[ASKED]), "quote"),
        (fact("Ladang itu luas.", "luas", baku=[ASKED]), "quote"),
        (fact("Ladang itu luas. Kopi gayo", "luas", baku=[ASKED]), "quote"),
        (fact(QUOTE, "tahun 1908", baku=[ASKED]), "answer"),
        (fact(QUOTE, "Petani", baku=[ASKED]), "answer"),
        (fact("", "1908", baku=[ASKED]), "form"),
        ({"kutipan": ["x"], "baku": [ASKED]}, "form"),
        (fact(QUOTE, "1908", baku=["?", "  ", "a" * 501, "apa\x00?", 7, "\ud800"]), "form"),
        (fact(QUOTE, "1908", baku=["Kapan, menurut artikel ini, kopi ditanam?"]), "form"),
    ],
)
def test_what_cannot_stand_in_the_bank_is_thrown_away(item: dict[str, Any], reason: Any) -> None:
    records, dropped = read(json.dumps({"fakta": [item]}))
    assert records == []
    assert set(dropped) == {reason}


def test_a_part_of_a_sentence_becomes_the_whole_one() -> None:
    (found,) = kept([fact("ditanam di Aceh", "Aceh", baku=["Di mana kopi gayo ditanam?"])])
    assert found["evidence"][0]["quotes"] == [QUOTE]


def test_a_quote_of_two_sentences_becomes_both() -> None:
    (found,) = kept([fact("dua kali. Harganya naik", "naik", baku=["Bagaimana harganya?"])])
    assert found["evidence"][0]["quotes"] == ["Petani memanennya dua kali.", "Harganya naik."]


def test_a_fact_may_go_without_an_answer() -> None:
    (found,) = kept([fact(QUOTE, "", baku=["Apakah kopi gayo ditanam sejak 1908?"])])
    assert "answer" not in found["evidence"][0]


def test_the_well_formed_question_comes_first() -> None:
    careless = ["Kapan ditanam", "kapan mulai ditanam?"]
    (found,) = kept([fact(QUOTE, "1908", baku=[*careless, ASKED], kata_kunci=["tahun kopi gayo"])])
    assert found["questions"] == [ASKED, *careless, "tahun kopi gayo"]


def test_no_question_stands_twice_or_under_two_facts() -> None:
    facts = [
        fact(QUOTE, "1908", baku=[ASKED, "Kapan kopi gayo mulai ditanam ?", "Sejak kapan?"]),
        fact("Petani memanennya dua kali.", "dua kali", baku=["kapan KOPI gayo mulai ditanam", "Berapa kali dipanen?"]),
    ]
    near = [{"mirip": QUOTE, "pertanyaan": ["Berapa kali dipanen", "Siapa penjualnya?"]}]
    records, dropped = read(reply(facts, near), known=("sejak kapan",))
    assert [record["questions"] for record in records] == [
        [ASKED],
        ["Berapa kali dipanen?"],
        ["Siapa penjualnya?"],
    ]
    assert dropped == {"repeat": 4}


def test_a_question_is_written_without_what_cannot_be_seen() -> None:
    (record,) = kept([fact(QUOTE, "1908", baku=["Kapan\u202e kopi\ue000 gayo mulai ditanam?"])])
    assert record["questions"] == [ASKED]
    assert read_fact(json.dumps(record), {"kopi": ARTICLE}).questions == (ASKED,)


def test_a_near_miss_that_the_corpus_answers_is_thrown_away() -> None:
    near = [{"mirip": QUOTE, "pertanyaan": ["Ke mana kopi diekspor?", "Siapa penjualnya?"]}]
    records, dropped = read(reply([], near), told=("Ke mana kopi diekspor?",))
    assert [record["questions"] for record in records] == [["Siapa penjualnya?"]]
    assert dropped == {"told": 1}
