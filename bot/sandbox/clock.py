"""The time of a world: a frozen clock for tests, or the real one; either can be moved forward."""

import asyncio
import time
from collections.abc import Callable

NOON = 1_800_000_000.0
"""Where a frozen clock starts: some second in January 2027."""


class Clock:
    """Seconds since 1970, as a callable. Frozen unless it is given a `source`; `advance` moves both kinds forward.

    On a frozen clock no time passes by itself: a long poll with nothing to report waits until an update comes or
    somebody advances the clock.
    """

    def __init__(self, start: float = NOON, source: Callable[[], float] | None = None) -> None:
        self._ahead = 0.0 if source else start
        self._source = source
        self._sleeping: set[asyncio.Future[None]] = set()

    @classmethod
    def real(cls) -> "Clock":
        """The clock on the wall."""
        return cls(source=time.time)

    def __call__(self) -> float:
        return self._ahead + (self._source() if self._source else 0.0)

    def advance(self, seconds: float) -> None:
        """Lets time pass at once. Everything that was waiting for it wakes."""
        self._ahead += seconds
        for future in self._sleeping:
            if not future.done():
                future.set_result(None)

    async def sleep(self, seconds: float) -> None:
        """Waits until this clock, not the wall's, is `seconds` further."""
        await self.sleep_until(self() + seconds)

    async def sleep_until(self, when: float) -> None:
        """Waits until this clock shows a certain time."""
        while (left := when - self()) > 0:
            woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._sleeping.add(woken)
            try:
                await asyncio.wait((woken,), timeout=left if self._source else None)
            finally:
                self._sleeping.discard(woken)


class Changes:
    """Wakes whoever waits for something to change in the world. Nobody polls."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def touch(self) -> None:
        """Something changed."""
        for future in self._waiting:
            if not future.done():
                future.set_result(None)

    async def until(self, holds: Callable[[], bool]) -> None:
        """Returns as soon as `holds` does; it is asked again after every change."""
        while not holds():
            woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.add(woken)
            try:
                await woken
            finally:
                self._waiting.discard(woken)
