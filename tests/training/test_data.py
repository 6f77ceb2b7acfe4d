"""The training data: several sets in one form, and nothing of what is measured in what is trained on."""

from __future__ import annotations

import json
from pathlib import Path

from training.data import (
    NEWS,
    Example,
    apart_from,
    load_facqa,
    load_idk,
    load_kinds,
    load_news,
    load_paraphrases,
)

KINDS = Path(__file__).parents[2] / "training" / "data" / "kinds"
PASSAGE = "Kopi gayo ditanam di dataran tinggi Gayo, Aceh, sejak tahun 1908. Kopi itu dipanen dua kali setahun."


def answer_of(example: Example) -> str | None:
    return example.passage[slice(*example.answer)] if example.answer else None


def test_of_several_places_of_an_answer_the_nearest_is_taken(tmp_path: Path) -> None:
    qas = [
        {"question": "Apa?", "is_impossible": False, "answers": [{"text": "Kopi", "answer_start": 60}]},
        {"question": "Siapa?", "is_impossible": True, "answers": []},
    ]
    (tmp_path / "idk.json").write_text(json.dumps([{"context": PASSAGE, "qas": qas}]))
    first, second = load_idk(tmp_path / "idk.json")
    assert first.answer == (66, 70)
    assert (answer_of(first), first.golds) == ("Kopi", ("Kopi",))
    assert (second.answer, second.golds) == (None, ())


def test_tokens_are_joined_as_text_is_written_and_the_answer_is_one_span(tmp_path: Path) -> None:
    words = ["Kopi", "(", "gayo", ")", "tumbuh", "di", "Aceh", "Tengah", "."]
    rows = [
        (["Di", "mana", "?"], words, ["O"] * 6 + ["B", "I", "O"]),
        (["Apa", "?"], words, ["B", "O", "O", "O", "O", "O", "B", "O", "O"]),
    ]
    lines = ["question,passage,seq_label", *(",".join(f'"{column}"' for column in row) for row in rows)]
    (tmp_path / "facqa.csv").write_text("\n".join(lines))
    (example,) = load_facqa(tmp_path / "facqa.csv")
    assert (example.question, example.passage) == ("Di mana?", "Kopi (gayo) tumbuh di Aceh Tengah.")
    assert answer_of(example) == "Aceh Tengah"


def test_the_kinds_keep_their_kind_and_style(tmp_path: Path) -> None:
    row = {
        "context": PASSAGE,
        "question": "Kapan?",
        "answer": "1908",
        "answer_start": 60,
        "kind": "event",
        "style": "x",
    }
    (tmp_path / "kinds.jsonl").write_text(f"{json.dumps(row)}\n{json.dumps({**row, 'answer': ''})}\n")
    first, second = load_kinds(tmp_path / "kinds.jsonl")
    assert (answer_of(first), first.kind, first.style) == ("1908", "event", "x")
    assert second.answer is None


def test_a_line_of_news_holds_a_passage_and_all_its_questions(tmp_path: Path) -> None:
    questions = [["Kapan ditanam?", "1908", "factoid", "formal"], ["brp harganya?", None, "nearmiss", "casual"]]
    (tmp_path / "news.jsonl").write_text(json.dumps({"context": PASSAGE, "questions": questions}) + "\n")
    first, second = load_news(tmp_path / "news.jsonl")
    assert (first.passage, answer_of(first), first.style) == (PASSAGE, "1908", "formal")
    assert (second.answer, second.golds, second.kind) == (None, (), "nearmiss")


def test_every_answer_of_the_news_stands_in_its_passage_and_no_passage_is_both_trained_and_measured() -> None:
    trained, measured = (load_news(NEWS / f"{name}.jsonl") for name in ("train", "valid"))
    assert all(bool(example.answer) == (example.kind != "nearmiss") for example in [*trained, *measured])
    assert {example.passage for example in trained}.isdisjoint({example.passage for example in measured})


def test_a_paraphrase_is_answered_by_a_whole_sentence_or_by_none() -> None:
    lines = (KINDS / "train.jsonl").read_text(encoding="utf-8").splitlines()
    examples = load_paraphrases({json.loads(line)["context"] for line in lines} | {PASSAGE})
    answers = [answer_of(example) for example in examples]
    assert len(answers) > 1000
    assert {example.passage for example in examples}.isdisjoint({PASSAGE})
    assert 0.2 < answers.count(None) / len(answers) < 0.4
    assert all(answer is None or answer == answer.strip() != "" for answer in answers)


def test_a_passage_that_shares_eight_words_is_left_out() -> None:
    examples = [
        Example("?", passage, None, "idk") for passage in (f"Menurut Ani, {PASSAGE}", "Kopi gayo ditanam di Aceh.")
    ]
    assert apart_from(examples, [PASSAGE]) == examples[1:]
