"""Sends what is in the outbox: lanes side by side, each in order, until every parcel is ticked off or cannot be delivered."""

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable, Sequence
from contextlib import asynccontextmanager, nullcontext, suppress
from functools import partial

from telegram.error import BadRequest, ChatMigrated, EndPointNotFound, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.telegram.bot_client import Call
from bot.telegram.delivery import Delivered, Delivery, Undeliverable, chat_of, rekeyed
from bot.telegram.joining import together
from bot.telegram.pace import Pace, Told, group_of, place_of
from bot.telegram.patience import backoff, patiently, seconds_told
from bot.turn.failpoint import failpoint
from bot.turn.post import TRIES, Outgoing, Post, Shown

log = logging.getLogger(__name__)

SIDE_BY_SIDE = 32
GIVE_UP_AFTER = 24 * 3600.0
EDIT_TRIES = 5
"""A card that could not be edited so often, for whatever reason, is sent anew."""
REMEMBERED = 5_000
LOOK_EVERY = 0.5
"""Seconds of sleep after which who waits looks at the clock again, at the latest: the clock may have been put forward."""


class Sender:
    """The outbox at work. `call` carries out a Bot API method, `clock` gives seconds since 1970, `noted` hears of delivered notes."""

    def __init__(self, post: Post, call: Call, clock: Callable[[], float], fatal: Callable[[Exception], None]) -> None:
        self._post = post
        self._delivery = Delivery(call)
        self._clock = clock
        self._fatal = fatal
        self.noted: Callable[[Outgoing], Awaitable[None]] | None = None
        self._lanes: dict[str, deque[Outgoing]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._shown: dict[str, Shown] = {}
        self._pace = Pace(clock)
        self._told = Told(clock)
        self._slots = asyncio.Semaphore(SIDE_BY_SIDE)
        self._pending = self._resting = 0
        self._room = asyncio.Event()
        self._room.set()
        self._stop = asyncio.Event()

    @property
    def pending(self) -> int:
        """How many parcels wait or are on their way."""
        return self._pending

    @property
    def resting(self) -> bool:
        """True if everything that is to be sent waits for its time."""
        return self._resting == len(self._lanes)

    def put(self, parcels: Iterable[Outgoing]) -> None:
        """Takes stored parcels to send, in this order."""
        for parcel in parcels:
            self._pending += 1
            lane = self._lanes.get(parcel.lane)
            if lane is not None:
                lane.append(parcel)
                continue
            self._lanes[parcel.lane] = deque([parcel])
            task = asyncio.get_running_loop().create_task(self._work(parcel.lane), name=f"send {parcel.lane}")
            self._tasks.add(task)
            task.add_done_callback(self._ended)

    async def take_up(self, page: int = 500) -> None:
        """Takes up what was left in the outbox when the process ended."""
        after = 0
        while rows := await self._post.unsent(after, page):
            self.put(rows)
            after = rows[-1].id

    async def room(self, most: int) -> None:
        """Waits until fewer than `most` parcels are pending."""
        while self._pending >= most:
            self._room.clear()
            await self._room.wait()

    async def stop(self, seconds: float) -> None:
        """Lets what is on its way arrive; the rest stays in the outbox."""
        self._stop.set()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        for task in self._tasks:
            task.cancel()

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (slip := task.exception()) is not None:
            self._fatal(slip if isinstance(slip, Exception) else RuntimeError(type(slip).__name__))

    async def _work(self, lane: str) -> None:
        queue = self._lanes[lane]
        while queue and not self._stop.is_set():
            self._take_out(queue, await self._until_delivered(queue))
        self._take_out(queue, list(queue))
        del self._lanes[lane]

    def _take_out(self, queue: deque[Outgoing], done: Collection[Outgoing]) -> None:
        """They are no longer pending. What was dropped meanwhile is not there any more."""
        ids = {one.id for one in done}
        left = [one for one in queue if one.id not in ids]
        self._pending -= len(queue) - len(left)
        queue.clear()
        queue.extend(left)
        self._room.set()

    async def _until_delivered(self, queue: deque[Outgoing]) -> Sequence[Outgoing]:
        """Tries what is first until it is delivered, or it is certain that it cannot be. The parcels that are done with it."""
        parcel = queue[0]
        tries, not_before = parcel.attempts, parcel.not_before
        while not self._stop.is_set():
            try:
                return await self._try(queue, parcel, not_before)
            except RetryAfter as told:
                not_before = self._told.wait(place_of(parcel), seconds_told(told))
            except ChatMigrated as moved:
                await self._moved(parcel.lane, moved.new_chat_id)
                parcel = parcel._replace(lane=rekeyed(parcel.lane, moved.new_chat_id))
            except Exception as slip:  # noqa: BLE001  # one parcel that goes wrong must not stop the others
                tries += 1
                if self._hopeless(parcel, slip, tries):
                    log.error("a message could not be sent and is given up", extra={"lane": parcel.lane, "why": type(slip).__name__})
                    await self._ticked_off([parcel], Delivered())
                    return [parcel]
                if tries >= EDIT_TRIES and parcel.body.get("do") == "card" and _is_first(queue, parcel):
                    queue[0] = queue[0]._replace(body={**queue[0].body, "fresh": True})
                not_before = self._clock() + backoff(tries)
            await patiently(partial(self._post.put_off, parcel.id, not_before))
        return []

    async def _try(self, queue: deque[Outgoing], parcel: Outgoing, not_before: float) -> Sequence[Outgoing]:
        """Once it has its turn: delivers it, with what else can be said in the same message. Raises what may go better another time."""
        shown, done = await self._what_shows(parcel.lane), [parcel]
        delivered: Delivered | None = Delivered()
        async with self._turn(parcel, not_before):
            if self._stop.is_set() or not _is_first(queue, parcel):
                return []
            if not self._too_late(parcel):
                joined, done = together(queue, self._clock())
                delivered = await self._delivered(joined._replace(lane=parcel.lane), shown)
        if delivered is not None:
            await self._ticked_off([parcel, *done[1:]], delivered)
        return done

    async def _delivered(self, parcel: Outgoing, shown: Shown) -> Delivered | None:
        """What came of it; None if there is nothing to tick off. Raises what may go better another time."""
        try:
            return await self._delivery.deliver(parcel, shown)
        except (Undeliverable, Forbidden) as never:
            await self._nobody_there(parcel, shown, never)
        except InvalidToken as revoked:
            self._fatal(revoked)
        except (BadRequest, EndPointNotFound) as refused:
            log.error(
                "a message was refused and is given up", extra={"lane": parcel.lane, "why": str(refused), "do": parcel.body.get("do")}
            )
            return Delivered()
        return None

    @asynccontextmanager
    async def _turn(self, parcel: Outgoing, not_before: float) -> AsyncIterator[None]:
        """One of the slots, as soon as it may be sent: a group gets no more than so much at a time, whatever lane of it that comes from."""
        group, urgent = group_of(parcel.lane), bool(parcel.body.get("urgent"))
        self._resting += 1
        await self._wait_until(lambda: not_before)
        async with self._pace.turn(group) if group and not urgent else nullcontext():
            while True:
                await self._wait_until(lambda: self._moment(parcel))
                self._resting -= 1
                await self._slots.acquire()
                if self._moment(parcel) <= self._clock() or self._stop.is_set():
                    break
                self._slots.release()
                self._resting += 1
            if group:
                self._pace.took(parcel.lane, urgent)
        try:
            yield
        finally:
            self._slots.release()

    def _moment(self, parcel: Outgoing) -> float:
        """When it may be sent, as things are now."""
        if not (group := group_of(parcel.lane)):
            return self._told.until(place_of(parcel) if parcel.lane.startswith("chat:") else "")
        pace = self._pace.next_urgent(parcel.lane) if parcel.body.get("urgent") else self._pace.next(group)
        return max(pace, self._told.until(place_of(parcel)))

    async def _wait_until(self, moment: Callable[[], float]) -> None:
        while (left := moment() - self._clock()) > 0 and not self._stop.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), min(left, LOOK_EVERY))

    def _hopeless(self, parcel: Outgoing, slip: Exception, tries: int) -> bool:
        """True for what has been tried for a day; a slip that is not Telegram's or the network's is ours, and tried three times."""
        ours = not isinstance(slip, TelegramError) and tries >= TRIES
        return ours or self._clock() - parcel.made_at > GIVE_UP_AFTER or self._too_late(parcel)

    def _too_late(self, parcel: Outgoing) -> bool:
        return self._clock() - parcel.made_at > Delivery.worth_for(parcel)

    async def _what_shows(self, lane: str) -> Shown:
        if not lane.startswith("chat:"):
            return Shown()
        if lane not in self._shown:
            if len(self._shown) >= REMEMBERED:
                self._shown.clear()
            self._shown[lane] = (await patiently(lambda: self._post.load("", lane)))[1]
        return self._shown[lane]

    async def _ticked_off(self, done: Sequence[Outgoing], delivered: Delivered) -> None:
        """The first of them was delivered, and said what the others had to say as well: all of them are done, or none."""
        parcel, also = done[0], [one.id for one in done[1:]]
        if self.noted is not None and delivered.shown is not None and "note" in parcel.body:
            await self.noted(parcel)
        failpoint("sender.before_tick")
        sent = partial(self._post.sent, parcel.id, parcel.lane, delivered.shown, delivered.follow)
        rows = await patiently(lambda: sent(self._clock(), also))
        failpoint("sender.after_tick")
        if delivered.shown is not None:
            self._shown[parcel.lane] = delivered.shown
        self.put(rows)

    async def drop(self, chat: str) -> None:
        """Nobody is there any more: what waits for this chat, or for a topic of it, is dropped."""
        for lane, queue in list(self._lanes.items()):
            if queue and (lane == chat or lane.startswith(f"{chat}:")):
                gone = list(queue)
                self._take_out(queue, gone)
                await self._ticked_off(gone, Delivered())

    async def _nobody_there(self, parcel: Outgoing, shown: Shown, why: TelegramError | Undeliverable) -> None:
        """The person blocked the bot, or the chat is gone: what waits for them is dropped, and nothing is tried again."""
        if not shown.unreachable:
            log.info("nobody can be reached in a chat", extra={"lane": parcel.lane, "why": str(why)})
        self._shown.pop(parcel.lane, None)
        if queue := self._lanes.get(parcel.lane):
            self._take_out(queue, list(queue))
        await patiently(lambda: self._post.unreachable(parcel.lane))

    async def _moved(self, lane: str, new_chat: int) -> None:
        old = f"chat:{chat_of(lane)[0]}"
        log.info("a group has got another id", extra={"lane": lane})
        await patiently(lambda: self._post.move_lane(old, f"chat:{new_chat}"))
        self._shown = {name: shown for name, shown in self._shown.items() if name != old and not name.startswith(f"{old}:")}


def _is_first(queue: deque[Outgoing], parcel: Outgoing) -> bool:
    """True if it still waits; what was dropped meanwhile does not."""
    return bool(queue) and queue[0].id == parcel.id
