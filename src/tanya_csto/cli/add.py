"""`tanya-csto add`: put articles into a corpus of one's own."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from tanya_csto.cli.articles import name_near_duplicates, row
from tanya_csto.cli.parser import Parser
from tanya_csto.cli.progress import watched
from tanya_csto.corpus.articles import load_corpus
from tanya_csto.corpus.documents import Document, read_bounded
from tanya_csto.corpus.editor import add
from tanya_csto.corpus.loaders import LOADERS, files_in, plain, read_documents
from tanya_csto.corpus.manifest import STATED
from tanya_csto.errors import CorpusError
from tanya_csto.messages import say


def define(parser: Parser) -> None:
    """Tell what the command takes."""
    add_documents(parser)
    parser.add_own_corpus(help="folder korpus, dibuat bila belum ada")


def run(options: argparse.Namespace) -> int:
    """Add all, show each on a line, and name those that are much like another."""
    entries = add(options.corpus, documents_of(options), watched)
    for entry in entries:
        print(say("added", row=row(entry)))
    name_near_duplicates(load_corpus(options.corpus), {entry.id for entry in entries})
    return 0


def add_documents(parser: Parser) -> None:
    """Let the command take documents, and what is known about them besides."""
    parser.inputs.add_argument(
        "files",
        metavar="BERKAS",
        nargs="+",
        help=f"berkas {', '.join(LOADERS)}, folder berisi semua itu, atau - (masukan baku)",
    )
    parser.options.add_argument("--title", metavar="JUDUL", help="judul, apa pun yang disebut berkas")
    parser.options.add_argument(
        "--outlet",
        metavar="MEDIA",
        help="nama media, apa pun yang disebut berkas; dari beberapa berkas, hanya bagi yang tidak menyebutnya",
    )
    parser.options.add_argument("--published", metavar="TANGGAL", help="tanggal terbit, apa pun yang disebut berkas")
    parser.options.add_argument("--url", metavar="ALAMAT", help="alamat artikel, apa pun yang disebut berkas")


def documents_of(options: argparse.Namespace) -> list[Document]:
    """Return the documents that the command names, with what it says about them.

    What is said of a single one holds, whatever its file states; of several, the outlet where a file states none.
    """
    given = {name: value for name in ("outlet", *STATED) if (value := getattr(options, name)) is not None}
    files = [file for name in options.files for file in ([None] if name == "-" else files_in(Path(name)))]
    documents = [document for file in watched(files) for document in _documents(file)]
    if len(documents) == 1:
        return [replace(documents[0], **given)]
    if given.keys() - {"outlet"}:
        raise CorpusError("documents-several")
    return [document if document.outlet else replace(document, **given) for document in documents]


def _documents(file: Path | None) -> tuple[Document, ...]:
    if file is not None:
        return read_documents(file)
    return plain.load(read_bounded(sys.stdin.buffer, say("stdin")))
