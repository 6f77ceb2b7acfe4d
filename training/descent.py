"""The descent by which the networks are trained: batches of like length, and how fast and how long to go down."""

import argparse
import random
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import torch
from torch import Tensor, nn

from tanya_csto.models.tokenizer import PAD, Tokenizer, load_tokenizer
from training.data import Data, load_data

CHUNK = 50  # batches whose rows are brought into the order of their lengths together

Row = TypeVar("Row", bound=Any)  # with its tokens as `ids`
Batch = TypeVar("Batch")


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast to train. The clock only ends a run that is too slow for its steps."""

    steps: int
    minutes: float
    rate: float
    check_every: int
    batch: int = 16
    warm_up: float = 0.06
    seed: int = 0


def begin(module: str, about: str | None, plan: Plan) -> tuple[argparse.Namespace, Plan, Data, Tokenizer]:
    """Return what a command of training was told, its plan by that, the data and the tokenizer; sow the seed."""
    parser = argparse.ArgumentParser(prog=f"python -m {module}", description=about)
    models = Path("src/tanya_csto/models")
    parser.add_argument("--data", type=Path, required=True, help="folder with idk-mrc, facqa and kinds")
    parser.add_argument("--out", type=Path, default=models, help="where the runtime files go")
    parser.add_argument("--work", type=Path, default=Path("build/training"), help="for the trained weights")
    parser.add_argument("--steps", type=int, default=plan.steps)
    parser.add_argument("--minutes", type=float, default=plan.minutes, help="end the training steps after this long")
    options = parser.parse_args()
    for folder in (options.out, options.work):
        folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(plan.seed)
    plan = replace(plan, steps=options.steps, minutes=options.minutes)
    return options, plan, load_data(options.data, plan.seed), load_tokenizer(options.out)


def device() -> torch.device:
    """Return where to train: on a GPU where there is one."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def quick() -> AbstractContextManager[Any]:
    """Calculate in bfloat16 inside, where the processor has instructions for it: without, it is many times slower."""
    kind = device().type
    known = torch.cpu.get_capabilities()
    fast = kind == "cuda" or any(known.get(name) for name in ("avx512_bf16", "amx_bf16", "bf16"))
    return torch.autocast(kind, torch.bfloat16, enabled=fast)


def by_length(rows: Sequence[Row], size: int, rng: random.Random) -> list[list[Row]]:
    """Return batches of rows of like length."""
    batches = []
    for at in range(0, len(rows), CHUNK * size):
        chunk = sorted(rows[at : at + CHUNK * size], key=lambda row: len(row.ids))
        batches += [chunk[i : i + size] for i in range(0, len(chunk), size)]
    rng.shuffle(batches)
    return batches


def pad(rows: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    """Pad token ids to one length, a multiple of 8; return them and their mask."""
    length = -(-max(map(len, rows)) // 8) * 8
    ids = torch.tensor([[*row, *[PAD] * (length - len(row))] for row in rows], device=device())
    return ids, (ids != PAD).long()


def descend(
    net: nn.Module,
    batches: Iterable[Batch],
    loss_of: Callable[[Batch], Tensor],
    check: Callable[[], object],
    plan: Plan,
) -> None:
    """Train `net` in place by AdamW; print the loss, and what `check` finds before, between and after the steps.

    The rate rises over `warm_up` of the way and falls to 0 after. Only matrices decay.
    """
    learned = [p for p in net.parameters() if p.requires_grad]
    groups = [
        {"params": [p for p in learned if p.dim() > 1], "weight_decay": 0.01},
        {"params": [p for p in learned if p.dim() <= 1], "weight_decay": 0.0},
    ]
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)
    began = time.monotonic()
    losses: list[float] = []
    for step, batch in enumerate(batches):
        seconds = time.monotonic() - began
        done = max(step / plan.steps, seconds / (60 * plan.minutes))
        if step % plan.check_every == 0 or done >= 1:
            net.eval()
            print(f"step {step} {seconds:.0f} s loss {np.mean(losses[-50:] or 0):.3f} {check()}", flush=True)
        if done >= 1:
            break
        net.train()
        for group in optimiser.param_groups:
            group["lr"] = plan.rate * min(done / plan.warm_up, (1 - done) / (1 - plan.warm_up))
        loss = loss_of(batch)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(learned, 1.0)
        optimiser.step()
        optimiser.zero_grad()
        losses.append(loss.item())
