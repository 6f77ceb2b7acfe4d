"""`tanya-csto feedback`: show what readers said about answers."""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from dataclasses import asdict, astuple
from typing import Final

from tanya_csto.cli.parser import Parser
from tanya_csto.cli.terminal import printable, printable_json
from tanya_csto.service.feedback import open_store
from tanya_csto.service.feedback_store import FIELDS, Feedback
from tanya_csto.service.settings import Settings

# Where a cell may begin, also in a country whose spreadsheets part cells by semicolons, before a sign of a formula.
_FORMULA: Final = re.compile(r"""(?:^|(?<=[;\t\n]))(?=[\s"']*[=+\-@＝＋－＠])""")


def define(parser: Parser) -> None:
    """Tell what the command takes."""
    parser.description = "Tampilkan umpan balik pembaca."
    form = parser.options.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="tampilkan sebagai JSON")
    form.add_argument("--csv", action="store_true", help="tampilkan sebagai CSV")


def run(options: argparse.Namespace) -> int:
    """Show every entry, oldest first."""
    entries = _kept(Settings.read())
    if options.json:
        print(printable_json(json.dumps([asdict(entry) for entry in entries], ensure_ascii=False, indent=2)))
    elif options.csv:
        rows = csv.writer(sys.stdout, lineterminator="\n")
        rows.writerow(FIELDS)
        rows.writerows(map(_cell, astuple(entry)) for entry in entries)
    else:
        print(printable("\n\n".join(map(_readable, entries))) or "Belum ada umpan balik.")
    return 0


def _kept(settings: Settings) -> list[Feedback]:
    """Return what the store holds, without making one."""
    if settings.feedback is None or not settings.feedback.is_file():
        return []
    store = open_store(settings)
    return store.entries() if store else []


def _cell(text: str) -> str:
    """Return `text` so that no spreadsheet takes it, or what follows a semicolon in it, for a formula."""
    return _FORMULA.sub("'", printable(text))


def _readable(entry: Feedback) -> str:
    comment = f"\n    {entry.comment}" if entry.comment else ""
    return f"{entry.verdict} ({entry.status}, versi {entry.version}){comment}\n    {entry.question}\n    {entry.answer}"
