"""The sentence encoder: from e5-small's weights to `encoder.int8.onnx`: `python -m training.encode --data DIR`.

A question's vector is to lie near the vector of the sentence that answers it, and no sentence's near a question that
its passage does not answer. A passage is read as a whole and each sentence's vector is the mean over its own tokens
("late chunking", Günther et al. 2024, arXiv 2409.04701), so that a sentence is known by what stands around it. The loss
is the cross entropy of the right sentence among all of a batch (van den Oord et al. 2018, "InfoNCE", arXiv 1807.03748)
and of one more choice, "none of them", whose cosine is learned. What is shipped is the mean of the weights before and
after, weighed by `TRAINED` (Wortsman et al. 2022, "WiSE-FT", arXiv 2109.01903): training alone makes it forget to tell
one subject from another among thousands of passages.

The encoder shares tokenizer and vectors of words with the reader, so train the reader first.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import numpy as np
import onnx
import torch
from onnx.external_data_helper import set_external_data
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from training.data import load_data, load_paraphrases
from training.encoder import Encoder, load_encoder
from training.export import OPSET, write_sums
from training.model import Dropout, ReaderNet
from training.sentences import Row, Rows, pad
from training.train import descend, optimiser_of
from training.vocabulary import SPECIALS

Item = TypeVar("Item")

FOLDER = Path(__file__).parents[1] / "src" / "tanya_csto" / "models"
ENCODER, READER = "encoder.int8.onnx", "model.int8.onnx"
NULL = 0.8  # the cosine of "none of them", to begin with
SCALE = 30.0  # of the cosines, to begin with
TRAINED = 0.7  # the share of the trained weights in what is shipped


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast to train. The clock only ends a run that is too slow for its steps."""

    steps: int = 1800
    minutes: float = 60
    rate: float = 1.2e-4
    warm_up: float = 0.06
    batch: int = 16
    seed: int = 0
    unanswerable_loss: float = 0.5


class SentenceNet(nn.Module):
    """Token ids of one text and which of them make up each of n stretches in; n vectors of unit length out."""

    def __init__(self, net: ReaderNet) -> None:
        super().__init__()
        self.net = net
        self.null = nn.Parameter(torch.tensor(NULL))
        self.scale = nn.Parameter(torch.tensor(SCALE).log())

    def forward(self, ids: Tensor, stretches: Tensor) -> Tensor:
        """Return vectors (n, hidden) for `ids` (1, length) and `stretches` (n, length), 1 for a token inside."""
        states = self.net.encode(ids, torch.zeros_like(ids), torch.ones_like(ids))[0]
        return functional.normalize(stretches @ states, dim=-1)

    def means(self, texts: Sequence[Sequence[int]], spans: Sequence[Sequence[tuple[int, int]]]) -> Tensor:
        """Return the vectors of the stretches of several texts, one after another."""
        ids, mask = pad(texts)
        device = self.null.device
        states = self.net.encode(ids.to(device), torch.zeros_like(ids).to(device), mask.to(device)).float()
        rows = [states[n, start:end].mean(dim=0) for n, inside in enumerate(spans) for start, end in inside]
        return functional.normalize(torch.stack(rows), dim=-1)

    def loss(self, rows: Sequence[Row], questions: Sequence[Sequence[int]], unanswerable: float) -> Tensor:
        """Return the cross entropy of the questions' aims; those without an answer weigh `unanswerable`."""
        device = self.null.device
        with torch.autocast(device.type, torch.bfloat16):
            sentences = self.means([row.ids for row in rows], [row.spans for row in rows])
            asked = self.means(questions, [[(1, len(question) - 1)] for question in questions])
        logits = torch.cat([asked @ sentences.T, self.null.expand(len(asked), 1)], dim=1) * self.scale.exp()
        targets, doubtful = [], []
        first = 0
        for row in rows:
            for aim in row.aims:
                doubtful += [(len(targets), first + other) for other in aim.doubtful]
                targets.append(len(sentences) if aim.sentence is None else first + aim.sentence)
            first += len(row.spans)
        for question, sentence in doubtful:
            logits[question, sentence] = -1e4
        aims = torch.tensor(targets, device=device)
        weights = torch.where(aims == len(sentences), unanswerable, 1.0)
        return (functional.cross_entropy(logits, aims, reduction="none") * weights).sum() / weights.sum()


def train(net: SentenceNet, rows: Rows, plan: Plan, tune: Sequence[Row]) -> None:
    """Train `net` in place."""
    torch.manual_seed(plan.seed)
    Dropout.noise = np.random.Generator(np.random.SFC64(plan.seed))
    net.net.word.weight.requires_grad_(False)
    unused = {"net.span", "net.answerable"}
    named = [(name, p) for name, p in net.named_parameters() if name.rpartition(".")[0] not in unused]
    optimiser = optimiser_of([p for _, p in named if p.requires_grad], plan.rate)
    began = time.monotonic()
    losses: list[float] = []
    for step, batch in enumerate(rows.batches(plan.batch)):
        done = max(step / plan.steps, (time.monotonic() - began) / (60 * plan.minutes))
        if step % 200 == 0 or done >= 1:
            print(f"step {step} {time.monotonic() - began:.0f} s", measure(net, rows, tune), flush=True)
        if done >= 1:
            break
        net.train()
        questions = [rows.question(aim.question) for row in batch for aim in row.aims]
        loss = net.loss(batch, questions, plan.unanswerable_loss)
        descend(optimiser, loss, plan.rate, plan.warm_up, done)
        losses.append(loss.item())
        if step % 50 == 49:
            print(f"step {step + 1} done {done:.3f} loss {np.mean(losses[-50:]):.3f}", flush=True)


