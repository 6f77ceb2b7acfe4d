"""The training itself: the mix of questions, the batches, the schedule."""

import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from tanya_csto.models.reader import BOS, EOS, PAD, Forward
from tanya_csto.models.surface import normalise_question
from training.augment import disturb
from training.data import Example, question_word
from training.model import Dropout, ReaderNet
from training.negatives import WrongPassages

SHARES = {"idk": 0.75, "facqa": 0.45, "kinds": 1.0}  # of a source's questions, in one epoch


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast to train. The clock only ends a run that is too slow for its steps."""

    steps: int = 3400
    minutes: float = 58
    rate: float = 1.8e-4
    warm_up: float = 0.06
    batch: int = 16
    length: int = 192
    idk_length: int = 144  # its passages run longer
    max_question: int = 48
    seed: int = 0
    answerable_loss: float = 0.5
    check_every: int = 700
    save_minutes: float = 10


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


class Batches:
    """Turns examples into rows of token ids, and rows into batches of like length."""

    def __init__(self, tokenizer: Tokenizer, plan: Plan, rng: random.Random) -> None:
        self.tokenizer = tokenizer
        self.plan = plan
        self.rng = rng
        self.passages: dict[str, Encoding] = {}

    def row(self, example: Example) -> Row:
        """Tokenise one example: question disturbed, passage cut to a window that holds the answer."""
        plan, rng = self.plan, self.rng
        question = disturb(normalise_question(example.question), rng)
        head = [BOS, *self.tokenizer.encode(question).ids[: plan.max_question], EOS, EOS]
        tokens = self.passages.get(example.passage)
        if tokens is None:
            tokens = self.passages[example.passage] = self.tokenizer.encode(example.passage)
        room = (plan.idk_length if example.source == "idk" else plan.length) - len(head) - 1
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

    def __call__(self, examples: Iterable[Example]) -> list[list[Row]]:
        rows = [self.row(example) for example in examples]
        self.rng.shuffle(rows)
        size = self.plan.batch
        batches = []
        for at in range(0, len(rows), 50 * size):
            chunk = sorted(rows[at : at + 50 * size], key=lambda row: len(row.ids))
            batches += [chunk[i : i + size] for i in range(0, len(chunk), size)]
        self.rng.shuffle(batches)
        return batches


def collate(
    rows: list[Row], device: torch.device, multiple: int = 8
) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
    """Pad rows to one length: ids, segments, mask, the places a span may touch, starts, ends."""
    length = -(-max(len(row.ids) for row in rows) // multiple) * multiple
    ids = np.full((len(rows), length), PAD, np.int64)
    segments = np.zeros_like(ids)
    mask = np.zeros_like(ids)
    allowed = np.zeros(ids.shape, bool)
    allowed[:, 0] = True
    for i, row in enumerate(rows):
        end = len(row.ids)
        ids[i, :end] = row.ids
        segments[i, row.first : end] = 1
        mask[i, :end] = 1
        allowed[i, row.first : end - 1] = True
    starts, ends = (np.array([getattr(row, name) for row in rows]) for name in ("start", "end"))
    ids_, segments_, mask_, allowed_, starts_, ends_ = (
        torch.from_numpy(array).to(device) for array in (ids, segments, mask, allowed, starts, ends)
    )
    return ids_, segments_, mask_, allowed_, starts_, ends_


def loss_of(net: ReaderNet, rows: list[Row], plan: Plan, device: torch.device) -> Tensor:
    """Cross entropy of start and end over the passage and the null, plus that of the answerable head."""
    ids, segments, mask, allowed, starts, ends = collate(rows, device)
    with torch.autocast(device.type, torch.bfloat16):
        start, end, answerable = net(ids, segments, mask)
    start = start.float().masked_fill(~allowed, -1e4)
    end = end.float().masked_fill(~allowed, -1e4)
    span = (functional.cross_entropy(start, starts) + functional.cross_entropy(end, ends)) / 2
    head = functional.binary_cross_entropy_with_logits(answerable.float(), (starts > 0).float())
    return span + plan.answerable_loss * head


def forward_of(net: ReaderNet, device: torch.device) -> Forward:
    """Wrap the network as the runtime reader wants it, to check it between steps."""

    def forward(
        ids: NDArray[np.int64], segments: NDArray[np.int64], mask: NDArray[np.int64]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
        net.eval()
        inputs = (torch.from_numpy(array).to(device) for array in (ids, segments, mask))
        with torch.no_grad(), torch.autocast(device.type, torch.bfloat16):
            start, end, answerable = (output.float().cpu().numpy() for output in net(*inputs))
        return start, end, answerable

    return forward


def endless(examples: list[Example], wrong: WrongPassages, batches: Batches) -> Iterator[list[Row]]:
    """Yield batches, epoch after epoch."""
    while True:
        yield from batches(mix(examples, wrong, batches.rng))


def optimiser_of(learned: Sequence[nn.Parameter], rate: float) -> torch.optim.Optimizer:
    """Return AdamW, which decays matrices and nothing else."""
    groups = [
        {"params": [p for p in learned if p.dim() > 1], "weight_decay": 0.01},
        {"params": [p for p in learned if p.dim() <= 1], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, rate, betas=(0.9, 0.98), fused=True)


def descend(optimiser: torch.optim.Optimizer, loss: Tensor, rate: float, warm_up: float, done: float) -> None:
    """Take one step, `done` of the way; the rate rises to `rate` over `warm_up` of it and falls to 0 after."""
    for group in optimiser.param_groups:
        group["lr"] = rate * min(done / warm_up, (1 - done) / (1 - warm_up))
    loss.backward()
    learned = [p for group in optimiser.param_groups for p in group["params"]]
    torch.nn.utils.clip_grad_norm_(learned, 1.0)
    optimiser.step()
    optimiser.zero_grad()


def train(
    net: ReaderNet,
    tokenizer: Tokenizer,
    examples: list[Example],
    wrong: WrongPassages,
    plan: Plan,
    work: Path,
    check: Callable[[], float],
) -> None:
    """Train `net` in place and leave it with the weights that `check` liked best."""
    device = next(net.parameters()).device
    torch.manual_seed(plan.seed)
    Dropout.noise = np.random.Generator(np.random.SFC64(plan.seed))
    rng = random.Random(plan.seed)
    net.word.weight.requires_grad_(False)
    optimiser = optimiser_of([p for p in net.parameters() if p.requires_grad], plan.rate)
    best = float("-inf")
    saved = began = time.monotonic()
    recent: list[float] = []
    for step, rows in enumerate(endless(examples, wrong, Batches(tokenizer, plan, rng))):
        done = max(step / plan.steps, (time.monotonic() - began) / (60 * plan.minutes))
        if step and (step % plan.check_every == 0 or done >= 1):
            score = check()
            print(f"step {step} check {score:.4f}", flush=True)
            if score > best:
                best = score
                torch.save(net.state_dict(), work / "best.pt")
        if done >= 1:
            break
        net.train()
        loss = loss_of(net, rows, plan, device)
        descend(optimiser, loss, plan.rate, plan.warm_up, done)
        recent.append(loss.item())
        if step % 50 == 49:
            seconds = time.monotonic() - began
            print(
                f"step {step + 1} done {done:.3f} loss {np.mean(recent[-50:]):.3f} {seconds:.0f} s",
                flush=True,
            )
        if time.monotonic() - saved > 60 * plan.save_minutes:
            saved = time.monotonic()
            torch.save(net.state_dict(), work / "last.pt")
    net.load_state_dict(torch.load(work / "best.pt", map_location=device))
