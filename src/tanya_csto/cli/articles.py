"""`tanya-csto articles`: list the articles of a corpus."""

from __future__ import annotations

import argparse

from tanya_csto.cli.parser import Parser
from tanya_csto.cli.settings import settings_of
from tanya_csto.cli.terminal import printable
from tanya_csto.corpus.articles import Article, load_corpus
from tanya_csto.corpus.manifest import Entry


def define(parser: Parser) -> None:
    """Tell what the command takes."""
    parser.description = "Tampilkan daftar artikel."
    parser.add_corpus()


def run(options: argparse.Namespace) -> int:
    """Show each article on a line."""
    for article in load_corpus(settings_of(options, "corpus").corpus).articles:
        print(row(article))
    return 0


def row(article: Article | Entry) -> str:
    """Return an article without its text on one line."""
    return printable("  ".join(filter(None, (article.id, article.outlet, article.title, article.published))))
