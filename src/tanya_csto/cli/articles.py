"""`tanya-csto articles`: list the articles of a corpus."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection

from tanya_csto.cli.parser import Parser
from tanya_csto.cli.settings import settings_of
from tanya_csto.cli.terminal import printable
from tanya_csto.corpus.articles import Article, Corpus, load_corpus
from tanya_csto.corpus.duplicates import near_duplicates
from tanya_csto.corpus.manifest import Entry
from tanya_csto.messages import say


def define(parser: Parser) -> None:
    """Tell what the command takes."""
    parser.add_corpus()


def run(options: argparse.Namespace) -> int:
    """Show each article on a line, and name those that are much like another."""
    corpus = load_corpus(settings_of(options, "corpus").corpus)
    for article in corpus.articles:
        print(row(article))
    name_near_duplicates(corpus, corpus.keys())
    return 0


def name_near_duplicates(corpus: Corpus, ids: Collection[str]) -> None:
    """Say on standard error which of the articles of these ids are much like another."""
    for found in near_duplicates(corpus):
        if found.first.id in ids or found.second.id in ids:
            shared = {"shared": found.shared, "sentences": found.sentences}
            print(say("near-duplicates", first=found.first.id, second=found.second.id, **shared), file=sys.stderr)


def row(article: Article | Entry) -> str:
    """Return an article without its text on one line."""
    return printable("  ".join(filter(None, (article.id, article.outlet, article.title, article.published))))
