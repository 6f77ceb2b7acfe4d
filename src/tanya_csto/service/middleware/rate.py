"""The rate: how often one client may ask, in a table of fixed size that all worker processes share."""

from __future__ import annotations

import mmap
import os
import time
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from typing import Final

_SECRET: Final = 16  # bytes at the start of the table
_SLOTS: Final = 1 << 18
_SIZE: Final = _SECRET + _SLOTS * 8


class Rate:
    """A token bucket for each client: `burst` tokens at most, `per_second` new ones a second.

    It is kept as one number a client, the time at which its bucket is full again (the generic cell rate algorithm), in
    a slot chosen by a keyed hash of the address. So no visitor makes it grow, nothing needs to be swept, and nobody can
    aim at another's slot: two clients share one by chance only, and then share a bucket. Rates of another `kind` have
    buckets of their own in the same table.

    >>> rate = Rate(per_second=1, burst=2, clock=lambda: 100.0)
    >>> [rate.wait(b"client") for _ in range(3)]
    [0.0, 0.0, 1.0]
    """

    def __init__(
        self,
        per_second: float,
        burst: int,
        table: Path | None = None,
        *,
        kind: bytes = b"",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._interval = 1 / per_second if per_second else 0.0
        self._room = burst * self._interval
        self._kind, self._clock = kind, clock
        if table is None:
            memory = mmap.mmap(-1, _SIZE)
            memory[:_SECRET] = os.urandom(_SECRET)
        else:
            with table.open("r+b") as file:
                memory = mmap.mmap(file.fileno(), _SIZE)
        self._secret = memory[:_SECRET]
        self._full_at = memoryview(memory)[_SECRET:].cast("d")

    @staticmethod
    def create_table(path: Path) -> Path:
        """Make the file through which processes share one table."""
        with path.open("xb") as file:
            file.write(os.urandom(_SECRET))
            file.truncate(_SIZE)
        return path

    def wait(self, client: bytes) -> float:
        """Take one token of `client`: 0.0 where there was one, else the seconds until there is."""
        if not self._interval:
            return 0.0
        now, slot = self._clock(), self._slot(client)
        full_at = max(now, self._full_at[slot]) + self._interval
        if full_at - now > self._room + 1e-9:
            return full_at - now - self._room
        self._full_at[slot] = full_at
        return 0.0

    def charge(self, client: bytes, tokens: int) -> None:
        """Take tokens for what was done already, also those that `client` has not got yet."""
        if tokens > 0:
            slot = self._slot(client)
            self._full_at[slot] = max(self._clock(), self._full_at[slot]) + tokens * self._interval

    def _slot(self, client: bytes) -> int:
        digest = blake2b(client, key=self._secret, person=self._kind, digest_size=8).digest()
        return int.from_bytes(digest, "big") % _SLOTS
