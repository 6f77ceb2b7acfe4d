"""Pairs of sentences: what is drawn answers or not as it says, and no length tells which."""

from __future__ import annotations

import random
import re
import statistics

import pytest

pytest.importorskip("torch")
pytest.importorskip("sentencepiece")

from training.collections import Collection
from training.data import Example
from training.matters import MATTERS, Matter, Pair, Pairs, load_matters, matters_of

from tanya_csto.evaluate import GoldEvidence, Question
from tanya_csto.models.networks import load_networks
from tanya_csto.models.tokenizer import EOS
from tests.conftest import corpus_of
from tests.models.segmenter import words_of

TOKENIZER = load_networks().reader.tokenizer
BRIDGE = Matter(["Kapan runtuh?"], ["Jembatan runtuh pada 3 Mei."], ["Ambruknya pada 5 Mei."], ["Warga takut."])
SHIP = Matter(["Siapa nakhodanya?"], ["Kapal itu dibawa Sardi."], ["Nakhodanya Tono."], ["Ombak tinggi."])
PASSAGE = "Kopi ditanam sejak 1908. Harganya naik."


def drawn(matters: list[Matter], examples: list[Example], count: int) -> list[Pair]:
    return next(Pairs(TOKENIZER, matters, examples, random.Random(0)).batches(count))  # noqa: S311


def has_two(pair: Pair) -> bool:
    return pair.ids[-2] != EOS


def test_some_pairs_have_one_sentence_which_answers_or_does_not() -> None:
    example = Example("Sejak kapan kopi ditanam?", PASSAGE, (19, 23), "news", golds=("1908",))
    alone = [pair for pair in drawn([BRIDGE, SHIP], [example], 600) if not has_two(pair)]
    assert len(alone) == pytest.approx(180, rel=0.2)
    said = [(words_of(pair.ids), pair.answer) for pair in alone]
    assert {answer for text, answer in said if "takut" in text or "tinggi" in text} == {False}
    assert {answer for text, answer in said if "takut" not in text and "tinggi" not in text} == {True, False}


def test_both_sentences_of_a_pair_answer_or_one() -> None:
    examples = [Example("Sejak kapan kopi ditanam?", PASSAGE, (19, 23), "news", golds=("1908",))]
    answers = ("3 Mei", "5 Mei"), ("Sardi", "Tono")
    for pair in filter(has_two, drawn([BRIDGE, SHIP], examples, 60)):
        text = words_of(pair.ids)
        assert pair.answer == any(all(answer in text for answer in either) for either in answers), text


def asked(text: str, *quotes: str) -> Question:
    evidence = tuple(GoldEvidence(quote, (quote,)) for quote in quotes)
    return Question("1", "1", text, (), "other_fact", "", True, evidence, ())


def test_what_a_search_takes_for_an_answer_is_another_sentence_of_its_matter() -> None:
    articles = (
        "Korban tewas longsor 14 orang. Korban luka longsor 30 orang.",
        "Longsor itu menewaskan 19 orang. Hujan turun sejak pagi.",
    )
    question = asked(
        "Berapa korban tewas longsor?", "Korban tewas longsor 14 orang.", "Longsor itu menewaskan 19 orang."
    )
    (matter,) = matters_of(Collection("longsor", corpus_of(*articles), (question,)))
    assert matter.questions == [question.text]
    assert matter.answering == ["Korban tewas longsor 14 orang.", "Longsor itu menewaskan 19 orang."]
    assert matter.other == ["Korban luka longsor 30 orang."]


def test_half_of_the_pairs_are_of_events() -> None:
    event = Matter(["Berapa?"], ["Sebanyak 14 orang.", "Jumlahnya 19."], [], ["Luka 30 orang."])
    example = Example("Sejak kapan kopi ditanam?", PASSAGE, (19, 23), "news", golds=("1908",))
    pairs = next(Pairs(TOKENIZER, [BRIDGE, SHIP], [example], random.Random(0), [event]).batches(400))  # noqa: S311
    figures = [(re.findall(r"\b(?:14|19|30)\b", words_of(pair.ids)), pair.answer) for pair in pairs]
    of_event = [(set(found), answer) for found, answer in figures if len(found) == 2]
    assert len(of_event) == pytest.approx(0.5 * sum(map(has_two, pairs)), rel=0.2)
    assert all(answer == (found == {"14", "19"}) for found, answer in of_event)


def test_no_length_tells_whether_a_pair_answers() -> None:
    matters = load_matters(MATTERS / "valid.jsonl")
    example = Example("Sejak kapan kopi ditanam?", PASSAGE, (19, 23), "news", golds=("1908",))
    pairs = [pair for pair in drawn(matters, [example], 2000) if "1908" not in words_of(pair.ids)]
    both, one = (statistics.median(len(pair.ids) for pair in pairs if pair.answer is known) for known in (True, False))
    assert both == pytest.approx(one, rel=0.15)


def test_the_matters_are_whole() -> None:
    for split in ("train", "valid"):
        for matter in load_matters(MATTERS / f"{split}.jsonl"):
            assert len(matter.questions) >= 2
            assert len(matter.answering) >= 3
            assert matter.other
            assert len({*matter.answering, *matter.other}) == len(matter.answering) + len(matter.other)
