"""`tanya-csto update`: put articles in the place of those with the same ids."""

from __future__ import annotations

import argparse

from tanya_csto.cli.add import add_documents, documents_of
from tanya_csto.cli.articles import row
from tanya_csto.cli.parser import Parser
from tanya_csto.cli.progress import watched
from tanya_csto.corpus.editor import update
from tanya_csto.messages import say


def define(parser: Parser) -> None:
    """Tell what the command takes."""
    add_documents(parser)
    parser.add_own_corpus()


def run(options: argparse.Namespace) -> int:
    """Replace all, and show each on a line."""
    for entry in update(options.corpus, documents_of(options), watched):
        print(say("updated", row=row(entry)))
    return 0
