"""The rate: how often one client may ask, in a table of fixed size that all worker processes share."""

from __future__ import annotations

import mmap
import os
import time
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from typing import Final

from tanya_csto.service.middleware.client import Address

_SECRET: Final = 16  # bytes at the start of the table
_SLOTS: Final = 1 << 18
_SIZE: Final = _SECRET + _SLOTS * 8


class Rate:
    """A token bucket for each client: `burst` tokens at most, `per_second` new ones a second.

    It is kept as one number a client, the time at which its bucket is full again (the generic cell rate algorithm), in
    a slot chosen by a keyed hash of the address. So no visitor makes it grow, nothing needs to be swept, and nobody can
    aim at another's slot: two clients share one by chance only, and then share a bucket. IPv6 counts by its /64.

    >>> from ipaddress import ip_address
    >>> rate = Rate(per_second=1, burst=2, clock=lambda: 100.0)
    >>> [rate.wait(ip_address("192.0.2.1")) for _ in range(3)]
    [0.0, 0.0, 1.0]
    """

    def __init__(
        self, per_second: float, burst: int, table: Path | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._interval = 1 / per_second if per_second else 0.0
        self._room = burst * self._interval
        self._clock = clock
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

    def wait(self, client: Address | None) -> float:
        """Take one token of `client`: 0.0 where there was one, else the seconds until there is."""
        if not self._interval:
            return 0.0
        now, slot = self._clock(), self._slot(client)
        full_at = max(now, self._full_at[slot]) + self._interval
        if full_at - now > self._room + 1e-9:
            return full_at - now - self._room
        self._full_at[slot] = full_at
        return 0.0

    def _slot(self, client: Address | None) -> int:
        packed = client.packed if client is not None else b""
        digest = blake2b(packed[:8] if len(packed) == 16 else packed, key=self._secret, digest_size=8).digest()
        return int.from_bytes(digest, "big") % _SLOTS
