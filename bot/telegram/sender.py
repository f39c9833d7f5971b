"""Sends what is in the outbox: lanes side by side, each in order, until every parcel is ticked off or cannot be delivered."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from functools import partial
from itertools import islice
from typing import Any

from telegram.error import BadRequest, ChatMigrated, EndPointNotFound, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.telegram.delivery import Delivered, Delivery, Undeliverable, chat_of, rekeyed
from bot.telegram.pace import Pace, group_of, together
from bot.telegram.patience import backoff, patiently, seconds_told
from bot.turn.failpoint import failpoint
from bot.turn.post import TRIES, Outgoing, Post, Shown

log = logging.getLogger(__name__)

Call = Callable[[str, dict[str, Any]], Awaitable[Any]]
SIDE_BY_SIDE = 32
GIVE_UP_AFTER = 24 * 3600.0
EDIT_TRIES = 5
"""A card that could not be edited so often, for whatever reason, is sent anew."""
REMEMBERED = 5_000
LOOK_EVERY = 0.5
"""Seconds of sleep after which who waits looks at the clock again, at the latest: the clock may have been put forward."""
ALL_CHATS_WINDOW = 10.0
"""Two chats told to wait within this many seconds: the limit is on the whole bot, so all of them wait."""


class Sender:
    """The outbox at work. `call` carries out a Bot API method; `clock` gives seconds since 1970."""

    def __init__(self, post: Post, call: Call, clock: Callable[[], float], fatal: Callable[[Exception], None]) -> None:
        self._post = post
        self._delivery = Delivery(call)
        self._clock = clock
        self._fatal = fatal
        self._lanes: dict[str, deque[Outgoing]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._shown: dict[str, Shown] = {}
        self._lost: set[str] = set()
        self._pace = Pace(clock)
        self._slots = asyncio.Semaphore(SIDE_BY_SIDE)
        self._told_to_wait: dict[str, float] = {}
        self._all_wait_until = 0.0
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
            done = min(await self._until_delivered(queue), len(queue))
            for _ in range(done):
                queue.popleft()
            self._count(done)
        self._count(len(queue))
        del self._lanes[lane]

    def _count(self, fewer: int) -> None:
        self._pending -= fewer
        self._room.set()

    async def _until_delivered(self, queue: deque[Outgoing]) -> int:
        """Tries what is first until it is delivered, or it is certain that it cannot be. How many parcels are done with it."""
        parcel, done = queue[0], 1
        tries, not_before = parcel.attempts, parcel.not_before
        while not self._stop.is_set():
            await self._until_turn(parcel, max(not_before, self._all_wait_until))
            if self._stop.is_set():
                break
            if self._too_late(parcel):
                await self._ticked_off([parcel], Delivered())
                break
            joined, done = together(queue, self._clock())
            parcel = joined._replace(lane=parcel.lane)
            try:
                await self._deliver([parcel, *islice(queue, 1, done)])
                break
            except RetryAfter as told:
                not_before = self._wait_as_told(parcel.lane, told)
            except ChatMigrated as moved:
                await self._moved(parcel.lane, moved.new_chat_id)
                parcel = parcel._replace(lane=rekeyed(parcel.lane, moved.new_chat_id))
            except Exception as slip:  # noqa: BLE001  # one parcel that goes wrong must not stop the others
                tries += 1
                if self._hopeless(parcel, slip, tries):
                    log.error("a message could not be sent and is given up", extra={"lane": parcel.lane, "why": type(slip).__name__})
                    await self._ticked_off([parcel], Delivered())
                    return 1
                if tries >= EDIT_TRIES and parcel.body.get("do") == "card":
                    queue[0] = queue[0]._replace(body={**queue[0].body, "fresh": True})
                not_before = self._clock() + backoff(tries)
            await self._put_off(parcel, not_before)
        return done

    async def _deliver(self, parcels: list[Outgoing]) -> None:
        """Delivers the first, which says what the others have to say as well. Raises what may go better another time."""
        parcel = parcels[0]
        try:
            async with self._slots:
                delivered = await self._delivery.deliver(parcel, await self._what_shows(parcel.lane))
        except (Undeliverable, Forbidden) as never:
            await self._nobody_there(parcel, never)
            return
        except InvalidToken as revoked:
            self._fatal(revoked)
            return
        except (BadRequest, EndPointNotFound) as refused:
            log.error(
                "a message was refused and is given up", extra={"lane": parcel.lane, "why": str(refused), "do": parcel.body.get("do")}
            )
            delivered = Delivered()
        await self._ticked_off(parcels, delivered)

    async def _until_turn(self, parcel: Outgoing, earliest: float) -> None:
        """Waits until it may be sent: a group gets no more than so much at a time, whatever lane of it that comes from."""
        self._resting += 1
        await self._wait_until(earliest)
        if group := group_of(parcel.lane):
            if not parcel.body.get("urgent"):
                await self._until_paced(group)
            self._pace.took(group)
        self._resting -= 1

    async def _until_paced(self, group: int) -> None:
        async with self._pace.turn(group):
            while self._pace.next(group) > self._clock() and not self._stop.is_set():
                await self._wait_until(self._pace.next(group))

    def _hopeless(self, parcel: Outgoing, slip: Exception, tries: int) -> bool:
        """True for what has been tried for a day; a slip that is not Telegram's or the network's is ours, and tried three times."""
        ours = not isinstance(slip, TelegramError) and tries >= TRIES
        return ours or self._clock() - parcel.made_at > GIVE_UP_AFTER or self._too_late(parcel)

    def _too_late(self, parcel: Outgoing) -> bool:
        return self._clock() - parcel.made_at > Delivery.worth_for(parcel)

    async def _wait_until(self, moment: float) -> None:
        while (left := moment - self._clock()) > 0 and not self._stop.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), min(left, LOOK_EVERY))

    def _wait_as_told(self, lane: str, told: RetryAfter) -> float:
        """Exactly as long as Telegram says: this chat only, or every chat if others have been told the same just now."""
        now = self._clock()
        seconds = seconds_told(told)
        self._told_to_wait = {other: at for other, at in self._told_to_wait.items() if now - at < ALL_CHATS_WINDOW}
        self._told_to_wait[lane] = now
        if len(self._told_to_wait) > 1:
            self._all_wait_until = max(self._all_wait_until, now + seconds)
        return now + seconds

    async def _what_shows(self, lane: str) -> Shown:
        if not lane.startswith("chat:"):
            return Shown()
        if lane not in self._shown:
            if len(self._shown) >= REMEMBERED:
                self._shown.clear()
            self._shown[lane] = (await patiently(lambda: self._post.load("", lane)))[1]
        return self._shown[lane]

    async def _ticked_off(self, done: list[Outgoing], delivered: Delivered) -> None:
        """The first of them was delivered, and said what the others had to say as well."""
        parcel = done[0]
        for other in done[1:]:
            await patiently(partial(self._post.sent, other.id, parcel.lane, None, None, self._clock()))
        failpoint("sender.before_tick")
        rows = await patiently(lambda: self._post.sent(parcel.id, parcel.lane, delivered.shown, delivered.follow, self._clock()))
        failpoint("sender.after_tick")
        if delivered.shown is not None:
            self._shown[parcel.lane] = delivered.shown
            self._lost.discard(parcel.lane)
        self.put(rows)

    async def _put_off(self, parcel: Outgoing, not_before: float) -> None:
        await patiently(lambda: self._post.put_off(parcel.id, not_before))

    async def _nobody_there(self, parcel: Outgoing, why: TelegramError | Undeliverable) -> None:
        """The person blocked the bot, or the chat is gone: what waits for them is dropped, and nothing is tried again."""
        if parcel.lane not in self._lost:
            log.info("nobody can be reached in a chat", extra={"lane": parcel.lane, "why": str(why)})
            self._lost.add(parcel.lane)
        await patiently(lambda: self._post.unreachable(parcel.lane))
        self._shown.pop(parcel.lane, None)
        queue = self._lanes.get(parcel.lane)
        if queue:
            self._count(len(queue))
            queue.clear()

    async def _moved(self, lane: str, new_chat: int) -> None:
        old = f"chat:{chat_of(lane)[0]}"
        log.info("a group has got another id", extra={"lane": lane})
        await patiently(lambda: self._post.move_lane(old, f"chat:{new_chat}"))
        self._shown = {name: shown for name, shown in self._shown.items() if name != old and not name.startswith(f"{old}:")}
