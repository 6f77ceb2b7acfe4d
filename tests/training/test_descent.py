"""The descent of both networks, on a toy: the loss falls, what is frozen stays, and the clock ends it."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from itertools import repeat

import pytest

pytest.importorskip("torch")

import torch
from training.descent import Plan, by_length, descend, pad
from training.model import ReaderNet, Shape

PLAN = Plan(steps=40, minutes=60, rate=0.1, check_every=20)


@dataclass(frozen=True)
class Row:
    ids: list[int]


class Toy(torch.nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.learned = torch.nn.Parameter(torch.tensor(3.0))
        self.frozen = torch.nn.Parameter(torch.tensor(1.0), requires_grad=False)

    def loss(self, _: object) -> torch.Tensor:
        return (self.learned - self.frozen) ** 2


def test_the_loss_falls_and_what_is_frozen_stays() -> None:
    net, checks = Toy(), []
    descend(net, repeat(None), net.loss, lambda: checks.append(net.loss(None).item()), PLAN)
    assert checks[0] == 4.0
    assert len(checks) == 3  # before, between and after
    assert checks[-1] < 0.5
    assert net.frozen.item() == 1.0


def test_the_clock_ends_a_run_that_is_too_slow() -> None:
    net = Toy()
    descend(net, repeat(None), net.loss, lambda: None, replace(PLAN, minutes=1e-9))
    assert net.learned.item() == 3.0


def test_each_row_is_in_one_batch_among_rows_of_like_length() -> None:
    draw = random.Random(0)  # noqa: S311
    rows = [Row([1] * length) for length in draw.sample(range(1, 101), 100)]
    batches = by_length(rows, 10, draw)
    assert sorted(len(row.ids) for batch in batches for row in batch) == list(range(1, 101))
    assert all(max(len(row.ids) for row in batch) - min(len(row.ids) for row in batch) == 9 for batch in batches)


TINY = Shape(hidden=8, layers=1, heads=2, inner=16, positions=20)


def test_what_is_padded_changes_no_reading() -> None:
    torch.manual_seed(0)
    net = ReaderNet(30, TINY).eval()
    ids, mask = pad([[0, 5, 6, 2], [0, 7, 8, 9, 10, 11, 12, 13, 14, 2]])
    assert ids.shape == (2, 16)
    together = net(ids, torch.zeros_like(ids), mask)
    alone = net(ids[:1, :4], torch.zeros_like(ids[:1, :4]), mask[:1, :4])
    for whole, part in zip(together, alone, strict=True):
        torch.testing.assert_close(whole[:1, :4] if whole.dim() > 1 else whole[:1], part)
