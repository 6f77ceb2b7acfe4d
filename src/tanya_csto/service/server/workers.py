"""The workers: several processes at one port, which agree because one parent reads for all of them."""

from __future__ import annotations

import logging
import os
import pickle
import signal
import socket
import time
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory
from typing import Final

from tanya_csto.corpus.articles import Corpus, load_corpus
from tanya_csto.errors import RankingError
from tanya_csto.models.networks import networks_for
from tanya_csto.service.app import create_app
from tanya_csto.service.feedback import open_store
from tanya_csto.service.middleware.metrics import SHARED
from tanya_csto.service.middleware.rate import Rate
from tanya_csto.service.server.logs import start_logging
from tanya_csto.service.server.process import address_of, build, listen, read_again, work
from tanya_csto.service.server.watch import watch
from tanya_csto.service.settings import Settings

_START: Final = 60.0  # seconds that a worker may take until it can answer
_PAUSE: Final = 0.5  # seconds between two reloads, and before a dead worker is replaced
_SPAWN: Final = get_context("spawn")  # nothing is inherited but what is handed over: no thread, no lock
_log: Final = logging.getLogger(__name__)


def serve_together(settings: Settings, announce: Callable[[str], None]) -> int:
    """Serve from `settings.workers` processes, and return the exit code.

    Raises:
        CorpusError, SettingsError: the service cannot start.
    """
    events: SimpleQueue[int] = SimpleQueue()
    for watched in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT, signal.SIGCHLD):
        signal.signal(watched, lambda number, _: events.put(number))
    start_logging(settings.log_level)
    if settings.watch:
        watch(settings.corpus, lambda: events.put(signal.SIGHUP))
    corpus = load_corpus(settings.corpus)
    open_store(settings)  # refused here, once, where it cannot be used
    with listen(settings) as listener, TemporaryDirectory(prefix="tanya-csto-") as name:
        pool = WorkerPool(settings, listener, Path(name), corpus)
        try:
            if not pool.start():
                return 1
            announce(address_of(listener))
            while True:
                number = events.get()
                if number == signal.SIGHUP:
                    _drop(events, signal.SIGHUP)
                    pool.reload()
                elif number == signal.SIGCHLD:
                    pool.replace_dead()
                else:
                    return 0 if number == signal.SIGTERM else 130
        finally:
            pool.stop()


def _drop(events: SimpleQueue[int], number: int) -> None:
    """Take all `number` out of the queue, and keep the rest in its order."""
    time.sleep(_PAUSE)
    waiting = [events.get() for _ in range(events.qsize())]
    for each in waiting:
        if each != number:
            events.put(each)


class WorkerPool:
    """The worker processes. What they share lies in `folder`: the corpus, the rate of each client, the counters."""

    def __init__(self, settings: Settings, listener: socket.socket, folder: Path, corpus: Corpus) -> None:
        self._settings, self._listener = settings, listener
        self._corpus, self._table = folder / "corpus", Rate.create_table(folder / "rate")
        os.environ[SHARED] = str(folder)
        self._share(corpus)
        self._workers: list[_Worker] = []

    def start(self) -> bool:
        """Start all, and tell whether each can answer."""
        self._workers = [self._hire() for _ in range(self._settings.workers)]
        ready = all(worker.is_ready(_START) for worker in self._workers)
        if not ready:  # one that died has said why; one that is slow had a corpus to index
            _log.error("start failed", extra={"facts": {"seconds": _START, "hint": "tanya-csto index"}})
        return ready

    def reload(self) -> None:
        """Read the corpus anew and hand it to all; a broken one is refused, and logged."""
        if (corpus := read_again(self._settings.corpus)) is not None:
            self._share(corpus)
            for worker in self._workers:
                worker.tell()

    def replace_dead(self) -> None:
        """Put a new worker in the place of each that has died."""
        for place, worker in enumerate(self._workers):
            if worker.process.exitcode is not None:
                _log.error("worker died", extra={"facts": {"exit": worker.process.exitcode}})
                if not worker.is_ready(0):
                    time.sleep(_PAUSE)  # it never started: do not spin
                self._workers[place] = self._hire()

    def stop(self) -> None:
        """Let all finish what they are at, within the bound of the settings; nobody new is let in."""
        self._listener.close()
        for worker in self._workers:
            worker.process.terminate()
        deadline = time.monotonic() + self._settings.shutdown_timeout + 5
        for worker in self._workers:
            worker.process.join(max(0.0, deadline - time.monotonic()))
            if worker.process.exitcode is None:
                worker.process.kill()
                worker.process.join()

    def _hire(self) -> _Worker:
        return _Worker(self._settings, self._listener, self._corpus, self._table)

    def _share(self, corpus: Corpus) -> None:
        new = self._corpus.with_suffix(".new")
        new.write_bytes(pickle.dumps(corpus))
        new.replace(self._corpus)  # at once: nobody reads half of it


class _Worker:
    """One worker process, and the pipe to it."""

    def __init__(self, settings: Settings, listener: socket.socket, corpus: Path, table: Path) -> None:
        self._pipe, theirs = _SPAWN.Pipe()
        self._ready = False
        self.process = _SPAWN.Process(target=_work, args=(settings, listener, corpus, table, theirs))
        self.process.start()
        theirs.close()  # so that the pipe ends with the process

    def is_ready(self, seconds: float) -> bool:
        """Tell whether the worker says within `seconds` that it can answer."""
        try:
            self._ready = self._ready or (self._pipe.poll(seconds) and bool(self._pipe.recv_bytes()))
        except (EOFError, OSError):
            return False
        return self._ready

    def tell(self) -> None:
        """Tell the worker that there is a new corpus."""
        try:
            self._pipe.send_bytes(b"corpus")
        except OSError:
            return  # it has died, and its successor reads the new one


def _work(settings: Settings, listener: socket.socket, corpus: Path, table: Path, pipe: Connection) -> None:
    """Be a worker, until a signal or the end of the parent."""
    for number in (signal.SIGINT, signal.SIGHUP):  # they reach the whole group, and are the parent's business
        signal.signal(number, signal.SIG_IGN)
    start_logging(settings.log_level)
    try:
        tanya = build(_read(corpus), networks_for(settings.mode), settings.index)
    except RankingError as error:
        _log.error("worker cannot start", extra={"facts": {"reason": str(error)}})
        return
    app = create_app(tanya, open_store(settings), settings=settings, table=table)
    pipe.send_bytes(b"ready")
    work(settings, app, listener, _told(corpus, pipe))


def _told(corpus: Path, pipe: Connection) -> Iterator[Corpus]:
    while True:
        try:
            pipe.recv_bytes()
        except (EOFError, OSError):
            while True:  # the parent is gone; a signal that the server does not listen for yet is lost
                os.kill(os.getpid(), signal.SIGTERM)
                time.sleep(_PAUSE)
        yield _read(corpus)


def _read(corpus: Path) -> Corpus:
    read: Corpus = pickle.loads(corpus.read_bytes())  # noqa: S301 - our parent wrote it, in a folder of its own
    return read
