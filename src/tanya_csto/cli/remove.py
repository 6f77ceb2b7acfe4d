"""`tanya-csto remove`: take articles out of a corpus of one's own."""

from __future__ import annotations

import argparse

from tanya_csto.cli.articles import row
from tanya_csto.cli.parser import Parser
from tanya_csto.corpus.editor import remove
from tanya_csto.messages import say


def define(parser: Parser) -> None:
    """Tell what the command takes."""
    parser.inputs.add_argument("ids", metavar="ID", nargs="+", help="id artikel")
    parser.add_own_corpus()


def run(options: argparse.Namespace) -> int:
    """Remove all, and show each on a line."""
    for entry in remove(options.corpus, options.ids):
        print(say("removed", row=row(entry)))
    return 0
