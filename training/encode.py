"""The sentence encoder, trained on from the one that is there: `python -m training.encode --data DIR`.

A question's vector is to lie near the vector of the sentence that answers it, and no sentence's near a question that
its passage does not answer. A passage is read as a whole and each sentence's vector is the mean over its own tokens
("late chunking", Günther et al. 2024, arXiv 2409.04701), so that a sentence is known by what stands around it. The loss
is the cross entropy of the right sentence among all of a batch (van den Oord et al. 2018, "InfoNCE", arXiv 1807.03748)
and of one more choice, "none of them", whose cosine is learned. What is shipped is the mean of the weights before and
after, weighed by `TRAINED` (Wortsman et al. 2022, "WiSE-FT", arXiv 2109.01903): training alone makes it forget to tell
one subject from another among thousands of passages.

The encoder shares tokenizer and vectors of words with the reader.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import torch
from sklearn.metrics import roc_auc_score
from torch import Tensor, nn
from torch.nn import functional

from training.data import load_paraphrases
from training.descent import Plan, begin, descend, device
from training.export import ENCODER, export, seal, share_words, weights_of
from training.model import E5_SMALL, Encoder, Shape
from training.sentences import Row, Rows

PLAN = Plan(steps=1800, minutes=60, rate=1.2e-4, check_every=200)
SOURCES = ("idk", "facqa", "kinds", "paraphrases")
NULL = 0.8  # the cosine of "none of them", to begin with
SCALE = 30.0  # of the cosines, to begin with
TRAINED = 0.7  # the share of the trained weights in what is shipped
UNANSWERABLE_LOSS = 0.5


class SentenceNet(Encoder):
    """Token ids of one text and which of them make up each of n stretches in; n vectors of unit length out."""

    def __init__(self, words: int, shape: Shape = E5_SMALL) -> None:
        super().__init__(words, shape)
        self.null = nn.Parameter(torch.tensor(NULL))
        self.scale = nn.Parameter(torch.tensor(SCALE).log())

    def forward(self, ids: Tensor, stretches: Tensor) -> Tensor:
        """Return vectors (n, hidden) for `ids` (1, length) and `stretches` (n, length), 1 for a token inside."""
        states = self.encode(ids, torch.zeros_like(ids), torch.ones_like(ids))[0]
        return functional.normalize(stretches @ states, dim=-1)

    def of_sentences(self, rows: Sequence[Row]) -> Tensor:
        """Return the vectors of the sentences of several passages, one after another."""
        return self.means([row.ids for row in rows], [row.spans for row in rows])

    def of_questions(self, questions: Sequence[Sequence[int]]) -> Tensor:
        """Return the vectors of questions."""
        return self.means(questions, [[(1, len(question) - 1)] for question in questions])

    def loss(self, rows: Sequence[Row], questions: Sequence[Sequence[int]]) -> Tensor:
        """Return the cross entropy of the questions' aims; those without an answer weigh less."""
        sentences, asked = self.of_sentences(rows), self.of_questions(questions)
        logits = torch.cat([asked @ sentences.T, self.null.expand(len(asked), 1)], dim=1) * self.scale.exp()
        targets: list[int] = []
        doubtful = []
        first = 0
        for row in rows:
            for aim in row.aims:
                doubtful += [(len(targets), first + other) for other in aim.doubtful]
                targets.append(len(sentences) if aim.sentence is None else first + aim.sentence)
            first += len(row.spans)
        for question, sentence in doubtful:
            logits[question, sentence] = -1e4
        aims = torch.tensor(targets, device=logits.device)
        weights = torch.where(aims == len(sentences), UNANSWERABLE_LOSS, 1.0)
        return (functional.cross_entropy(logits, aims, reduction="none") * weights).sum() / weights.sum()


@torch.no_grad()
def measure(net: SentenceNet, rows: Rows, tune: Sequence[Row]) -> dict[str, float]:
    """Return how often the right sentence is nearest, in its passage and among all, and how well a cosine refuses."""
    aims = [(number, aim) for number, row in enumerate(tune) for aim in row.aims]
    asked = [rows.question(aim.question, noisy=False) for _, aim in aims]
    sentences = torch.cat([net.of_sentences(tune[at : at + 16]) for at in range(0, len(tune), 16)])
    questions = torch.cat([net.of_questions(asked[at : at + 32]) for at in range(0, len(asked), 32)])
    firsts = np.cumsum([0, *(len(row.spans) for row in tune)])
    inside, among, nearest = [], [], []
    for cosine, (number, aim) in zip((questions @ sentences.T).cpu().numpy(), aims, strict=True):
        own = cosine[firsts[number] : firsts[number + 1]]
        nearest.append(own.max())
        if aim.sentence is not None:
            inside.append(own.argmax() == aim.sentence)
            among.append(cosine.argmax() == firsts[number] + aim.sentence)
    auc = roc_auc_score([aim.sentence is not None for _, aim in aims], nearest)
    found = {"in passage": np.mean(inside), "among all": np.mean(among), "AUC": auc, "null": net.null.item()}
    return {name: round(float(value), 3) for name, value in found.items()}


def main() -> None:
    """Train and export."""
    options, plan, data, tokenizer = begin("training.encode", __doc__, PLAN)
    examples = [example for example in data.train if example.source in SOURCES]
    held = [*data.tune, *load_paraphrases({example.passage for example in data.tune})]
    net = SentenceNet(len(tokenizer)).to(device())
    known = {name.removeprefix("net."): weights for name, weights in weights_of(options.out / ENCODER).items()}
    net.load_state_dict(known, strict=False)
    rows = Rows(tokenizer, examples, random.Random(plan.seed))
    tune = Rows(tokenizer, held, random.Random(plan.seed)).epoch()
    print(f"{len(rows.by_passage)} passages, {len(examples)} questions, {len(tune)} to tune", flush=True)
    before = {name: weights.clone() for name, weights in net.state_dict().items()}

    def loss_of(batch: Sequence[Row]) -> Tensor:
        return net.loss(batch, [rows.question(aim.question) for row in batch for aim in row.aims])

    net.freeze(0)
    descend(net, rows.batches(plan.batch), loss_of, lambda: measure(net, rows, tune), plan)
    torch.save(net.state_dict(), options.work / "encoder.pt")
    net.load_state_dict({name: torch.lerp(before[name], after, TRAINED) for name, after in net.state_dict().items()})
    print("shipped", measure(net.eval(), rows, tune), flush=True)
    inputs = {"ids": torch.randint(4, 1000, (1, 24)), "stretches": torch.ones(2, 24)}
    axes = {"ids": {1: "length"}, "stretches": {0: "stretches", 1: "length"}, "vectors": {0: "stretches"}}
    export(net, inputs, ["vectors"], axes, options.out / ENCODER)
    share_words(options.out, ENCODER)
    seal(options.out)


if __name__ == "__main__":
    main()
