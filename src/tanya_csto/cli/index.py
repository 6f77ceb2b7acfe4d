"""`tanya-csto index`: work out beforehand what answering from a large corpus needs."""

from __future__ import annotations

import argparse

from tanya_csto.bank.store import is_trained
from tanya_csto.bank.training import train_bank
from tanya_csto.cli.parser import Parser
from tanya_csto.cli.progress import watched
from tanya_csto.cli.settings import settings_of
from tanya_csto.corpus.articles import Corpus, load_corpus
from tanya_csto.models.networks import Networks, networks_for
from tanya_csto.retrieval.address import Address
from tanya_csto.retrieval.dense import embed, kind_of_vectors, vectors_of
from tanya_csto.retrieval.index import Index
from tanya_csto.retrieval.store import INDEX, arrays_of, keep, tables_of
from tanya_csto.retrieval.tables import Tables


def define(parser: Parser) -> None:
    """Tell what the command takes."""
    parser.description = (
        "Simpan indeks korpus di folder cache Anda, agar perintah lain tidak perlu menyusunnya lagi, "
        "dan latih bank pertanyaannya bila ada."
    )
    parser.options.add_argument(
        "--to",
        dest="index",
        metavar="ALAMAT",
        help="muat ke klaster, dengan alamat seperti qdrant+http://localhost:6333/tanya",
    )
    parser.add_corpus()


def run(options: argparse.Namespace) -> int:
    """Keep the index on this computer, or load it into a cluster."""
    settings = settings_of(options, "corpus", "index")
    corpus, networks = load_corpus(settings.corpus), networks_for(settings.mode)
    if options.index is not None and settings.index is not None:
        return _load(settings.index, corpus, networks)
    _train(corpus, networks)
    tables = Tables.of(corpus.articles, watched)
    print(f"Indeks tersimpan di {keep(arrays_of(tables), corpus, INDEX)}")
    if networks:
        vectors = embed(Index(corpus), networks.encoder, watched)
        print(f"Vektor tersimpan di {keep({'vectors': vectors}, corpus, kind_of_vectors(networks))}")
    return 0


def _train(corpus: Corpus, networks: Networks | None) -> None:
    """Train what the question bank of the corpus lacks."""
    bank = corpus.bank
    if bank is None or bank.folder is None or is_trained(bank.folder, vectors=networks is not None):
        return
    train_bank(bank, networks.encoder if networks else None, watched).save(bank.folder)
    print(f"Bank pertanyaan terlatih: {bank.folder}")


def _load(address: Address, corpus: Corpus, networks: Networks | None) -> int:
    cluster = address.cluster()
    from tanya_csto.retrieval.upload import Upload

    model, vectors = (networks.version, vectors_of(Index(corpus), networks)) if networks else ("", None)
    upload = Upload(tables_of(corpus), model, vectors)
    upload.to(cluster, watched)
    print(f"{upload.size} bagian korpus siap di {address}")
    return 0
