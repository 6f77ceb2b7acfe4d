"""The reader's network: the e5-small encoder with a span head and an answerable head.

A BERT encoder (Devlin et al. 2019, post-layer-norm, exact GELU); start and end logits over the passage with
position 0 (<s>) as the null span, as in SQuAD 2.0 readers; and one more logit at <s> for "the passage answers
the question", the two-headed verifier of Zhang et al. 2021, "Retrospective Reader for Machine Reading
Comprehension".
"""

import math

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from training.encoder import Encoder


class Dropout(nn.Module):
    """Dropout; on a CPU its noise comes from numpy in bytes, four times as fast as from torch."""

    noise = np.random.Generator(np.random.SFC64(0))

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = rate

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or self.rate == 0:
            return x
        if x.device.type != "cpu":
            return functional.dropout(x, self.rate)
        cut = round(256 * self.rate)
        noise = torch.from_numpy(self.noise.integers(0, 256, x.numel(), dtype=np.uint8)).view(x.shape)
        return x * ((noise >= cut).to(x.dtype) * (256 / (256 - cut)))


class Layer(nn.Module):
    """One layer; attention is written out, as torch's fused bfloat16 kernel is slower on a CPU."""

    def __init__(self, hidden: int, heads: int, inner: int, epsilon: float, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.scale = 1 / math.sqrt(hidden // heads)
        self.q, self.k, self.v, self.ao = (nn.Linear(hidden, hidden) for _ in range(4))
        self.fi = nn.Linear(hidden, inner)
        self.fo = nn.Linear(inner, hidden)
        self.aln = nn.LayerNorm(hidden, eps=epsilon)
        self.oln = nn.LayerNorm(hidden, eps=epsilon)
        self.dropout = Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        rows, length, hidden = x.shape

        def split(y: Tensor) -> Tensor:
            return y.view(rows, length, self.heads, hidden // self.heads).transpose(1, 2)

        q, k, v = split(self.q(x)), split(self.k(x)), split(self.v(x))
        weights = torch.softmax(q @ k.transpose(-1, -2) * self.scale + bias.to(q.dtype), dim=-1)
        attended = (weights.to(v.dtype) @ v).transpose(1, 2).reshape(rows, length, hidden)
        x = self.aln(x + self.dropout(self.ao(attended)))
        y: Tensor = self.oln(x + self.dropout(self.fo(functional.gelu(self.fi(x)))))
        return y


class ReaderNet(nn.Module):
    """Token ids, segments and mask in; start logits, end logits and the answerable logit out."""

    def __init__(self, encoder: Encoder, keep: list[int], dropout: float = 0.1) -> None:
        """Take the encoder's weights, and of its word embeddings the rows in `keep`."""
        super().__init__()
        shape = encoder.shape
        self.word = nn.Embedding(len(keep), shape.hidden)
        self.position = nn.Embedding(shape.positions, shape.hidden)
        self.segment = nn.Embedding(shape.segments, shape.hidden)
        self.norm = nn.LayerNorm(shape.hidden, eps=encoder.epsilon)
        self.layers = nn.ModuleList(
            Layer(shape.hidden, shape.heads, shape.inner, encoder.epsilon, dropout) for _ in range(shape.layers)
        )
        self.dropout = Dropout(dropout)
        self.span = nn.Linear(shape.hidden, 2)
        self.answerable = nn.Linear(shape.hidden, 1)
        for head in (self.span, self.answerable):
            nn.init.normal_(head.weight, std=0.02)
            nn.init.zeros_(head.bias)
        self._take(encoder, keep)

    @torch.no_grad()
    def _take(self, encoder: Encoder, keep: list[int]) -> None:
        tensors = encoder.tensors

        def put(target: Tensor, name: str) -> None:
            target.copy_(torch.from_numpy(tensors[name]).view(target.shape))

        words = tensors["emb.word"].reshape(encoder.shape.vocabulary, encoder.shape.hidden)[keep]
        self.word.weight.copy_(torch.from_numpy(words))
        put(self.position.weight, "emb.pos")
        put(self.segment.weight, "emb.type")
        put(self.norm.weight, "emb.ln.w")
        put(self.norm.bias, "emb.ln.b")
        for i, layer in enumerate(self.layers):
            for part in ("q", "k", "v", "ao", "fi", "fo", "aln", "oln"):
                module = getattr(layer, part)
                put(module.weight, f"l{i}.{part}.w")
                put(module.bias, f"l{i}.{part}.b")

    def encode(self, ids: Tensor, segments: Tensor, mask: Tensor) -> Tensor:
        """Return the hidden state of every token."""
        positions = torch.arange(ids.shape[1], device=ids.device)
        x = self.norm(self.word(ids) + self.position(positions)[None] + self.segment(segments))
        x = self.dropout(x)
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def forward(self, ids: Tensor, segments: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        x = self.encode(ids, segments, mask)
        span = self.span(x)
        return span[..., 0], span[..., 1], self.answerable(x[:, 0])[:, 0]
