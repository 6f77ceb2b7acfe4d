"""The benchmark of retrieval: it reads the data as it is meant, and a rank counts what stands before the right one."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from tests.benchmarks import quality
from tests.benchmarks.quality import Asked, Scorer

PARAGRAPHS = ["Borobudur berdiri di Magelang.", "Monas berdiri di Jakarta.", "Pembangunan jembatan itu selesai."]


def test_a_split_is_read_with_each_paragraph_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quality, "SAMPLE", 1)
    (tmp_path / "idk-mrc").mkdir()
    asked = {"question": "Di mana Monas?", "is_impossible": False}
    never = {"question": "Kapan Monas terbang?", "is_impossible": True}
    for name, order in (("train", [0, 1]), ("valid", [2, 1])):
        entries = [{"context": PARAGRAPHS[number], "qas": [asked, never] if number == 1 else []} for number in order]
        (tmp_path / "idk-mrc" / f"{name}.json").write_text(json.dumps(entries), "utf-8")
    wanted = [Asked("Di mana Monas?", 1)]
    assert quality.read(tmp_path) == (PARAGRAPHS, wanted, wanted)


def test_a_rank_counts_the_better_ones_and_the_equal_ones_before() -> None:
    scores = np.array([[3.0, 1.0, 1.0, 2.0]])
    assert [quality.ranks(scores, [Asked("", right)])[0] for right in range(4)] == [0, 2, 3, 1]
    assert quality.mrr(np.array([0, 1, 9, 10])) == pytest.approx((1 + 1 / 2 + 1 / 10) / 4)


@pytest.mark.parametrize("make", [lambda texts: quality.bm25(texts, quality.words), quality.best_sentence])
def test_a_word_finds_its_paragraph(make: Callable[[Sequence[str]], Scorer]) -> None:
    scores = make(PARAGRAPHS)("Di mana Monas?")
    assert scores.argmax() == 1
    assert scores[2] == 0


def test_our_concepts_find_another_form_of_a_word() -> None:
    assert quality.concepts(PARAGRAPHS)("Siapa yang menyelesaikan?").tolist() == [0, 0, 1]
    assert not quality.concepts(PARAGRAPHS)("Siapa itu?").any()
