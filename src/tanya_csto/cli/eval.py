"""`tanya-csto eval`: measure how good the answers are."""

from __future__ import annotations

import argparse
from pathlib import Path

from tanya_csto.cli.parser import Parser
from tanya_csto.cli.settings import engine_of
from tanya_csto.evaluate import evaluate, read_questions, report


def define(parser: Parser) -> None:
    """Tell what the command takes."""
    parser.inputs.add_argument("file", metavar="BERKAS", type=Path, help="berkas soal (JSONL)")
    parser.add_corpus()


def run(options: argparse.Namespace) -> None:
    """Show the report."""
    print(report(evaluate(engine_of(options), read_questions(options.file))))
