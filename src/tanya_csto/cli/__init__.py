"""The command line: the module of a command is imported only when its command is the one to run."""

from __future__ import annotations

import errno
import io
import logging
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Final

from tanya_csto.cli.parser import Parser
from tanya_csto.cli.terminal import printable
from tanya_csto.errors import TanyaError
from tanya_csto.messages import say

# Each is a module of this package; the last four are functions of the module `articles`.
ARTICLES: Final = ("articles", "add", "update", "remove")
COMMANDS: Final = (*"serve mcp ask eval index questions feedback".split(), *ARTICLES)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that `arguments` name (the process's own where None) and return the exit code.

    Every `TanyaError` becomes one Indonesian line on standard error and exit code 2.
    """
    _open_streams()
    logging.getLogger("tanya_csto").handlers = [_Advice(logging.WARNING)]  # the service puts its log in its place
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        options = _parser(arguments[:1]).parse_args(arguments)
        code = int(options.run(options) or 0)
        sys.stdout.flush()
        return code
    except TanyaError as error:
        print(printable(str(error)), file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader, such as `head`, has seen enough; the last flush must not fail again
        _give_up_output()
        return 141
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        _give_up_output()
        print(say("output-full"), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _open_streams() -> None:
    """Have all that is written be UTF-8, so that a quote is exact anywhere; a stream that was closed holds nothing."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115  as long as the process
        elif name != "stdin" and isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # the name of a file may be no text


def _give_up_output() -> None:
    """Let the last flush, when the process ends, not fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _Advice(logging.Handler):
    """Shows a warning as the sentence that tells a person what to do, where it has one."""

    def emit(self, record: logging.LogRecord) -> None:
        print(getattr(record, "facts", {}).get("advice") or record.getMessage(), file=sys.stderr)


def _parser(named: Sequence[str]) -> Parser:
    """Return the parser of all commands, which knows the options of the command that is `named`."""
    parser = Parser(prog="tanya-csto", description=say("about"))
    for name, command in parser.add_commands(COMMANDS).items():
        if name in named:
            module = import_module(f"{__name__}.{'articles' if name in ARTICLES else name}")
            module.define(command)
            command.set_defaults(run=getattr(module, name if name in ARTICLES else "run", None))
    return parser
