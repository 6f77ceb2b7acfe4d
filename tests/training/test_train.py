"""The reader's training: what a batch holds, and what the loss rewards."""

from __future__ import annotations

import random

import pytest

pytest.importorskip("torch")
pytest.importorskip("sentencepiece")

import torch
from training.data import Example
from training.negatives import nearest_wrong
from training.train import SHARES, Row, batches, deal, loss_of

from tanya_csto.models.networks import load_networks
from tests.models.segmenter import words_of

COFFEE = "Kopi gayo ditanam di Aceh sejak 1908."
TEA = "Teh kayu aro ditanam di Jambi sejak 1925."
PEPPER = "Lada muntok ditanam di Bangka."


def test_each_question_is_dealt_once_before_any_comes_again() -> None:
    asked = [Example(str(number), COFFEE, None, "idk") for number in range(7)]
    deck = deal(asked, random.Random(0))  # noqa: S311
    rounds = [[next(deck).question for _ in asked] for _ in range(2)]
    assert sorted(rounds[0]) == sorted(rounds[1]) == [example.question for example in asked]


def test_a_wrong_passage_is_the_likest_one_without_the_answer() -> None:
    asked = [
        Example("Kapan kopi gayo ditanam?", COFFEE, (32, 36), "news", golds=("1908",)),
        Example("Kapan teh ditanam sejak?", TEA, (36, 40), "news", golds=("1925",)),
        Example("Di mana lada ditanam?", PEPPER, (23, 29), "news", golds=("Bangka",)),
    ]
    first = nearest_wrong(asked)[0]
    assert (first.question, first.passage, first.answer) == ("Kapan kopi gayo ditanam?", TEA, None)


def test_the_target_of_a_row_is_the_answer() -> None:
    tokenizer = load_networks().reader.tokenizer
    asked = [Example("Kapan kopi gayo ditanam?", COFFEE, (32, 36), source, golds=("1908",)) for source in SHARES]
    rows = next(batches(asked, tokenizer, random.Random(0)))  # noqa: S311
    targets = {words_of(row.ids[row.start : row.end + 1]).strip(".") for row in rows}
    assert targets == {"1908"}
    assert all(row.first <= row.start for row in rows)


def test_of_a_whole_sentence_any_words_inside_are_right() -> None:
    def net(ids: torch.Tensor, *_: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Point at the sixth token."""
        logits = torch.full(ids.shape, -20.0)
        logits[:, 5] = 20.0
        return logits, logits, torch.tensor([20.0])

    def loss(start: int, end: int, *, whole: bool) -> float:
        return loss_of(net, [Row([0, 7, 2, 2, 11, 12, 13, 2], 4, start, end, whole)]).item()  # type: ignore[arg-type]

    assert loss(4, 6, whole=True) == pytest.approx(0, abs=1e-3)
    assert loss(5, 5, whole=False) == pytest.approx(0, abs=1e-3)
    assert loss(4, 6, whole=False) > 10
    assert loss(6, 6, whole=True) > 10
