"""A stage for tests: the real bot over real HTTP against the sandbox, with a clock that only moves when it is told to."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from bot.sandbox.accounts import BotAccount
from bot.sandbox.faults import Fault
from bot.sandbox.person import Person
from bot.sandbox.server import serving
from bot.sandbox.world import World
from bot.storage.sqlite import SqliteStore
from bot.telegram.bot_client import make_bot
from bot.telegram.service import Service
from bot.turn.mind import Mind

START = 1_790_000_000.0
"""When the plays begin, in seconds since 1970."""


@dataclass(slots=True)
class Stage:
    """One world, one bot, one database file; the bot can be stopped and started again."""

    mind: Mind
    folder: Path
    world: World
    url: str
    account: BotAccount
    coordinators: frozenset[int] = frozenset()
    service: Service | None = None
    store: SqliteStore | None = None
    ids: Callable[[], str] = field(default_factory=lambda: map(str, count(1)).__next__)
    _task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Starts the bot, and waits until it fetches updates."""
        self.store = SqliteStore(self.folder / "bot.db", durable=False)
        bot = make_bot(self.account.token, self.url)
        self.service = Service(bot, self.store, self.mind, self.coordinators, clock=self.world.clock, new_id=self.ids, poll_seconds=2)
        self._task = asyncio.create_task(self.service.work())
        started = asyncio.create_task(self.service.started())
        await asyncio.wait([self._task, started], return_when=asyncio.FIRST_COMPLETED)
        if not started.done():
            started.cancel()
            await self._task

    async def stop(self) -> None:
        """Stops the bot as SIGTERM does."""
        assert self.service is not None
        assert self.store is not None
        assert self._task is not None
        self.service.stop()
        try:
            await self._task
        finally:
            await self.store.close()
            self.service = self.store = self._task = None

    async def settled(self, seconds: float = 60.0) -> None:
        """Waits until everything that people did has been answered and ticked off."""
        service = self.service
        assert service is not None
        async with asyncio.timeout(seconds):
            while True:
                await self.world.settling.until_settled(timeout=seconds)
                if service.idle:
                    return
                await asyncio.sleep(0.001)

    def person(self, name: str = "Ann") -> Person:
        return self.world.person(name)


@asynccontextmanager
async def stage(mind: Mind, folder: Path, coordinators: frozenset[int] = frozenset(), faults: Sequence[Fault] = ()) -> AsyncIterator[Stage]:
    """A stage with the bot started; `faults` wait for it."""
    world = World()
    world.faults.add(*faults)
    account = world.bot("Helper", username="helper_bot")
    async with serving(world) as url:
        made = Stage(mind, folder, world, url, account, coordinators)
        await made.start()
        try:
            yield made
        finally:
            if made.service is not None:
                await made.stop()
