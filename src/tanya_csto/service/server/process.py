"""The server: one process that listens, answers, takes a new corpus on SIGHUP and stops in order on SIGTERM."""

from __future__ import annotations

import errno
import logging
import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Final

import uvicorn
from fastapi import FastAPI

from tanya_csto.corpus.articles import Corpus, load_corpus
from tanya_csto.engine import Tanya
from tanya_csto.errors import SettingsError
from tanya_csto.models.networks import Networks, networks_for
from tanya_csto.retrieval.address import Address
from tanya_csto.service.app import create_app, use
from tanya_csto.service.feedback import open_store
from tanya_csto.service.server.logs import start_logging
from tanya_csto.service.server.protocol import protocol
from tanya_csto.service.server.watch import watch
from tanya_csto.service.settings import Settings

BACKLOG: Final = 2048
_LONGEST_HEAD: Final = 81_920  # bytes: a page's address holds the question and ten earlier ones, percent-encoded
_PAUSE: Final = 0.5  # seconds between two reloads, however many are asked for
_REASONS: Final = {
    errno.EADDRINUSE: "sudah dipakai program lain",
    errno.EACCES: "memerlukan izin khusus",
    errno.EADDRNOTAVAIL: "bukan alamat komputer ini",
}
_log: Final = logging.getLogger(__name__)


def listen(settings: Settings) -> socket.socket:
    """Return a socket that listens at the host and port: who connects now is answered once the engine is ready.

    Raises:
        SettingsError: the host is unknown, or the port is taken or forbidden.
    """
    where = {"host": settings.host, "port": settings.port}
    try:
        family, kind, number, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError) as error:
        raise SettingsError("port-taken", **where, reason="alamat tidak dikenal") from error
    listener = socket.socket(family, kind, number)
    if os.name == "posix":
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        reason = _REASONS.get(error.errno or 0, os.strerror(error.errno or 0))
        raise SettingsError("port-taken", **where, reason=reason) from error
    return listener


def address_of(listener: socket.socket) -> str:
    """Return the address at which a browser finds the listener."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def build(corpus: Corpus, networks: Networks | None = None, address: Address | None = None) -> Tanya:
    """Return the engine, warm: what is made at the first question is made before the first visitor."""
    tanya = Tanya(corpus, networks, address)
    for question in corpus.suggestions[:3]:
        tanya.ask(question)
    if networks:
        networks.reader.read("Apa ini?", "Ini contoh.")  # the network itself is loaded when it first reads
    return tanya


def hangups() -> SimpleQueue[None]:
    """Return the queue that each SIGHUP from now on puts one entry into."""
    queue: SimpleQueue[None] = SimpleQueue()  # its put may be interrupted by another put, as signals do
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, lambda *_: queue.put(None))
    return queue


def reloads(folder: Path | None, wanted: SimpleQueue[None]) -> Iterator[Corpus]:
    """Read the corpus anew at each hangup, once for all that come together; a broken one is refused and logged."""
    while True:
        wanted.get()
        while not wanted.empty():
            wanted.get()
        if (corpus := read_again(folder)) is not None:
            yield corpus
        time.sleep(_PAUSE)


def read_again(folder: Path | None) -> Corpus | None:
    """Return the corpus as it is now, or None where anything at all is wrong with it; the log says what."""
    try:
        return load_corpus(folder)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with the new one, the old one serves on
        _log.error("reload refused", extra={"facts": {"reason": str(error)}})
        return None


def work(
    settings: Settings,
    app: FastAPI,
    listener: socket.socket,
    corpora: Iterator[Corpus],
) -> None:
    """Answer at `listener` until a signal ends it; each of `corpora` replaces the one before without a pause."""
    Thread(target=_follow, args=(app, corpora), name="reload", daemon=True).start()
    config = uvicorn.Config(
        app,
        http=protocol(settings.read_timeout, settings.max_connections),
        loop="asyncio",
        ws="none",
        log_config=None,
        access_log=False,  # it would keep the questions
        server_header=False,
        proxy_headers=False,  # client.py decides whom to believe
        backlog=BACKLOG,
        timeout_keep_alive=settings.keep_alive,
        timeout_graceful_shutdown=settings.shutdown_timeout,
        h11_max_incomplete_event_size=_LONGEST_HEAD,
    )
    signal.signal(signal.SIGTERM, lambda *_: None)  # uvicorn raises it again when it has stopped in order
    uvicorn.Server(config).run(sockets=[listener])


def serve_alone(settings: Settings, announce: Callable[[str], None]) -> int:
    """Serve from this process, and return its exit code.

    Raises:
        CorpusError, SettingsError, RankingError: the service cannot start.
    """
    wanted = hangups()
    start_logging(settings.log_level)
    if settings.watch:
        watch(settings.corpus, lambda: wanted.put(None))
    tanya = build(load_corpus(settings.corpus), networks_for(settings.mode), settings.index)
    app = create_app(tanya, open_store(settings), settings=settings)
    with listen(settings) as listener:
        announce(address_of(listener))
        work(settings, app, listener, reloads(settings.corpus, wanted))
    return 0


def _follow(app: FastAPI, corpora: Iterator[Corpus]) -> None:
    for corpus in corpora:
        try:
            now = app.state.answers.tanya
            use(app, build(corpus, now.networks, now.address))
        except Exception:  # noqa: BLE001 - whatever is wrong with the new one, the old one serves on
            _log.exception("reload failed")
        else:
            _log.info("reloaded", extra={"facts": {"index": app.state.answers.version}})
