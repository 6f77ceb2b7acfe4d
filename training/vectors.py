"""Ships the vectors of the built-in articles with them: `python -m training.vectors`."""

from __future__ import annotations

from tanya_csto.corpus.articles import load_corpus
from tanya_csto.models.networks import load_networks
from tanya_csto.retrieval.dense import ship
from tanya_csto.retrieval.index import Index

if __name__ == "__main__":
    ship(Index(load_corpus()), load_networks())
