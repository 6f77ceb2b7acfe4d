"""One process: it answers, takes a new corpus on SIGHUP without a pause, and stops in order on SIGTERM."""

from __future__ import annotations

import logging
import signal
import time
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Final

from fastapi import FastAPI

from tanya_csto.corpus.articles import Corpus, load_corpus
from tanya_csto.engine import Tanya
from tanya_csto.models.networks import Networks, networks_for
from tanya_csto.retrieval.address import Address
from tanya_csto.service.app import create_app, use
from tanya_csto.service.feedback_store import open_store
from tanya_csto.service.server.listener import run
from tanya_csto.service.server.logs import start_logging
from tanya_csto.service.server.watch import watch
from tanya_csto.service.settings import Settings

_PAUSE: Final = 0.5  # seconds between two reloads, however many are asked for
_log: Final = logging.getLogger(__name__)


def serve_alone(settings: Settings, announce: Callable[[str], None]) -> int:
    """Serve from this process, and return its exit code.

    Raises:
        CorpusError, SettingsError, RankingError: the service cannot start.
    """
    wanted = hangups()
    start_logging(settings.log_level)
    if settings.watch:
        watch(settings.corpus, lambda: wanted.put(None))
    app = application(settings, load_corpus(settings.corpus), wanted, lambda: read_again(settings.corpus))
    run(app, settings, announce)
    return 0


def application(
    settings: Settings,
    corpus: Corpus,
    wanted: SimpleQueue[None],
    read: Callable[[], Corpus | None],
    table: Path | None = None,
) -> FastAPI:
    """Return the application that answers from `corpus`, then from what `read` returns at each hangup in `wanted`."""
    tanya = _build(corpus, networks_for(settings.mode), settings.index)
    app = create_app(tanya, open_store(settings), settings=settings, table=table)
    Thread(target=_follow, args=(app, wanted, read), name="reload", daemon=True).start()
    return app


def _build(corpus: Corpus, networks: Networks | None = None, address: Address | None = None) -> Tanya:
    """Return the engine, warm: what is made at the first question is made before the first visitor."""
    tanya = Tanya(corpus, networks, address)
    for question in corpus.suggestions[:3]:
        tanya.ask(question)
    if networks:
        networks.reader.read("Apa ini?", "Ini contoh.")  # the network itself is loaded when it first reads
        if tanya.finder.compares_texts:
            networks.comparer.same_matter("Apa ini?", "Ini contoh.", "Itu contoh.")
    return tanya


def hangups() -> SimpleQueue[None]:
    """Return the queue that each SIGHUP from now on puts one entry into."""
    queue: SimpleQueue[None] = SimpleQueue()  # its put may be interrupted by another put, as signals do
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, lambda *_: queue.put(None))
    return queue


def read_again(folder: Path | None) -> Corpus | None:
    """Return the corpus as it is now, or None where anything at all is wrong with it; the log says what."""
    try:
        return load_corpus(folder)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with the new one, the old one serves on
        _log.error("reload refused", extra={"facts": {"reason": str(error)}})
        return None


def _follow(app: FastAPI, wanted: SimpleQueue[None], read: Callable[[], Corpus | None]) -> None:
    """Let `app` answer from the corpus that `read` returns, anew at each hangup: once for all that come together."""
    while True:
        wanted.get()
        while not wanted.empty():
            wanted.get()
        if (corpus := read()) is not None:
            try:
                now = app.state.answers.tanya
                use(app, _build(corpus, now.networks, now.address))
                _log.info("reloaded", extra={"facts": {"index": app.state.answers.version}})
            except Exception:  # noqa: BLE001 - whatever is wrong with the new one, the old one serves on
                _log.exception("reload failed")
        time.sleep(_PAUSE)
