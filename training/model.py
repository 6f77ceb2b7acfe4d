"""The networks: a BERT encoder (Devlin et al. 2019, post-layer-norm, exact GELU), and the reader's heads on it."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.descent import pad, quick

EPSILON = 1e-12


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of an encoder; by default those of multilingual-e5-small (Wang et al. 2024, arXiv 2402.05672)."""

    hidden: int = 384
    layers: int = 12
    heads: int = 12
    inner: int = 1536
    positions: int = 512
    segments: int = 2


E5_SMALL = Shape()


class Layer(nn.Module):
    """One layer."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.heads = shape.heads
        self.q, self.k, self.v, self.ao = (nn.Linear(shape.hidden, shape.hidden) for _ in range(4))
        self.fi = nn.Linear(shape.hidden, shape.inner)
        self.fo = nn.Linear(shape.inner, shape.hidden)
        self.aln, self.oln = (nn.LayerNorm(shape.hidden, eps=EPSILON) for _ in range(2))
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        q, k, v = (part(x).unflatten(-1, (self.heads, -1)).transpose(1, 2) for part in (self.q, self.k, self.v))
        attended = functional.scaled_dot_product_attention(q, k, v, mask).transpose(1, 2).flatten(2)
        x = self.aln(x + self.dropout(self.ao(attended)))
        y: Tensor = self.oln(x + self.dropout(self.fo(functional.gelu(self.fi(x)))))
        return y


class Encoder(nn.Module):
    """Token ids, segments and mask in, the hidden state of every token out; for a vocabulary of so many `words`."""

    def __init__(self, words: int, shape: Shape = E5_SMALL, dropout: float = 0.1) -> None:
        super().__init__()
        self.word = nn.Embedding(words, shape.hidden)
        self.position = nn.Embedding(shape.positions, shape.hidden)
        self.segment = nn.Embedding(shape.segments, shape.hidden)
        self.norm = nn.LayerNorm(shape.hidden, eps=EPSILON)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        self.dropout = nn.Dropout(dropout)

    def encode(self, ids: Tensor, segments: Tensor, mask: Tensor) -> Tensor:
        """Return the hidden state of every token."""
        positions = torch.arange(ids.shape[1], device=ids.device)
        x = self.norm(self.word(ids) + self.position(positions)[None] + self.segment(segments))
        states: Tensor = self.dropout(x)
        for layer in self.layers:
            states = layer(states, mask[:, None, None] > 0)
        return states

    def means(self, texts: Sequence[Sequence[int]], spans: Sequence[Sequence[tuple[int, int]]]) -> Tensor:
        """Return the vectors of unit length of stretches of several texts, one after another."""
        ids, mask = pad(texts)
        with quick():
            states = self.encode(ids, torch.zeros_like(ids), mask).float()
        rows = [states[n, start:end].mean(dim=0) for n, inside in enumerate(spans) for start, end in inside]
        return functional.normalize(torch.stack(rows), dim=-1)

    def freeze(self, layers: int) -> None:
        """Let no training change the vectors of words and the lowest `layers`."""
        for part in (self.word, self.position, self.segment, self.norm, *self.layers[:layers]):
            part.requires_grad_(requires_grad=False)


class ReaderNet(Encoder):
    """Token ids, segments and mask in; start logits, end logits and the answerable logit out.

    Start and end over the passage with position 0 (<s>) as the null span, as in SQuAD 2.0 readers; and one more logit
    at <s> for "the passage answers the question", the two-headed verifier of Zhang et al. 2021, "Retrospective Reader
    for Machine Reading Comprehension".
    """

    def __init__(self, words: int, shape: Shape = E5_SMALL) -> None:
        super().__init__(words, shape)
        self.span = nn.Linear(shape.hidden, 2)
        self.answerable = nn.Linear(shape.hidden, 1)

    def forward(self, ids: Tensor, segments: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        x = self.encode(ids, segments, mask)
        span = self.span(x)
        return span[..., 0], span[..., 1], self.answerable(x[:, 0])[:, 0]
