"""The one thread that works on the file. It takes all jobs that wait, does them in one transaction, and answers after its COMMIT.

So a hundred turns side by side cost one wait for the disk, and nobody is told "stored" before it is. A job that fails
takes nothing of the others with it. A job may be done again after a rollback: it looks at nothing but the database.
"""

import asyncio
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from bot.storage.sqlite_file import patiently, wipe
from bot.turn.failpoint import failpoint
from bot.turn.post import Unavailable
from bot.turn.signals import no_signals

T = TypeVar("T")

MOST_AT_ONCE = 256
"""So many jobs share a transaction at most, so that the first of them does not wait for ever."""

BUSY_TRIES = 3
"""So often is a database that another process holds asked for again; each time SQLite itself waits `BUSY_SECONDS`."""

WIPE_AGAIN_SECONDS = 5.0
"""After this a wipe that could not be done is tried again, and then after twice as long, and so on."""


class Job:
    """Work for the thread. `name` is "" for one that only reads; `wipes` for one after which erased bytes are to be gone."""

    __slots__ = ("error", "future", "name", "result", "wipes", "work")

    def __init__(self, work: Callable[[sqlite3.Connection], Any], future: asyncio.Future[Any], name: str, wipes: bool) -> None:
        self.work = work
        self.future = future
        self.name = name
        self.wipes = wipes
        self.result: Any = None
        self.error: BaseException | None = None


class Writer:
    """Jobs go in from any event loop; their answers come back to it, all of a transaction at once."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """From now on the connection belongs to the thread."""
        self._database = database
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._gate = threading.Lock()
        self._end: BaseException | None = None  # why no more jobs are taken
        self._crashed: BaseException | None = None
        self._wipe_at: float | None = None
        self._wipe_wait = WIPE_AGAIN_SECONDS
        self._thread = threading.Thread(target=self._serve, name="sqlite", daemon=True)
        with no_signals():  # a thread that is begun meanwhile takes none either
            self._thread.start()

    async def run(self, work: Callable[[sqlite3.Connection], T], name: str = "", wipes: bool = False) -> T:
        """The result of the work, once it is committed. Raises Unavailable if the database cannot do it now."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        with self._gate:
            if self._end is not None:
                raise self._end
            self._jobs.put(Job(work, future, name, wipes))
        return await future

    async def close(self) -> None:
        """Does what waits, then closes the file and ends the thread."""
        if self._refuse(Unavailable("the store is closed")):
            self._jobs.put(None)
        await asyncio.get_running_loop().run_in_executor(None, self._thread.join)

    def crash(self) -> None:
        """Ends at once, as if the process died: what is not committed never happened."""
        self._crashed = Unavailable("the store has crashed")
        self._refuse(self._crashed)
        self._jobs.put(None)
        self._thread.join()

    def _refuse(self, why: BaseException) -> bool:
        with self._gate:
            first = self._end is None
            if first:
                self._end = why
        return first

    def _serve(self) -> None:
        going = True
        try:
            while going:
                batch, going = self._take()
                try:
                    self._do(batch)
                finally:
                    _answer(batch)
        except BaseException as death:  # noqa: BLE001 - a simulated crash, or a bug: either way nothing more is written
            self._die(death)
        if self._database.in_transaction:
            self._database.rollback()
        self._database.close()

    def _die(self, death: BaseException) -> None:
        with self._gate:
            self._end = self._end or death
        left: list[Job] = []
        while not self._jobs.empty():
            if (job := self._jobs.get()) is not None:
                job.error = death
                left.append(job)
        _answer(left)

    def _take(self) -> tuple[list[Job], bool]:
        """All that waits, up to `MOST_AT_ONCE`, and whether more may come. Waits if nothing does."""
        batch: list[Job] = []
        try:
            one = self._jobs.get(timeout=None if self._wipe_at is None else self._wipe_wait)
            while one is not None:
                batch.append(one)
                if len(batch) == MOST_AT_ONCE:
                    break
                one = self._jobs.get_nowait()
        except Empty:
            return batch, True
        return batch, one is not None

    def _do(self, batch: list[Job]) -> None:
        """Every job has its result or its error afterwards. Raises what means the death of the store, and gives it to all of them."""
        try:
            self._transaction(batch)
            self._wipe(batch)
        except BaseException as death:
            for job in batch:
                job.error = death
            raise

    def _transaction(self, batch: list[Job]) -> None:
        if self._crashed is not None:
            raise self._crashed
        writes = [job for job in batch if job.name]
        try:
            # Nearly always no job fails, and none needs a savepoint; if one does, all begin again, each in its own.
            if self._together(batch, writes, guarded=False):
                return
            self._together(batch, writes, guarded=True)
        except sqlite3.Error as slip:
            self._give_up()
            for job in writes:
                job.error = _told(slip)
            for job in batch:
                if not job.name:
                    self._attempt(job)

    def _together(self, batch: list[Job], writes: Sequence[Job], guarded: bool) -> bool:
        """One transaction for all. False, with everything rolled back, if a job failed that stood unguarded beside others."""
        if writes:
            patiently(self._database, "BEGIN IMMEDIATE", BUSY_TRIES)
        for job in batch:
            if guarded and job.name:
                self._guarded(job)
            elif not self._attempt(job) and job.name:
                self._give_up()
                return len(batch) == 1
        if writes:
            done = [job for job in writes if job.error is None]
            for job in done:
                failpoint(f"{job.name}.before_commit")
            patiently(self._database, "COMMIT", BUSY_TRIES)
            for job in done:
                failpoint(f"{job.name}.after_commit")
        return True

    def _attempt(self, job: Job) -> bool:
        try:
            job.result, job.error = job.work(self._database), None
        except Exception as slip:  # noqa: BLE001 - whoever asked for the work is told
            job.error = _told(slip)
        return job.error is None

    def _guarded(self, job: Job) -> None:
        self._database.execute("SAVEPOINT job")
        if not self._attempt(job):
            if not self._database.in_transaction:  # SQLite gave the whole transaction up: nothing of anybody is stored
                raise sqlite3.OperationalError(str(job.error))
            self._database.execute("ROLLBACK TO job")
        self._database.execute("RELEASE job")

    def _give_up(self) -> None:
        if self._database.in_transaction:
            self._database.execute("ROLLBACK")

    def _wipe(self, batch: list[Job]) -> None:
        asked = any(job.wipes and job.error is None for job in batch)
        if asked or (self._wipe_at is not None and time.monotonic() >= self._wipe_at):
            done = wipe(self._database)
            self._wipe_wait = WIPE_AGAIN_SECONDS if done or asked else min(self._wipe_wait * 2, 3600.0)
            self._wipe_at = None if done else time.monotonic() + self._wipe_wait


def _told(slip: Exception) -> Exception:
    """The error as the port names it: a database that cannot do it now is Unavailable."""
    if isinstance(slip, sqlite3.OperationalError) or type(slip) is sqlite3.DatabaseError:
        told = Unavailable(f"the database cannot do this now: {slip}")
        told.__cause__ = slip
        return told
    return slip


def _answer(batch: Sequence[Job]) -> None:
    """Wakes each event loop once, for all of its jobs."""
    for loop in {job.future.get_loop() for job in batch}:
        mine = [job for job in batch if job.future.get_loop() is loop]
        try:
            loop.call_soon_threadsafe(_settle, mine)
        except RuntimeError:  # the loop is closed: nobody waits any more
            continue


def _settle(jobs: Sequence[Job]) -> None:
    for job in jobs:
        if job.future.done():
            continue
        if job.error is not None:
            job.future.set_exception(job.error)
        else:
            job.future.set_result(job.result)