@torch.no_grad()
def measure(net: SentenceNet, rows: Rows, tune: Sequence[Row]) -> dict[str, float]:
    """Return how often the right sentence is nearest, in its passage and among all, and how well a cosine refuses."""
    net.eval()
    aims = [(number, aim) for number, row in enumerate(tune) for aim in row.aims]
    asked = [rows.question(aim.question, noisy=False) for _, aim in aims]
    with torch.autocast(net.null.device.type, torch.bfloat16):
        sentences = torch.cat([net.means([r.ids for r in b], [r.spans for r in b]) for b in _chunks(tune, 16)])
        questions = torch.cat([net.means(b, [[(1, len(q) - 1)] for q in b]) for b in _chunks(asked, 32)])
    firsts = np.cumsum([0, *(len(row.spans) for row in tune)])
    inside, among, right, none = [], [], [], []
    for cosine, (number, aim) in zip((questions @ sentences.T).cpu().numpy(), aims, strict=True):
        own = cosine[firsts[number] : firsts[number + 1]]
        if aim.sentence is None:
            none.append(own.max())
            continue
        inside.append(own.argmax() == aim.sentence)
        among.append(cosine.argmax() == firsts[number] + aim.sentence)
        right.append(own.max())
    above = np.array(right)[:, None] > np.array(none)[None]
    found = {"in passage": np.mean(inside), "among all": np.mean(among), "AUC": above.mean(), "null": net.null.item()}
    return {name: round(float(value), 3) for name, value in found.items()}


def _chunks(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    for at in range(0, len(items), size):
        yield items[at : at + size]


def export(net: SentenceNet, folder: Path) -> None:
    """Write `encoder.int8.onnx` to `folder`: int8 weights, but for the vectors of words, which stand in the reader."""
    ids = torch.randint(4, 1000, (1, 24))
    axes = {"ids": {1: "length"}, "stretches": {0: "stretches", 1: "length"}, "vectors": {0: "stretches"}}
    with TemporaryDirectory() as work:
        full = Path(work) / "encoder.fp32.onnx"
        torch.onnx.export(
            net.cpu().float().eval(),
            (ids, torch.ones(2, 24)),
            str(full),
            input_names=list(axes)[:2],
            output_names=["vectors"],
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )
        quantize_dynamic(full, folder / ENCODER, weight_type=QuantType.QInt8, per_channel=True)
    share_words(folder)


def share_words(folder: Path) -> None:
    """Let the encoder take the vectors of words, which no training changes, from where they stand in the reader's file.

    Raises:
        ValueError: the reader has others.
    """
    model = onnx.load(str(folder / ENCODER))
    words = max(model.graph.initializer, key=lambda tensor: len(tensor.raw_data))
    place = (folder / READER).read_bytes().find(words.raw_data)
    if place < 0:
        raise ValueError("the reader was trained from other vectors of words")
    set_external_data(words, READER, offset=place, length=len(words.raw_data))
    words.ClearField("raw_data")
    (folder / ENCODER).write_bytes(model.SerializeToString())


def build(encoder: Encoder, tokenizer: Path) -> SentenceNet:
    """Return the untrained network, with the words of the reader's tokenizer."""
    vocabulary = json.loads(tokenizer.read_text(encoding="utf-8"))["model"]["vocab"]
    rows = {piece: row for row, piece in enumerate(encoder.pieces)}
    keep = [*encoder.specials, *(rows[piece] for piece, _ in vocabulary[len(SPECIALS) :])]
    return SentenceNet(ReaderNet(encoder, keep))


def main() -> None:
    """Train and export."""
    plan = Plan()
    parser = argparse.ArgumentParser(prog="python -m training.encode", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with idk-mrc, facqa and kinds")
    parser.add_argument("--out", type=Path, default=FOLDER, help="folder of tokenizer.json, and of what is written")
    parser.add_argument("--work", type=Path, default=Path("build/training"), help="for the trained weights")
    parser.add_argument("--steps", type=int, default=plan.steps)
    parser.add_argument("--minutes", type=float, default=plan.minutes, help="end the training steps after this long")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    plan = Plan(steps=options.steps, minutes=options.minutes)
    torch.set_num_threads(2)
    torch.manual_seed(plan.seed)
    data = load_data(options.data, plan.seed)
    examples, held = ([*known, *load_paraphrases({e.passage for e in known})] for known in (data.train, data.tune))
    tokenizer = Tokenizer.from_file(str(options.out / "tokenizer.json"))
    net = build(load_encoder(), options.out / "tokenizer.json").to("cuda" if torch.cuda.is_available() else "cpu")
    rows = Rows(tokenizer, examples, random.Random(plan.seed))
    tune = Rows(tokenizer, held, random.Random(plan.seed)).epoch()
    print(f"{len(rows.by_passage)} passages, {len(examples)} questions, {len(tune)} to tune", flush=True)
    before = {name: weights.clone() for name, weights in net.state_dict().items()}
    train(net, rows, plan, tune)
    torch.save(net.state_dict(), options.work / "encoder.pt")
    net.load_state_dict({name: torch.lerp(before[name], after, TRAINED) for name, after in net.state_dict().items()})
    print("shipped", measure(net, rows, tune), flush=True)
    export(net, options.out)
    write_sums(options.out)


if __name__ == "__main__":
    main()
