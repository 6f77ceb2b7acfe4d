"""The reader's training: the mix of questions, their rows of tokens, and the loss."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import torch
from torch import Tensor
from torch.nn import functional

from tanya_csto.models.reader import Forward, Ids, Logits
from tanya_csto.models.surface import normalise_question
from tanya_csto.models.tokenizer import BOS, EOS, Tokenizer
from tanya_csto.text.spans import Span
from training.augment import disturb
from training.data import Example
from training.descent import CHUNK, Plan, by_length, device, pad, quick
from training.model import ReaderNet
from training.negatives import WrongPassages

PLAN = Plan(steps=2200, minutes=85, rate=1.2e-4, check_every=400, warm_up=0.04)
SHARES = {"news": 0.45, "kinds": 0.17, "paraphrases": 0.14, "idk": 0.14, "squad": 0.06, "facqa": 0.04}  # of the rows
WRONG = {"news": 0.14, "kinds": 0.14, "idk": 0.14, "facqa": 0.3}  # of those, how many are asked of a wrong passage
LENGTHS = {"news": 208, "kinds": 176, "paraphrases": 144, "idk": 144, "squad": 176, "facqa": 128}  # tokens of a row
MAX_QUESTION = 48
ANSWERABLE_LOSS = 0.5
FROZEN = 4  # layers, the lowest, that are left as they are


@dataclass(frozen=True, slots=True)
class Row:
    """One input of the network with its targets; 0 is the null span. Any words inside a `whole` span are right."""

    ids: list[int]
    first: int
    start: int
    end: int
    whole: bool


def deal(examples: Sequence[Example], rng: random.Random) -> Iterator[Example]:
    """Yield questions without end in a random order, each once before any comes again."""
    while True:
        yield from rng.sample(examples, len(examples))


def batches(examples: Sequence[Example], tokenizer: Tokenizer, rng: random.Random) -> Iterator[list[Row]]:
    """Yield batches without end, the sources mixed as `SHARES` says."""
    wrong = WrongPassages([example for example in examples if example.source in WRONG])
    decks = {source: deal([e for e in examples if e.source == source], rng) for source in SHARES}
    encode = cache(tokenizer.encode_spans)
    while True:
        rows = []
        for source in rng.choices(list(SHARES), list(SHARES.values()), k=CHUNK * PLAN.batch):
            example = next(decks[source])
            if example.answer and rng.random() < WRONG.get(source, 0.0):
                example = wrong.draw(example, rng) or example
            rows.append(_row(example, tokenizer, encode(example.passage), rng))
        yield from by_length(rows, PLAN.batch, rng)


def _row(example: Example, tokenizer: Tokenizer, tokens: tuple[list[int], list[Span]], rng: random.Random) -> Row:
    """Return one example as tokens: question disturbed, passage cut to a window that holds the answer."""
    question = disturb(normalise_question(example.question), rng)
    head = [BOS, *tokenizer.encode(question)[:MAX_QUESTION], EOS, EOS]
    room = LENGTHS[example.source] - len(head) - 1
    ids, spans = tokens
    last_window = max(0, len(ids) - room)
    if example.answer is None:
        at = rng.randint(0, last_window)
        return Row([*head, *ids[at : at + room], EOS], len(head), 0, 0, whole=False)
    answer = Span(*example.answer)
    inside = [number for number, span in enumerate(spans) if span.overlaps(answer)]
    low, high = max(0, inside[-1] + 1 - room), min(inside[0], last_window)
    at = rng.randint(low, high) if low <= high else high
    cut = ids[at : at + room]
    shift = len(head) - at
    last = min(inside[-1], at + len(cut) - 1)
    return Row([*head, *cut, EOS], len(head), inside[0] + shift, last + shift, whole=example.source == "paraphrases")


def loss_of(net: ReaderNet, rows: list[Row]) -> Tensor:
    """Cross entropy of start and end over the passage and the null, plus that of the answerable head.

    Of a whole sentence that answers, what is wanted is that start and end lie in it (the marginal likelihood of Clark
    and Gardner 2018, "Simple and Effective Multi-Paragraph Reading Comprehension").
    """
    ids, mask = pad([row.ids for row in rows])
    first, last, starts, ends, whole = (
        torch.tensor(values, device=ids.device)[:, None]
        for values in zip(*((row.first, len(row.ids) - 1, row.start, row.end, row.whole) for row in rows), strict=True)
    )
    places = torch.arange(ids.shape[1], device=ids.device)
    behind = places >= first
    with quick():
        outputs = net(ids, (behind & (mask > 0)).long(), mask)
    start, end, answerable = (output.float() for output in outputs)
    elsewhere = (places > 0) & ~(behind & (places < last))
    inside = whole & (starts <= places) & (places <= ends)
    span = torch.stack(
        [
            torch.logsumexp(logits, 1) - torch.logsumexp(logits.masked_fill(~((places == target) | inside), -1e4), 1)
            for logits, target in (
                (start.masked_fill(elsewhere, -1e4), starts),
                (end.masked_fill(elsewhere, -1e4), ends),
            )
        ]
    ).mean()
    head = functional.binary_cross_entropy_with_logits(answerable, (starts[:, 0] > 0).float())
    return span + ANSWERABLE_LOSS * head


def forward_of(net: ReaderNet) -> Forward:
    """Wrap the network as the runtime reader wants it, to check it between steps."""

    def forward(*inputs: Ids) -> tuple[Logits, Logits, Logits]:
        with torch.no_grad(), quick():
            start, end, answerable = net(*(torch.from_numpy(array).to(device()) for array in inputs))
        return start.float().cpu().numpy(), end.float().cpu().numpy(), answerable.float().cpu().numpy()

    return forward
