"""Works the inbox off: in order within a seat, seats side by side; what fails is tried again, then parked; a flood is slowed down."""

import asyncio
import logging
import traceback
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Literal

from bot.telegram.allowance import Allowance
from bot.telegram.inbound import Arrival, Unreadable, read_update
from bot.telegram.patience import backoff, patiently
from bot.telegram.sender import Sender
from bot.telegram.turner import Turner
from bot.turn.post import TRIES, Incoming, Post, Unavailable

log = logging.getLogger(__name__)

IN_HAND = 400
"""At most so many updates are in memory; the others wait in the inbox, or at Telegram."""
UNSENT = 1_000
"""While so many parcels wait to be sent, no more updates are taken up."""
PAGE = 100
Judged = Literal["tell", "hush", "ignore"]
"""What is done with an update that is not worked off: answered with "slow down", answered with nothing (a press), not answered."""


@dataclass(slots=True)
class _Seat:
    """What waits for one seat, and how much it may still ask for."""

    allowance: Allowance
    queue: deque[tuple[Incoming, Arrival, float]] = field(default_factory=deque)
    """Updates with what was paid for each of the allowance."""
    album: str = ""

    def had(self, arrival: Arrival) -> bool:
        """True for all but the first of photos that were sent together: one answer is enough for them."""
        known = bool(arrival.album) and arrival.album == self.album
        self.album = arrival.album or self.album
        return known


class Dispatcher:
    """The inbox at work."""

    def __init__(self, post: Post, turner: Turner, sender: Sender, clock: Callable[[], float], fatal: Callable[[Exception], None]) -> None:
        self._post = post
        self._turner = turner
        self._sender = sender
        self._clock = clock
        self._fatal = fatal
        self._seats: dict[str, _Seat] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._in_hand = 0
        self._looking = False
        self._wake = asyncio.Event()
        self._wake.set()
        self._room = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """There is something new in the inbox."""
        self._wake.set()

    @property
    def idle(self) -> bool:
        """True if everything that is stored has been worked off."""
        return not self._in_hand and not self._looking and not self._wake.is_set()

    async def room(self) -> None:
        """Waits while too much is in hand."""
        while self._in_hand >= IN_HAND:
            self._room.clear()
            await self._room.wait()
        await self._sender.room(UNSENT)

    async def run(self) -> None:
        """Works the inbox off for ever, oldest first."""
        after = 0
        while True:
            await self._wake.wait()
            self._looking = True
            self._wake.clear()
            while rows := await patiently(partial(self._post.waiting, after, PAGE)):
                after = rows[-1].id
                await self._route(rows)
                await self.room()
                self._forget_quiet_seats()
            self._looking = False

    async def stop(self, seconds: float) -> None:
        """Finishes the turns under way; the rest stays in the inbox."""
        self._stopping = True
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        for task in self._tasks:
            task.cancel()

    async def _route(self, rows: list[Incoming]) -> None:
        """Gives each update to its seat; what needs no answer is done at once."""
        now, ignored, hushed = self._clock(), [], []
        for incoming in rows:
            try:
                arrival = read_update(incoming.raw, self._turner.desk.username)
            except Unreadable as slip:
                log.error("an update cannot be read and is parked", extra={"update": incoming.update_id, "why": str(slip)})
                await patiently(partial(self._post.park, incoming.id, "", str(slip), now))
                continue
            if arrival is None or not self._turner.is_for_us(arrival):
                ignored.append(incoming.id)
                continue
            seat = self._seats.setdefault(arrival.seat, _Seat(Allowance(now)))
            match self._judged(seat, arrival, now):
                case float(paid):
                    self._queue(arrival.seat, seat, incoming, arrival, paid)
                case "tell":
                    self._sender.put(await patiently(partial(self._turner.slow_down, incoming, arrival)))
                case "hush":
                    hushed.append(patiently(partial(self._turner.hush, incoming, arrival)))
                case _:
                    ignored.append(incoming.id)
        for parcels in await asyncio.gather(*hushed):
            self._sender.put(parcels)
        if ignored:
            await patiently(partial(self._post.finish_many, ignored, now))

    def _judged(self, seat: _Seat, arrival: Arrival, now: float) -> float | Judged:
        """What was paid for it, if it is to be worked off; else what is done with it.

        Danger is looked for only where the answer would else be "slow down"; whatever would get no answer is told nothing.
        """
        allowance = seat.allowance
        if seat.had(arrival):
            return "ignore"
        if (paid := allowance.pays_for(arrival, now)) is not None:
            return paid
        if self._turner.sounds_like_danger(arrival) and allowance.dangers.takes(now):
            return 0.0
        if not self._turner.would_answer(arrival):
            return "ignore"
        if allowance.may_be_told(arrival, now):
            return "tell"
        return "hush" if arrival.press and allowance.presses.takes(now) else "ignore"

    def _queue(self, name: str, seat: _Seat, incoming: Incoming, arrival: Arrival, paid: float) -> None:
        self._in_hand += 1
        seat.queue.append((incoming, arrival, paid))
        if len(seat.queue) == 1:
            task = asyncio.get_running_loop().create_task(self._work(seat), name=f"turn {name}")
            self._tasks.add(task)
            task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (slip := task.exception()) is not None:
            self._fatal(slip if isinstance(slip, Exception) else RuntimeError(type(slip).__name__))

    def _forget_quiet_seats(self) -> None:
        if len(self._seats) > 10 * IN_HAND:
            self._seats = {name: seat for name, seat in self._seats.items() if seat.queue}

    async def _work(self, seat: _Seat) -> None:
        while seat.queue and not self._stopping:
            await self._until_done(seat.allowance, *seat.queue[0])
            seat.queue.popleft()
            self._in_hand -= 1
            self._room.set()

    async def _until_done(self, allowance: Allowance, incoming: Incoming, arrival: Arrival, paid: float) -> None:
        """Tries until the update is done or parked. Trouble with the database is nobody's fault and does not count."""
        waits, tries = 0, incoming.attempts
        while True:
            try:
                if arrival.reachable is False:
                    await self._sender.drop(arrival.lane)
                came = await self._turner.take(incoming, arrival)
                self._sender.put(came)
                if not came:
                    allowance.came_to_nothing(paid)
                return
            except Unavailable as slip:
                waits += 1
                log.warning("the database is in trouble", extra={"why": str(slip)})
            except Exception as slip:  # noqa: BLE001  # whatever a turn does wrong must not take the others with it
                tries = await self._failed(incoming, arrival, slip, tries + 1)
                if tries >= TRIES:
                    return
                waits += 1
            if self._stopping:
                return
            await asyncio.sleep(backoff(waits))

    async def _failed(self, incoming: Incoming, arrival: Arrival, slip: Exception, tries: int) -> int:
        """Counts a failed try. What a person wrote may be in the error's own words, so only its kind and place are kept."""
        name, where = type(slip).__name__, "".join(traceback.format_tb(slip.__traceback__)[-3:])
        log.error("a turn failed", extra={"update": incoming.update_id, "error": name, "where": where})
        try:
            if tries >= TRIES:
                # Parked and apologised for in one go: whoever is told of it is told once, also if the process ends here.
                self._sender.put(await self._post.give_up(incoming.id, arrival.seat, name, self._turner.sorry(arrival), self._clock()))
            else:
                await self._post.failed(incoming.id, arrival.seat, name, self._clock())
        except Unavailable:
            return tries - 1
        return tries
