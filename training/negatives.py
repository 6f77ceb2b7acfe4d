"""Wrong passages: what a search brings up for a question when it misses."""

import random
from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from tanya_csto.models.reader import BOS, EOS, PAD
from training.data import Example
from training.model import ReaderNet

LENGTH = 112


def embed(
    net: ReaderNet, tokenizer: Tokenizer, texts: Sequence[str], prefix: str, batch: int = 32
) -> NDArray[np.float32]:
    """Embed texts as e5 does (prefix, mean of the last states, unit length) with the untrained network."""
    device = next(net.parameters()).device
    net.eval()
    rows = [[BOS, *e.ids[: LENGTH - 2], EOS] for e in tokenizer.encode_batch([prefix + text for text in texts])]
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
    vectors = np.zeros((len(rows), net.word.embedding_dim), np.float32)
    for at in range(0, len(order), batch):
        group = order[at : at + batch]
        width = max(len(rows[i]) for i in group)
        ids = torch.full((len(group), width), PAD)
        for row, i in enumerate(group):
            ids[row, : len(rows[i])] = torch.tensor(rows[i])
        ids = ids.to(device)
        mask = (ids != PAD).long()
        with torch.no_grad(), torch.autocast(device.type, torch.bfloat16):
            states = net.encode(ids, torch.zeros_like(ids), mask).float()
        mean = (states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        vectors[group] = torch.nn.functional.normalize(mean, dim=-1).cpu().numpy()
    return vectors


class WrongPassages:
    """For every answerable question the passages nearest to it that do not hold its answer."""

    def __init__(self, net: ReaderNet, tokenizer: Tokenizer, examples: Sequence[Example], depth: int = 4) -> None:
        self.near: dict[tuple[str, str], list[str]] = {}
        for sources in ({"idk", "kinds"}, {"facqa"}):
            group = [example for example in examples if example.source in sources]
            if group:
                self._search(net, tokenizer, group, depth)

    def _search(self, net: ReaderNet, tokenizer: Tokenizer, group: Sequence[Example], depth: int) -> None:
        passages = sorted({example.passage for example in group})
        lower = [passage.lower() for passage in passages]
        asked = [example for example in group if example.answer]
        vectors = embed(net, tokenizer, passages, "passage: ")
        queries = embed(net, tokenizer, [example.question for example in asked], "query: ")
        for example, query in zip(asked, queries, strict=True):
            found: list[str] = []
            for i in np.argsort(-(vectors @ query), kind="stable")[:40]:
                if passages[i] != example.passage and not any(gold.lower() in lower[i] for gold in example.golds):
                    found.append(passages[i])
                    if len(found) == depth:
                        break
            self.near[example.question, example.passage] = found

    def draw(self, example: Example, rng: random.Random) -> Example | None:
        """Ask `example`'s question of one of its wrong passages."""
        near = self.near.get((example.question, example.passage))
        return example.about(rng.choice(near)) if near else None

    def nearest(self, example: Example) -> Example | None:
        """Ask `example`'s question of its nearest wrong passage."""
        near = self.near.get((example.question, example.passage))
        return example.about(near[0]) if near else None
