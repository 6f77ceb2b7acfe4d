"""The reader's training: the mix of questions, their rows of tokens, and the loss."""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import torch
from tokenizers import Encoding, Tokenizer
from torch import Tensor
from torch.nn import functional

from tanya_csto.models.reader import BOS, EOS, Forward, Ids, Logits
from tanya_csto.models.surface import normalise_question
from training.augment import disturb
from training.data import Example, question_word
from training.descent import Plan, by_length, device, pad, quick
from training.model import ReaderNet
from training.negatives import WrongPassages

PLAN = Plan(steps=3400, minutes=58, rate=1.8e-4, check_every=700)
SHARES = {"idk": 0.75, "facqa": 0.45, "kinds": 1.0}  # of a source's questions, in one epoch
LENGTHS = {"idk": 144, "facqa": 192, "kinds": 192}  # tokens of a row; the passages of IDK-MRC run longer
MAX_QUESTION = 48
ANSWERABLE_LOSS = 0.5


@dataclass(frozen=True, slots=True)
class Row:
    """One input of the network with its targets; 0 is the null span."""

    ids: list[int]
    first: int
    start: int
    end: int


def mix(examples: Iterable[Example], wrong: WrongPassages, rng: random.Random) -> list[Example]:
    """Put one epoch together.

    In IDK-MRC and in the kinds each question word is brought to as many answerable as unanswerable questions:
    with wrong passages where it is mostly answerable, by repeating its answerable ones where it is mostly
    not. The kinds come twice.
    """
    cells: dict[tuple[str, str, bool], list[Example]] = defaultdict(list)
    pool: list[Example] = []
    for example in examples:
        cells[example.source, question_word(example.question), example.answer is not None].append(example)
        if rng.random() < SHARES[example.source]:
            pool.append(example)
        if example.source == "kinds":
            pool.append(example)
    missed: list[Example | None] = []
    for (source, word, answerable), cell in sorted(cells.items()):
        if not answerable:
            continue
        if source == "facqa":
            missed += [wrong.draw(example, rng) for example in rng.sample(cell, round(0.25 * len(cell)))]
            continue
        surplus = len(cell) - len(cells.get((source, word, False), []))
        if surplus < 0:
            pool += [rng.choice(cell) for _ in range(-surplus)]
        share = max(surplus, round((0.3 if source == "idk" else 0.2) * len(cell)))
        missed += [wrong.draw(example, rng) for example in rng.sample(cell, min(len(cell), share))]
    return pool + [example for example in missed if example]


def batches(
    examples: Iterable[Example], wrong: WrongPassages, tokenizer: Tokenizer, rng: random.Random
) -> Iterator[list[Row]]:
    """Yield batches, epoch after epoch."""
    encode = cache(tokenizer.encode)
    while True:
        rows = [_row(example, tokenizer, encode(example.passage), rng) for example in mix(examples, wrong, rng)]
        rng.shuffle(rows)
        yield from by_length(rows, PLAN.batch, rng)


def _row(example: Example, tokenizer: Tokenizer, tokens: Encoding, rng: random.Random) -> Row:
    """Return one example as tokens: question disturbed, passage cut to a window that holds the answer."""
    question = disturb(normalise_question(example.question), rng)
    head = [BOS, *tokenizer.encode(question).ids[:MAX_QUESTION], EOS, EOS]
    room = LENGTHS[example.source] - len(head) - 1
    last_window = max(0, len(tokens.ids) - room)
    if example.answer is None:
        at = rng.randint(0, last_window)
        return Row([*head, *tokens.ids[at : at + room], EOS], len(head), 0, 0)
    start, end = example.answer
    inside = [i for i, (a, b) in enumerate(tokens.offsets) if a < end and b > start]
    low, high = max(0, inside[-1] + 1 - room), min(inside[0], last_window)
    at = rng.randint(low, high) if low <= high else high
    ids = tokens.ids[at : at + room]
    shift = len(head) - at
    last = min(inside[-1], at + len(ids) - 1)
    return Row([*head, *ids, EOS], len(head), inside[0] + shift, last + shift)


def loss_of(net: ReaderNet, rows: list[Row]) -> Tensor:
    """Cross entropy of start and end over the passage and the null, plus that of the answerable head."""
    ids, mask = pad([row.ids for row in rows])
    first, last, starts, ends = (
        torch.tensor(values, device=ids.device)
        for values in zip(*((row.first, len(row.ids) - 1, row.start, row.end) for row in rows), strict=True)
    )
    places = torch.arange(ids.shape[1], device=ids.device)
    behind = places >= first[:, None]
    with quick():
        outputs = net(ids, (behind & (mask > 0)).long(), mask)
    start, end, answerable = (output.float() for output in outputs)
    elsewhere = (places > 0) & ~(behind & (places < last[:, None]))
    span = sum(
        functional.cross_entropy(logits.masked_fill(elsewhere, -1e4), target)
        for logits, target in ((start, starts), (end, ends))
    )
    head = functional.binary_cross_entropy_with_logits(answerable, (starts > 0).float())
    return span / 2 + ANSWERABLE_LOSS * head


def forward_of(net: ReaderNet) -> Forward:
    """Wrap the network as the runtime reader wants it, to check it between steps."""

    def forward(*inputs: Ids) -> tuple[Logits, Logits, Logits]:
        with torch.no_grad(), quick():
            start, end, answerable = net(*(torch.from_numpy(array).to(device()) for array in inputs))
        return start.float().cpu().numpy(), end.float().cpu().numpy(), answerable.float().cpu().numpy()

    return forward
