"""The workers: several processes at one port, which agree because one parent reads for all of them."""

from __future__ import annotations

import logging
import os
import pickle
import signal
import socket
import sys
import time
from collections.abc import Callable
from functools import partial
from multiprocessing import parent_process
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Final

from fastapi import FastAPI
from uvicorn.supervisors.multiprocess import Multiprocess, Process

from tanya_csto.corpus.articles import Corpus, load_corpus
from tanya_csto.errors import RankingError
from tanya_csto.service.feedback_store import open_store
from tanya_csto.service.middleware.metrics import SHARED
from tanya_csto.service.middleware.rate import Rate
from tanya_csto.service.server.listener import address_of, configured, listen
from tanya_csto.service.server.logs import start_logging
from tanya_csto.service.server.process import application, hangups, read_again
from tanya_csto.service.server.watch import watch
from tanya_csto.service.settings import Settings

_START: Final = 60  # seconds that a worker may take until it can answer
_PAUSE: Final = 0.5  # seconds between two signs to a worker that does not hear them yet
_log: Final = logging.getLogger(__name__)


def serve_together(settings: Settings, announce: Callable[[str], None]) -> int:
    """Serve from `settings.workers` processes, and return the exit code.

    Raises:
        CorpusError, SettingsError: the service cannot start.
    """
    start_logging(settings.log_level)
    with TemporaryDirectory(prefix="tanya-csto-") as name, listen(settings) as listener:
        pool = WorkerPool(settings, listener, Path(name), announce)
        if settings.watch:
            watch(settings.corpus, lambda: pool.signal_queue.append(signal.SIGHUP))
        pool.share(load_corpus(settings.corpus))
        open_store(settings)  # refused here, once, where it cannot be used
        pool.run()
        return pool.exit_code


class WorkerPool(Multiprocess):
    """uvicorn's supervisor of worker processes, with a reload that keeps them all, and a bound on the stop.

    What the workers share lies in `folder`: the corpus, the rate of each client, the counters.
    """

    def __init__(
        self, settings: Settings, listener: socket.socket, folder: Path, announce: Callable[[str], None]
    ) -> None:
        self._settings, self._listener, self._folder, self._announce = settings, listener, folder, announce
        self.exit_code = 0
        os.environ[SHARED] = str(folder)
        Rate.create_table(folder / "rate")
        factory = partial(_application, settings, folder)
        super().__init__(configured(factory, settings, factory=True, workers=settings.workers), [listener])

    def share(self, corpus: Corpus) -> None:
        """Let the workers that start from now on answer from `corpus`."""
        new = self._folder / "new"
        new.write_bytes(pickle.dumps(corpus))
        new.replace(self._folder / "corpus")  # at once: nobody reads half of it

    def init_processes(self) -> None:
        """Start all, and tell where they are found once each can answer; else stop."""
        super().init_processes()
        if all(process.wait_until_ready(_START) for process in self.processes):
            self._announce(address_of(self._listener))
        else:  # one that died has said why; one that is slow had a corpus to index
            _log.error("start failed", extra={"facts": {"seconds": _START, "hint": "tanya-csto index"}})
            self.exit_code = 1
            self.should_exit.set()

    def handle_signals(self) -> None:
        """Handle each signal once, however often it came."""
        for number in set(self.signal_queue):
            while self.signal_queue.count(number) > 1:
                self.signal_queue.remove(number)
        super().handle_signals()

    def handle_hup(self) -> None:
        """Read the corpus anew and hand it to all; a broken one is refused, and logged."""
        if (corpus := read_again(self._settings.corpus)) is not None:
            self.share(corpus)
            for process in self.processes:
                if process.pid and process.exitcode is None:
                    os.kill(process.pid, signal.SIGHUP)

    def handle_int(self) -> None:
        """Stop, as for SIGTERM, with the exit code of an interrupt."""
        self.exit_code = 130
        super().handle_int()

    def keep_subprocess_alive(self) -> None:
        """Put a new worker in the place of each that has died, and wait for none: uvicorn waits for each to answer."""
        for place, process in enumerate(self.processes):
            if process.exitcode is not None and not self.should_exit.is_set():
                _log.error("worker died", extra={"facts": {"exit": process.exitcode}})
                self.processes[place] = Process(self.config, self.sockets)
                self.processes[place].start()

    def terminate_all(self) -> None:
        """Let all finish what they are at; nobody new is let in."""
        self._listener.close()
        super().terminate_all()

    def join_all(self) -> None:
        """Wait for all, within the bound of the settings."""
        deadline = time.monotonic() + self._settings.shutdown_timeout + 5
        for process in self.processes:
            process.process.join(max(0.0, deadline - time.monotonic()))
            if process.exitcode is None:
                process.process.kill()
                process.process.join()


def _application(settings: Settings, folder: Path) -> FastAPI:
    """Return the application of a worker, which follows the corpus in `folder` and ends with its parent."""
    wanted = hangups()
    start_logging(settings.log_level)
    Thread(target=_end_with_parent, name="parent", daemon=True).start()
    try:
        return application(settings, _read(folder), wanted, partial(_read, folder), folder / "rate")
    except RankingError as error:
        _log.error("worker cannot start", extra={"facts": {"reason": str(error)}})
        sys.exit(1)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        while True:  # a signal that the server does not listen for yet is lost
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(_PAUSE)


def _read(folder: Path) -> Corpus:
    read: Corpus = pickle.loads((folder / "corpus").read_bytes())  # noqa: S301 - our parent wrote it, in a folder of its own
    return read
