"""Places: how many requests are worked on at the same time, in all and of one client."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from weakref import WeakValueDictionary

from tanya_csto.service.problems import ProblemError


class Places:
    """`most` places, of which one client holds at most `each`: its further requests wait their turn, in their order."""

    def __init__(self, *, most: int, each: int) -> None:
        self._free, self._each = most, each
        self._turns: WeakValueDictionary[bytes, asyncio.Semaphore] = WeakValueDictionary()  # while somebody has a place

    async def take(self, client: bytes, seconds: float) -> Callable[[], None]:
        """Return what gives the place back, which may be called again to no effect.

        Raises:
            ProblemError: all places are taken, or the client's own for longer than `seconds`.
        """
        turn = self._turns.get(client)
        if turn is None:
            turn = self._turns[client] = asyncio.Semaphore(self._each)
        try:
            await asyncio.wait_for(turn.acquire(), seconds)
        except TimeoutError:
            raise ProblemError("busy", wait=1) from None
        if not self._free:
            turn.release()
            raise ProblemError("busy", wait=1)
        self._free -= 1
        held = [turn]

        def give_back() -> None:
            if held:
                held.pop().release()
                self._free += 1

        return give_back
