"""`tanya-csto mcp`: let an assistant ask and quote, over the Model Context Protocol."""

from __future__ import annotations

import argparse
import signal
import sys

from tanya_csto.cli.parser import Parser
from tanya_csto.cli.settings import engine_of, settings_of
from tanya_csto.errors import SettingsError
from tanya_csto.messages import say


def define(parser: Parser) -> None:
    """Tell what the command takes."""
    parser.options.add_argument("--port", help="porta untuk didengarkan, 0: porta bebas mana saja")
    parser.options.add_argument("--host", help="alamat untuk didengarkan (bawaan: 127.0.0.1)")
    parser.add_corpus()


def run(options: argparse.Namespace) -> None:
    """Serve until the assistant leaves, or over HTTP until a signal ends it."""
    try:
        from tanya_csto.service.mcp import PATH, http_app, mcp_server
        from tanya_csto.service.server.listener import run as serve
    except ImportError as error:
        raise SettingsError("mcp-not-installed") from error
    server = mcp_server(engine_of(options))
    if options.port is None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # else it is heeded after the next line of the input only
        server.run()
    else:
        settings = settings_of(options, "host", "port", "corpus")
        serve(http_app(server, settings), settings, lambda address: _announce(address + PATH))


def _announce(address: str) -> None:
    print(say("serving-mcp", address=address), file=sys.stderr, flush=True)
