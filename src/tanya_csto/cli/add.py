"""`tanya-csto add`: put articles into a corpus of one's own."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Final

from tanya_csto.cli.articles import row
from tanya_csto.cli.parser import Parser
from tanya_csto.cli.progress import watched
from tanya_csto.corpus.documents import Document, completed, read_bounded, read_documents, read_plain
from tanya_csto.corpus.editor import add
from tanya_csto.errors import CorpusError

_STATED: Final = {
    "title": ("JUDUL", "judul"),
    "outlet": ("MEDIA", "nama media"),
    "published": ("TANGGAL", "tanggal terbit"),
    "url": ("ALAMAT", "alamat artikel"),
}


def define(parser: Parser) -> None:
    """Tell what the command takes."""
    parser.description = "Tambahkan artikel ke korpus Anda sendiri, semua atau tidak satu pun."
    parser.inputs.add_argument(
        "files",
        metavar="BERKAS",
        nargs="+",
        help=".txt, .html, .pdf, .jsonl (satu artikel per baris), atau - (masukan baku)",
    )
    parser.add_own_corpus("folder korpus, dibuat bila belum ada")
    for name, (metavar, about) in _STATED.items():
        parser.options.add_argument(f"--{name}", metavar=metavar, help=f"{about}, bila berkas tidak menyebutnya")


def run(options: argparse.Namespace) -> int:
    """Add all, and show each on a line."""
    given = {name: value for name in _STATED if (value := getattr(options, name)) is not None}
    documents = [document for file in watched(options.files) for document in _documents(file)]
    if given and len(documents) != 1:
        raise CorpusError("documents-several")
    documents = [completed(document, given) for document in documents]
    for entry in add(options.corpus, documents, watched):
        print(f"Ditambahkan: {row(entry)}")
    return 0


def _documents(file: str) -> tuple[Document, ...]:
    if file != "-":
        return read_documents(Path(file))
    source = "masukan baku"
    return (read_plain(read_bounded(sys.stdin.buffer, source), source),)
