"""Wrong passages: what a search brings up for a question when it misses."""

import random
from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from tanya_csto.models.reader import BOS, EOS
from training.data import Example
from training.model import ReaderNet

LENGTH = 112
BATCH = 32
DEPTH = 4  # wrong passages of a question
TOGETHER = ({"idk", "kinds"}, {"facqa"})  # sources whose passages are searched together


@torch.no_grad()
def embed(net: ReaderNet, tokenizer: Tokenizer, texts: Sequence[str], prefix: str) -> NDArray[np.float32]:
    """Embed texts as e5 does (prefix, mean of the last states, unit length) with the untrained network."""
    rows = [[BOS, *e.ids[: LENGTH - 2], EOS] for e in tokenizer.encode_batch([prefix + text for text in texts])]
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
    vectors = np.zeros((len(rows), net.word.embedding_dim), np.float32)
    for at in range(0, len(order), BATCH):
        group = order[at : at + BATCH]
        vectors[group] = net.means([rows[i] for i in group], [[(0, len(rows[i]))] for i in group]).cpu().numpy()
    return vectors


class WrongPassages:
    """For every answerable question the passages nearest to it that do not hold its answer."""

    def __init__(self, net: ReaderNet, tokenizer: Tokenizer, examples: Sequence[Example]) -> None:
        """Search with the untrained network."""
        self._near: dict[tuple[str, str], list[str]] = {}
        net.eval()
        for sources in TOGETHER:
            passages = sorted({example.passage for example in examples if example.source in sources})
            asked = [example for example in examples if example.source in sources and example.answer]
            if asked:
                vectors = embed(net, tokenizer, passages, "passage: ")
                queries = embed(net, tokenizer, [example.question for example in asked], "query: ")
                for example, query in zip(asked, queries, strict=True):
                    nearest = (passages[i] for i in np.argsort(-(vectors @ query), kind="stable")[:40])
                    wrong = [passage for passage in nearest if not _answers(passage, example)]
                    self._near[example.question, example.passage] = wrong[:DEPTH]

    def draw(self, example: Example, rng: random.Random) -> Example | None:
        """Ask `example`'s question of one of its wrong passages."""
        near = self._near.get((example.question, example.passage))
        return example.about(rng.choice(near)) if near else None

    def nearest(self, examples: Sequence[Example]) -> list[Example]:
        """Ask the questions of `examples`, each of its nearest wrong passage."""
        known = ((example, self._near.get((example.question, example.passage))) for example in examples)
        return [example.about(near[0]) for example, near in known if near]


def _answers(passage: str, example: Example) -> bool:
    return passage == example.passage or any(gold.lower() in passage.lower() for gold in example.golds)
