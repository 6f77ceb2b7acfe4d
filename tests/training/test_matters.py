"""Pairs of sentences: what is drawn answers or not as it says, and no length tells which."""

from __future__ import annotations

import random
import statistics

import pytest

pytest.importorskip("torch")
pytest.importorskip("tokenizers")

from training.data import Example
from training.matters import MATTERS, Matter, Pair, Pairs, load_matters

from tanya_csto.models.networks import load_networks

TOKENIZER = load_networks().reader.tokenizer
BRIDGE = Matter(["Kapan runtuh?"], ["Jembatan runtuh pada 3 Mei."], ["Ambruknya pada 5 Mei."], ["Warga takut."])
SHIP = Matter(["Siapa nakhodanya?"], ["Kapal itu dibawa Sardi."], ["Nakhodanya Tono."], ["Ombak tinggi."])
PASSAGE = "Kopi ditanam sejak 1908. Harganya naik."


def drawn(matters: list[Matter], examples: list[Example], count: int) -> list[Pair]:
    return next(Pairs(TOKENIZER, matters, examples, random.Random(0)).batches(count))  # noqa: S311


def test_both_sentences_of_a_pair_answer_or_one() -> None:
    examples = [Example("Sejak kapan kopi ditanam?", PASSAGE, (19, 23), "news", golds=("1908",))]
    answers = ("3 Mei", "5 Mei"), ("Sardi", "Tono")
    for pair in drawn([BRIDGE, SHIP], examples, 60):
        text = TOKENIZER.decode(pair.ids).replace(" ", "").replace("\u2581", " ")
        assert pair.answer == any(all(answer in text for answer in either) for either in answers), text


def test_no_length_tells_whether_a_pair_answers() -> None:
    matters = load_matters(MATTERS / "valid.jsonl")
    example = Example("Sejak kapan kopi ditanam?", PASSAGE, (19, 23), "news", golds=("1908",))
    pairs = [pair for pair in drawn(matters, [example], 2000) if "1908" not in TOKENIZER.decode(pair.ids)]
    both, one = (statistics.median(len(pair.ids) for pair in pairs if pair.answer is known) for known in (True, False))
    assert both == pytest.approx(one, rel=0.15)


def test_the_matters_are_whole() -> None:
    for split in ("train", "valid"):
        for matter in load_matters(MATTERS / f"{split}.jsonl"):
            assert len(matter.questions) >= 2
            assert len(matter.answering) >= 3
            assert matter.other
            assert len({*matter.answering, *matter.other}) == len(matter.answering) + len(matter.other)
