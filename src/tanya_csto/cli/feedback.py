"""`tanya-csto feedback`: show what readers said about answers."""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections.abc import Sequence
from dataclasses import asdict, astuple, fields
from typing import Final

from tanya_csto.cli.parser import Parser
from tanya_csto.cli.terminal import printable, printable_json
from tanya_csto.messages import say
from tanya_csto.service.feedback_store import Feedback, RefusedQuestion, open_store
from tanya_csto.service.settings import Settings

# Where a cell may begin, also in a country whose spreadsheets part cells by semicolons, before a sign of a formula.
_FORMULA: Final = re.compile(r"""(?:^|(?<=[;\t\n]))(?=[\s"']*[=+\-@＝＋－＠])""")


def define(parser: Parser) -> None:
    """Tell what the command takes."""
    parser.options.add_argument(
        "--refused", action="store_true", help="tampilkan pertanyaan yang tidak terjawab (lihat TANYA_REFUSED)"
    )
    form = parser.options.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="tampilkan sebagai JSON")
    form.add_argument("--csv", action="store_true", help="tampilkan sebagai CSV")


def run(options: argparse.Namespace) -> None:
    """Show every entry: verdicts oldest first, or refused questions, those asked most often first."""
    settings = Settings.read()
    entries: Sequence[Feedback | RefusedQuestion] = ()
    if settings.feedback and settings.feedback.exists() and (store := open_store(settings)):  # it is not made here
        entries = store.refused() if options.refused else store.entries()
    if options.json:
        print(printable_json(json.dumps([asdict(entry) for entry in entries], ensure_ascii=False, indent=2)))
    elif options.csv:
        rows = csv.writer(sys.stdout, lineterminator="\n")
        rows.writerow(field.name for field in fields(RefusedQuestion if options.refused else Feedback))
        rows.writerows(map(_cell, astuple(entry)) for entry in entries)
    elif options.refused:
        print(printable("\n".join(map(_readable, entries))) or say("refused-none"))
    else:
        print(printable("\n\n".join(map(_readable, entries))) or say("feedback-none"))


def _cell(value: str | int) -> str:
    """Return a value so that no spreadsheet takes it, or what follows a semicolon in it, for a formula."""
    return _FORMULA.sub("'", printable(str(value)))


def _readable(entry: Feedback | RefusedQuestion) -> str:
    if isinstance(entry, RefusedQuestion):
        return say("refused-question", times=entry.times, question=entry.question)
    given = say("feedback-given", verdict=entry.verdict, status=entry.status, version=entry.version)
    return "\n    ".join(filter(None, (given, entry.comment, entry.question, entry.answer)))
