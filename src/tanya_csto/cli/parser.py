"""The parser of arguments, which speaks Indonesian."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

from tanya_csto.messages import say


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks Indonesian."""

    def __init__(self, *, description: str | None = None, prog: str | None = None) -> None:
        super().__init__(prog=prog, description=description, add_help=False, allow_abbrev=False)
        self.inputs = self.add_argument_group("isian")
        self.options = self.add_argument_group("pilihan")
        self.options.add_argument("-h", "--help", action="help", help="tampilkan bantuan ini")

    def add_corpus(self) -> None:
        """Let the command answer from another folder."""
        self.options.add_argument("--corpus", metavar="DIR", help="folder korpus (bawaan: korpus bersama paket)")

    def add_own_corpus(self, help: str = "folder korpus") -> None:
        """Let the command change the corpus in a folder, which must be named."""
        self.options.add_argument("--corpus", metavar="DIR", type=Path, required=True, help=help)

    def add_commands(self, names: Iterable[str]) -> dict[str, Parser]:
        """Let further arguments name one of several commands, and return the parser of each."""
        commands: argparse._SubParsersAction[Parser]
        commands = self.add_subparsers(title="perintah", metavar="PERINTAH", required=True)
        return {
            name: commands.add_parser(name, help=say(f"summary-{name}"), description=say(f"about-{name}"))
            for name in names
        }

    def format_help(self) -> str:
        """Return the help; argparse has no other place for its first word."""
        return super().format_help().replace("usage: ", "pemakaian: ", 1)

    def error(self, message: str) -> NoReturn:  # noqa: ARG002
        """Point to the help, whatever was wrong: the messages of argparse are English."""
        self.exit(2, say("command-unknown", program=self.prog) + "\n")
