"""The bot at work: intake, inbox, outbox and sender, from the first getMe to the last reply after SIGTERM."""

import asyncio
import logging
import signal
import time
import uuid
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from telegram.error import EndPointNotFound, InvalidToken, RetryAfter, TelegramError

from bot.telegram import menus
from bot.telegram.alarms import Alarms
from bot.telegram.bot_client import QuietBot, call
from bot.telegram.desk import Desk, at_once
from bot.telegram.dispatcher import Dispatcher
from bot.telegram.intake import POLL_SECONDS, Intake
from bot.telegram.patience import backoff, patiently, seconds_told
from bot.telegram.rights import is_admin
from bot.telegram.sender import Sender
from bot.telegram.sight import Sight
from bot.telegram.turner import Turner
from bot.turn.mind import Mind
from bot.turn.post import Post
from bot.turn.signals import STOPPING, no_signals, take_no_signals

log = logging.getLogger(__name__)

TURNS_MAY_TAKE = 2.5
SENDS_MAY_TAKE = 1.5
"""Seconds that work in hand has to finish after SIGTERM; together with closing it stays below five."""
AT_ONCE = 0.02
"""Seconds that learning may take before others get their turn."""
CLEAN_UP_EVERY = 6 * 3600.0
MENUS_AGAIN = 600.0
MENU_TRIES = 6
THREADS = 4
"""For what the loop itself has no way to do, such as looking up a name."""
DAY = 24 * 3600.0


class CannotRun(Exception):
    """The bot cannot run like this. The message says what to change, in one line."""


