"""The questions in other words that the encoder was trained on: well formed, and none of them about our articles."""

import re
from pathlib import Path

LINES = (Path(__file__).parents[2] / "training" / "paraphrases.tsv").read_text(encoding="utf-8").splitlines()


def test_a_line_names_a_passage_a_sentence_and_a_question() -> None:
    assert len(LINES) == len(set(LINES)) == 8000
    assert all(re.fullmatch(r"[0-9a-f]{12}\t\d\t\S[^\t]*\S", line) for line in LINES)


def test_there_are_near_misses_among_them() -> None:
    missed = sum(line.split("\t")[1] == "0" for line in LINES)
    assert 0.2 < missed / len(LINES) < 0.4


def test_none_asks_about_what_the_articles_are_about() -> None:
    asked = re.compile(r"\b(?:csto|odkb|tasmagambetov|perjanjian keamanan kolektif)\b", re.IGNORECASE)
    assert not [line for line in LINES if asked.search(line)]
