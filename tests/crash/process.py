"""The whole bot as one process that can die at once: no thread, no socket, no timer; every run of it goes the same way."""

import asyncio
import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar, cast

from telegram.error import NetworkError

from bot.sandbox.faults import BEFORE, Broken
from bot.sandbox.params import Upload
from bot.sandbox.world import World
from bot.storage.sqlite import SqliteStore
from bot.storage.sqlite_file import open_file
from bot.storage.sqlite_writer import Job, Writer, _settle
from bot.telegram.bot_client import QuietBot
from bot.telegram.failures import failure_answered, result_object
from bot.telegram.service import Service
from bot.turn.mind import Mind
from bot.turn.post import Outgoing, Parcel, Shown

T = TypeVar("T")


class SimulatedCrash(BaseException):
    """The process died here."""


class Life:
    """A process, as long as it lives: the places it passes, and the one where it dies (counted from 1; 0: nowhere)."""

    def __init__(self, dies_at: int = 0) -> None:
        self.dies_at = dies_at
        self.passed: list[str] = []
        self.dead = False
        self.open: dict[str, int] = {}
        """Lane → the parcel that took effect and is not known to be ticked off (0: its number is not known yet)."""

    def passes(self, name: str) -> None:
        """The code passes a place. What still runs after the death ends at the next place too."""
        if not self.dead:
            self.passed.append(name)
            self.dead = len(self.passed) == self.dies_at
        if self.dead:
            raise SimulatedCrash(name)

    async def goes_on(self) -> None:
        """Lets others have a turn. For the dead it never ends."""
        await asyncio.sleep(0)
        if self.dead:
            await asyncio.Event().wait()


class Wire:
    """Calls go straight into the world: the same JSON as over HTTP, the same exceptions, and time for others before and after."""

    def __init__(self, world: World, token: str, life: Life) -> None:
        self._world, self._token, self._life = world, token, life

    async def raw(self, method: str, params: Mapping[str, Any], read: float | None) -> Any:  # noqa: ARG002  # as QuietBot has it
        given = json.loads(json.dumps({name: value for name, value in params.items() if value is not None}))
        files = {
            name: Upload(value["name"], value["content"].encode())
            for name, value in given.items()
            if isinstance(value, dict) and "content" in value
        }
        await self._life.goes_on()
        try:
            status, body = await self._world.call(self._token, method, {k: v for k, v in given.items() if k not in files}, files)
        except Broken as slip:
            if slip.kind not in BEFORE:
                self._took_effect()
            await self._life.goes_on()
            if slip.body is None:
                raise NetworkError(slip.kind.value) from None
            if slip.status == 200:
                return result_object(slip.body, method)["result"]
            raise failure_answered(slip.status, slip.body, method) from None
        if status == 200:
            self._took_effect()
        await self._life.goes_on()
        if status == 200:
            return json.loads(json.dumps(body))["result"]
        raise failure_answered(status, json.dumps(body).encode(), method)

    async def shutdown(self) -> None:
        """Nothing to close."""

    def _took_effect(self) -> None:
        task = asyncio.current_task()
        name = task.get_name() if task else ""
        if name.startswith("send "):
            self._life.open.setdefault(name.removeprefix("send "), 0)


class LoopWriter(Writer):
    """The writer, with the event loop in the place of its thread: what was asked for in one go is one transaction."""

    def __init__(self, database: sqlite3.Connection, life: Life) -> None:
        self._database = database
        self._life = life
        self._wipe_at, self._crashed = None, None
        self._asked: list[Job] = []
        self._closed = False

    async def run(self, work: Callable[[sqlite3.Connection], T], name: str = "", wipes: bool = False) -> T:
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        if not self._asked:
            loop.call_soon(self._serve_asked)
        self._asked.append(Job(work, future, name, wipes))
        return await future

    async def close(self) -> None:
        self.crash()

    def crash(self) -> None:
        if not self._closed and self._database.in_transaction:
            self._database.rollback()
        self._database.close()
        self._closed = True

    def _serve_asked(self) -> None:
        batch, self._asked = self._asked, []
        if self._life.dead:
            return
        try:
            self._do(batch)
        except SimulatedCrash:
            return
        _settle(batch)


class Watched(SqliteStore):
    """A store that notes which parcels are known to be ticked off."""

    def __init__(self, path: Path, life: Life, threaded: bool = False) -> None:
        database = open_file(path, durable=False)
        self._writer = Writer(database) if threaded else LoopWriter(database, life)
        self._life = life

    async def sent(
        self, outgoing: int, lane: str, shown: Shown | None, follow: Parcel | None, now: float, also: Sequence[int] = ()
    ) -> list[Outgoing]:
        if lane in self._life.open:
            self._life.open[lane] = outgoing
        rows = await super().sent(outgoing, lane, shown, follow, now, also)
        self._life.open.pop(lane, None)
        return rows


class Process:
    """One life of the bot. Begins at once."""

    def __init__(
        self,
        world: World,
        token: str,
        mind: Mind,
        path: Path,
        new_id: Callable[[], str],
        dies_at: int,
        *,
        threaded: bool = False,
        coordinators: frozenset[int] = frozenset(),
    ) -> None:
        self.life = Life(dies_at)
        self.store = Watched(path, self.life, threaded)
        wire = cast("QuietBot", Wire(world, token, self.life))
        self.service = Service(wire, self.store, mind, coordinators, clock=world.clock, new_id=new_id, poll_seconds=30)
        self._task = asyncio.create_task(self.service.work())

    async def end(self) -> None:
        """Drops everything at once: no task goes on, nothing more is stored or sent."""
        self.life.dead = True
        me = asyncio.current_task()
        while tasks := asyncio.all_tasks() - {me}:
            for task in tasks:
                task.cancel()
            done, stuck = await asyncio.wait(tasks, timeout=5)
            assert not stuck, f"these do not end when they are cancelled: {stuck}"
            for task in done:
                if not task.cancelled():
                    task.exception()
        self.store.crash()
