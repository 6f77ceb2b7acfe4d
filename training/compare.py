"""The comparer, trained on from the one that is there: `python -m training.compare --data DIR`.

A question and two sentences go in, and the log-odds that both answer it come out, as a classifier of pairs of sentences
reads them together (Devlin et al. 2019). It shares tokenizer and vectors of words with the reader.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

import torch
from sklearn.metrics import roc_auc_score
from torch import Tensor, nn
from torch.nn import functional

from tanya_csto.models.comparer import FILE
from training.collections import EVENTS, NEWS, read_news
from training.descent import Plan, begin, descend, device, pad, quick
from training.export import export, seal, share_words, weights_of
from training.matters import MATTERS, Matter, Pair, Pairs, load_matters, matters_of
from training.model import E5_SMALL, Encoder, Shape

PLAN = Plan(steps=400, minutes=60, rate=5e-5, check_every=100, batch=24)
SOURCES = ("idk", "kinds", "news")  # whose passages have sentences that do not answer
FROZEN = 4  # layers, the lowest, that are left as they are
MEASURED = 400  # pairs, half of them of the collections that the decision is fitted on


class ComparerNet(Encoder):
    """Token ids of one pair in; the log-odds that both sentences answer out."""

    def __init__(self, words: int, shape: Shape = E5_SMALL) -> None:
        super().__init__(words, shape)
        self.matter = nn.Linear(shape.hidden, 1)

    def forward(self, ids: Tensor) -> Tensor:
        """Return the log-odds, shape (1,), for `ids` (1, length)."""
        odds: Tensor = self.matter(self.encode(ids, torch.zeros_like(ids), torch.ones_like(ids))[0, 0])
        return odds

    def of_pairs(self, pairs: Sequence[Pair]) -> Tensor:
        """Return the log-odds of several pairs."""
        ids, mask = pad([pair.ids for pair in pairs])
        with quick():
            states = self.encode(ids, torch.zeros_like(ids), mask)[:, 0].float()
        odds: Tensor = self.matter(self.dropout(states))[:, 0]
        return odds

    def loss(self, pairs: Sequence[Pair]) -> Tensor:
        """Return the cross entropy of whether both sentences of each pair answer."""
        answer = torch.tensor([float(pair.answer) for pair in pairs], device=device())
        return functional.binary_cross_entropy_with_logits(self.of_pairs(pairs), answer)


@torch.no_grad()
def measure(net: ComparerNet, pairs: Sequence[Pair]) -> float:
    """Return the AUC of pairs of which both sentences answer against the others."""
    odds = torch.cat([net.of_pairs(pairs[at : at + 32]) for at in range(0, len(pairs), 32)]).cpu().numpy()
    return round(float(roc_auc_score([pair.answer for pair in pairs], odds)), 3)


def events_of(names: Iterable[str]) -> list[Matter]:
    """Return the questions of some collections of invented news as matters."""
    return [matter for name in names for matter in matters_of(read_news(name))]


def main() -> None:
    """Train and export."""
    options, plan, data, tokenizer = begin("training.compare", __doc__, PLAN)
    net = ComparerNet(len(tokenizer)).to(device())
    net.load_state_dict(weights_of(options.out / FILE))
    net.freeze(FROZEN)
    examples, rng = [each for each in data.train if each.source in SOURCES], random.Random(plan.seed)
    pairs = Pairs(tokenizer, load_matters(MATTERS / "train.jsonl"), examples, rng, events_of(EVENTS))
    others = Pairs(tokenizer, load_matters(MATTERS / "valid.jsonl"), data.tune, rng, events_of(NEWS))
    held = next(others.batches(MEASURED))
    print(f"{len(pairs.matters)} matters, {len(pairs.events)} of events, {len(examples)} over passages", flush=True)
    descend(net, pairs.batches(plan.batch), net.loss, lambda: measure(net, held), plan)
    torch.save(net.state_dict(), options.work / "comparer.pt")
    export(net, {"ids": torch.randint(4, 1000, (1, 24))}, ["matter"], {"ids": {1: "length"}}, options.out / FILE)
    share_words(options.out, FILE)
    seal(options.out)


if __name__ == "__main__":
    main()
