"""The reader's network: the e5-small encoder with a span head and an answerable head.

A BERT encoder (Devlin et al. 2019, post-layer-norm, exact GELU); start and end logits over the passage with
position 0 (<s>) as the null span, as in SQuAD 2.0 readers; and one more logit at <s> for "the passage answers
the question", the two-headed verifier of Zhang et al. 2021, "Retrospective Reader for Machine Reading
Comprehension".
"""

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.descent import pad, quick
from training.encoder import Encoder, Shape

PARTS = ("q", "k", "v", "ao", "fi", "fo", "aln", "oln")  # of a layer, as e5's file names them


class Layer(nn.Module):
    """One layer."""

    def __init__(self, shape: Shape, epsilon: float, dropout: float) -> None:
        super().__init__()
        self.heads = shape.heads
        self.q, self.k, self.v, self.ao = (nn.Linear(shape.hidden, shape.hidden) for _ in range(4))
        self.fi = nn.Linear(shape.hidden, shape.inner)
        self.fo = nn.Linear(shape.inner, shape.hidden)
        self.aln, self.oln = (nn.LayerNorm(shape.hidden, eps=epsilon) for _ in range(2))
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        q, k, v = (part(x).unflatten(-1, (self.heads, -1)).transpose(1, 2) for part in (self.q, self.k, self.v))
        attended = functional.scaled_dot_product_attention(q, k, v, mask).transpose(1, 2).flatten(2)
        x = self.aln(x + self.dropout(self.ao(attended)))
        y: Tensor = self.oln(x + self.dropout(self.fo(functional.gelu(self.fi(x)))))
        return y


class ReaderNet(nn.Module):
    """Token ids, segments and mask in; start logits, end logits and the answerable logit out."""

    def __init__(self, encoder: Encoder, keep: Sequence[int], dropout: float = 0.1) -> None:
        """Take the encoder's weights, and of its word embeddings the rows in `keep`."""
        super().__init__()
        shape = encoder.shape
        self.word = nn.Embedding(len(keep), shape.hidden)
        self.position = nn.Embedding(shape.positions, shape.hidden)
        self.segment = nn.Embedding(shape.segments, shape.hidden)
        self.norm = nn.LayerNorm(shape.hidden, eps=encoder.epsilon)
        self.layers = nn.ModuleList(Layer(shape, encoder.epsilon, dropout) for _ in range(shape.layers))
        self.dropout = nn.Dropout(dropout)
        self.span = nn.Linear(shape.hidden, 2)
        self.answerable = nn.Linear(shape.hidden, 1)
        for head in (self.span, self.answerable):
            nn.init.normal_(head.weight, std=0.02)
            nn.init.zeros_(head.bias)
        self._take(encoder, keep)

    @torch.no_grad()
    def _take(self, encoder: Encoder, keep: Sequence[int]) -> None:
        words = encoder.tensors["emb.word"].reshape(encoder.shape.vocabulary, -1)
        self.word.weight.copy_(torch.tensor(words[keep]))
        named = {"emb.pos": self.position, "emb.type": self.segment, "emb.ln": self.norm}
        named |= {f"l{n}.{part}": getattr(layer, part) for n, layer in enumerate(self.layers) for part in PARTS}
        for name, module in named.items():
            for kind, target in module.named_parameters():
                source = encoder.tensors[name if isinstance(module, nn.Embedding) else f"{name}.{kind[0]}"]
                target.copy_(torch.tensor(source).view_as(target))

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

    def forward(self, ids: Tensor, segments: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        x = self.encode(ids, segments, mask)
        span = self.span(x)
        return span[..., 0], span[..., 1], self.answerable(x[:, 0])[:, 0]
