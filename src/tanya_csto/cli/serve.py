"""`tanya-csto serve`: run the web service."""

from __future__ import annotations

import argparse

from tanya_csto.cli.parser import Parser
from tanya_csto.cli.settings import settings_of
from tanya_csto.messages import say
from tanya_csto.service.server.process import serve_alone
from tanya_csto.service.server.workers import serve_together


def define(parser: Parser) -> None:
    """Tell what the command takes."""
    parser.options.add_argument("--host", help="alamat untuk didengarkan (bawaan: 127.0.0.1)")
    parser.options.add_argument("--port", help="porta untuk didengarkan (bawaan: 8000)")
    parser.add_corpus()
    parser.options.add_argument(
        "--watch", action="store_const", const="1", help="baca ulang artikel bila isi foldernya berubah"
    )
    parser.options.add_argument("--workers", metavar="N", help="banyaknya proses yang menjawab (bawaan: 1)")
    parser.options.add_argument(
        "--feedback", metavar="BERKAS", help="berkas umpan balik, kosong: tidak diterima (bawaan: di folder data Anda)"
    )


def run(options: argparse.Namespace) -> int:
    """Serve until a signal ends it."""
    settings = settings_of(options, "host", "port", "corpus", "feedback", "watch", "workers")
    serve = serve_alone if settings.workers == 1 else serve_together
    return serve(settings, lambda address: print(say("serving", address=address), flush=True))
