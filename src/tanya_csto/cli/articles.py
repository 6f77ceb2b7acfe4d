"""`tanya-csto articles`, `add`, `update`, `remove`: the articles of a corpus listed, and those of one's own changed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from tanya_csto.cli.parser import Parser
from tanya_csto.cli.settings import settings_of
from tanya_csto.cli.terminal import printable, watched
from tanya_csto.corpus import editor
from tanya_csto.corpus.articles import Article, Corpus, load_corpus
from tanya_csto.corpus.documents import Document, read_bounded
from tanya_csto.corpus.duplicates import near_duplicates
from tanya_csto.corpus.loaders import LOADERS, files_in, plain, read_documents
from tanya_csto.corpus.manifest import STATED, Entry
from tanya_csto.errors import CorpusError
from tanya_csto.messages import say


def define(parser: Parser) -> None:
    """Tell what the command takes."""
    name = parser.prog.split()[-1]
    if name == "articles":
        parser.add_corpus()
        return
    if name == "remove":
        parser.inputs.add_argument("ids", metavar="ID", nargs="+", help="id artikel")
    else:
        _add_documents(parser)
    if name == "add":
        parser.add_own_corpus(help="folder korpus, dibuat bila belum ada")
    else:
        parser.add_own_corpus()


def articles(options: argparse.Namespace) -> None:
    """Show each article on a line, and name those that are much like another."""
    corpus = load_corpus(settings_of(options, "corpus").corpus)
    for article in corpus.articles:
        print(_row(article))
    _name_near_duplicates(corpus, corpus.keys())


def add(options: argparse.Namespace) -> None:
    """Add all, show each on a line, and name those that are much like another."""
    entries = editor.add(options.corpus, _documents(options), watched)
    for entry in entries:
        print(say("added", row=_row(entry)))
    _name_near_duplicates(load_corpus(options.corpus), {entry.id for entry in entries})


def update(options: argparse.Namespace) -> None:
    """Replace all, and show each on a line."""
    for entry in editor.update(options.corpus, _documents(options), watched):
        print(say("updated", row=_row(entry)))


def remove(options: argparse.Namespace) -> None:
    """Remove all, and show each on a line."""
    for entry in editor.remove(options.corpus, options.ids):
        print(say("removed", row=_row(entry)))


def _add_documents(parser: Parser) -> None:
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


def _documents(options: argparse.Namespace) -> list[Document]:
    """Return the documents that the command names, with what it says about them.

    What is said of a single one holds, whatever its file states; of several, the outlet where a file states none.
    """
    given = {name: value for name in ("outlet", *STATED) if (value := getattr(options, name)) is not None}
    files = [file for name in options.files for file in ([None] if name == "-" else files_in(Path(name)))]
    documents = [document for file in watched(files) for document in _read(file)]
    if len(documents) == 1:
        return [replace(documents[0], **given)]
    if given.keys() - {"outlet"}:
        raise CorpusError("documents-several")
    return [document if document.outlet else replace(document, **given) for document in documents]


def _read(file: Path | None) -> tuple[Document, ...]:
    if file is not None:
        return read_documents(file)
    return plain.load(read_bounded(sys.stdin.buffer, say("stdin")))


def _name_near_duplicates(corpus: Corpus, ids: Collection[str]) -> None:
    """Say on standard error which of the articles of these ids are much like another."""
    for first, second, shared, sentences in near_duplicates(corpus):
        if first in ids or second in ids:
            print(
                say("near-duplicates", first=first, second=second, shared=shared, sentences=sentences), file=sys.stderr
            )


def _row(article: Article | Entry) -> str:
    """Return an article without its text on one line."""
    return printable("  ".join(filter(None, (article.id, article.outlet, article.title, article.published))))
