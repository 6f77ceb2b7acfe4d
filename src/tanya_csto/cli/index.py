"""`tanya-csto index`: work out beforehand what answering from a large corpus needs."""

from __future__ import annotations

import argparse

from tanya_csto.bank import store
from tanya_csto.bank.making.training import train_bank
from tanya_csto.cli.parser import Parser
from tanya_csto.cli.settings import settings_of
from tanya_csto.cli.terminal import watched
from tanya_csto.corpus.articles import load_corpus
from tanya_csto.messages import say
from tanya_csto.models.networks import networks_for
from tanya_csto.retrieval.dense import VECTORS, embed, kind_of_vectors
from tanya_csto.retrieval.index import Index
from tanya_csto.retrieval.store import INDEX, Tables, keep
from tanya_csto.retrieval.tables import tabulate


def define(parser: Parser) -> None:
    """Tell what the command takes."""
    parser.options.add_argument(
        "--to",
        dest="index",
        metavar="ALAMAT",
        help="muat ke klaster, dengan alamat seperti qdrant+http://localhost:6333/tanya",
    )
    parser.add_corpus()


def run(options: argparse.Namespace) -> None:
    """Keep the index on this computer, or load it into a cluster."""
    settings = settings_of(options, "corpus", "index")
    corpus = load_corpus(settings.corpus)
    if options.index is not None and settings.index is not None:
        count = settings.index.cluster().load(Index(corpus).weights, watched)
        print(say("index-loaded", count=count, address=settings.index))
        return
    networks = networks_for(settings.mode)
    bank = corpus.bank
    if bank and bank.folder and not store.is_trained(bank.folder):
        store.save(train_bank(bank, watched), bank.folder)
        print(say("bank-trained", path=bank.folder))
    print(say("index-kept", path=keep(corpus, INDEX, tabulate(corpus.articles, watched))))
    if networks:
        vectors = Tables({VECTORS: embed(Index(corpus), networks.encoder, watched)})
        print(say("vectors-kept", path=keep(corpus, kind_of_vectors(networks), vectors)))