@dataclass(slots=True)
class Service:
    """One bot, one database, one process. `clock` gives seconds since 1970, UTC."""

    bot: QuietBot
    post: Post
    mind: Mind
    coordinators: frozenset[int] = frozenset()
    clock: Callable[[], float] = time.time
    new_id: Callable[[], str] = lambda: uuid.uuid4().hex
    poll_seconds: int = POLL_SECONDS
    take_over: bool = False
    username: str = ""
    sight: Sight = field(default_factory=Sight)
    joining: Callable[[], Awaitable[None]] = at_once
    _stop: asyncio.Event = field(default_factory=asyncio.Event)
    _fatal: Exception | None = None
    _at_work: tuple[Dispatcher, Sender] | None = None
    _started: asyncio.Event = field(default_factory=asyncio.Event)

    def stop(self) -> None:
        """Stops soon: nothing more is fetched, work in hand finishes."""
        self._stop.set()

    async def started(self) -> None:
        """Waits until updates are being fetched."""
        await self._started.wait()

    @property
    def idle(self) -> bool:
        """True if nothing that was fetched waits to be worked off or sent."""
        return self._at_work is not None and self._at_work[0].idle and not self._at_work[1].pending

    async def run(self) -> None:
        """Works until it is told to stop; then the process is to end. Raises CannotRun."""
        loop = asyncio.get_running_loop()
        loop.set_default_executor(ThreadPoolExecutor(THREADS, initializer=take_no_signals))
        for name in STOPPING:
            loop.add_signal_handler(name, self.stop)
        try:
            await self.work()
        finally:
            _deaf(loop)

    async def work(self) -> None:
        """`run` without the signals."""
        try:
            if await self._hello():
                await self._until_stopped()
        finally:
            await self.bot.shutdown()
        if self._fatal is not None:
            raise _in_words(self._fatal) from None

    async def _call(self, method: str, params: dict[str, Any]) -> Any:
        return await call(self.bot, method, params)

    async def _hello(self) -> bool:
        """Learns who we are; waits for Telegram if it cannot be reached. False if we are to stop. Raises CannotRun."""
        tries = 0
        while not self._stop.is_set():
            try:
                me = await self._call("getMe", {})
            except (InvalidToken, EndPointNotFound) as refused:
                raise _in_words(refused) from None
            except RetryAfter as told:
                await self._pause(seconds_told(told))
            except TelegramError as slip:
                tries += 1
                log.warning("Telegram cannot be reached; trying again", extra={"why": str(slip)})
                await self._pause(min(30.0, backoff(tries)))
            else:
                await self._claim(me)
                await self._look_for_webhook()
                return True
        return False

    async def _claim(self, me: Any) -> None:
        known = me if isinstance(me, dict) else {}
        self.username = str(known.get("username", ""))
        self.sight = Sight(self._call, int(known.get("id", 0)), known.get("can_read_all_group_messages") is True)
        if isinstance(known.get("id"), int):
            owner = await patiently(lambda: self.post.claim(known["id"]))
            if owner != known["id"]:
                raise CannotRun("The database belongs to another bot. Set DATABASE_URL to a file of its own for this one.")
        log.info("this is @%s", self.username)

    async def _look_for_webhook(self) -> None:
        """While a webhook is set, nobody can fetch updates. It may be another program's, so it is only removed on request."""
        try:
            if self.take_over:
                await self._call("deleteWebhook", {"drop_pending_updates": False})
            info = await self._call("getWebhookInfo", {})
        except TelegramError as slip:
            log.warning("it is not known whether a webhook is set", extra={"why": str(slip)})
            return
        if isinstance(info, dict) and info.get("url"):
            raise CannotRun(
                "A webhook is set for this bot, so another program may be answering. To fetch updates here: partnership-bot run --take-over"
            )

    async def _pause(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stop.wait(), seconds)
        except TimeoutError:
            return

    def _give_up(self, slip: Exception) -> None:
        self._fatal = self._fatal or slip
        self._stop.set()

    async def _until_stopped(self) -> None:
        sender = Sender(self.post, self._call, self.clock, self._give_up)
        asks = partial(is_admin, self._call)
        desk = Desk(self.mind, self.post, self.username, self.clock, self.new_id, self.coordinators, asks, self.sight, self.joining)
        turner = Turner(desk)
        dispatcher = Dispatcher(self.post, turner, sender, self.clock, self._give_up)
        self._at_work = dispatcher, sender
        alarms = Alarms(self.post, self.clock, turner, dispatcher.wake)
        sender.noted = alarms.delivered
        intake = Intake(self.post, self._call, self.clock, dispatcher.wake, dispatcher.room)
        await sender.take_up()
        jobs = (
            dispatcher.run(),
            intake.run(self.poll_seconds),
            self._keep_clean(),
            self._menus(),
            self._warm_up(),
            alarms.run(),
        )
        tasks = [asyncio.create_task(job) for job in jobs]
        for task in tasks:
            task.add_done_callback(self._ended)
        self._started.set()
        log.info("ready")
        await self._stop.wait()
        log.info("stopping: nothing more is fetched, work in hand finishes")
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
        await dispatcher.stop(TURNS_MAY_TAKE)
        await sender.stop(SENDS_MAY_TAKE)

    def _ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (slip := task.exception()) is not None:
            self._give_up(slip if isinstance(slip, Exception) else RuntimeError(type(slip).__name__))

    async def _menus(self) -> None:
        """Makes the menus. What Telegram does not take now is tried again later."""
        left = list(menus.calls(self.mind.engine.asker.phrase, self.coordinators))
        for _ in range(MENU_TRIES):
            if not (left := await menus.set_menus(self._call, left)):
                return
            await asyncio.sleep(MENUS_AGAIN)

    async def _warm_up(self) -> None:
        """Learns what is needed for typed texts, in pieces between which people are answered."""
        began = time.monotonic()
        for _ in self.mind.warm_up():
            if time.monotonic() - began > AT_ONCE:
                await asyncio.sleep(AT_ONCE / 2)
                began = time.monotonic()

    async def _keep_clean(self) -> None:
        """Erases what has been kept for long enough."""
        while True:
            gone = await patiently(lambda: self.post.purge(self.clock(), self.mind.retention_days * DAY))
            if gone:
                log.info("%d conversations were not used for %d days and are erased", gone, self.mind.retention_days)
            await asyncio.sleep(CLEAN_UP_EVERY)


def _deaf(loop: asyncio.AbstractEventLoop) -> None:
    """The process is about to end. Hosts ask several times: another request would only kill it before it has tidied up.

    While one handler gives way to the next, a signal would do what it does to any program. It is held back from all threads meanwhile:
    the others never take any (`no_signals`).
    """
    with no_signals():
        for name in STOPPING:
            loop.remove_signal_handler(name)
            signal.signal(name, signal.SIG_IGN)


def _in_words(slip: Exception) -> CannotRun:
    if isinstance(slip, InvalidToken | EndPointNotFound):
        return CannotRun("Telegram does not accept the token. Look at TELEGRAM_TOKEN, and at TELEGRAM_API_URL if you set it.")
    log.error("the bot stops because of a slip of ours", exc_info=slip)
    return CannotRun(f"Something went wrong that should not ({type(slip).__name__}). The log says where.")
