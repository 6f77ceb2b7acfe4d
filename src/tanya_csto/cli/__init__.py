"""The command line: one module a command, imported only when its command is the one to run."""

from __future__ import annotations

import io
import logging
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Final

from tanya_csto.cli.parser import Parser
from tanya_csto.cli.terminal import printable
from tanya_csto.errors import TanyaError
from tanya_csto.messages import say

# Each is a module of this package.
COMMANDS: Final = "serve mcp ask eval index questions feedback articles add update remove".split()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that `arguments` name (the process's own where None) and return the exit code.

    Every `TanyaError` becomes one Indonesian line on standard error and exit code 2.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # a quote is exact on any terminal and in any pipe
    logging.getLogger("tanya_csto").handlers = [_Advice(logging.WARNING)]  # the service puts its log in its place
    arguments = sys.argv[1:] if arguments is None else arguments
    options = _parser(arguments[:1]).parse_args(arguments)
    try:
        code = int(options.run(options))
        sys.stdout.flush()
        return code
    except TanyaError as error:
        print(printable(str(error)), file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader, such as `head`, has seen enough; the last flush must not fail again
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except KeyboardInterrupt:
        return 130


class _Advice(logging.Handler):
    """Shows a warning as the sentence that tells a person what to do, where it has one."""

    def emit(self, record: logging.LogRecord) -> None:
        print(getattr(record, "facts", {}).get("advice") or record.getMessage(), file=sys.stderr)


def _parser(named: Sequence[str]) -> Parser:
    """Return the parser of all commands, which knows the options of the command that is `named`."""
    parser = Parser(prog="tanya-csto", description=say("about"))
    for name, command in parser.add_commands(COMMANDS).items():
        if name in named:
            module = import_module(f"{__name__}.{name}")
            module.define(command)
            command.set_defaults(run=module.run)
    return parser
