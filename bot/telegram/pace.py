"""How fast a group is written to: one message every three seconds, twenty a minute, edits included. A private chat has no pace.

Telegram's own limits are the same for everybody in a group, so all lanes of a group share them. What is urgent goes at once;
said again just after that, it waits a little, so that it can be said once to all who asked. It counts like anything else.

Whoever is told by Telegram to wait, waits with all their lanes. If two chats are told within seconds, it means the whole bot.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.turn.post import Outgoing

BETWEEN = 3.0
A_MINUTE = 20
MINUTE = 60.0
URGENT_BETWEEN = 10.0
"""What is urgent is said again in the same place after so many seconds; elsewhere in the group it then keeps the pace."""
REMEMBERED = 5_000
ALL_CHATS_WINDOW = 10.0
"""Two chats told to wait within this many seconds: the limit is on the whole bot, so all of them wait."""


def group_of(lane: str) -> int:
    """The group whose pace a lane keeps; 0 if it has none."""
    return int(lane.split(":")[1]) if lane.startswith("chat:-") else 0


def place_of(parcel: Outgoing) -> str:
    """Who has to wait if this is told to: its chat, with all topics; of an answer to a press, the chat of who pressed."""
    place = parcel.lane if parcel.lane.startswith("chat:") else parcel.seat
    return ":".join(place.split(":")[:2])


@dataclass(slots=True)
class _Group:
    """When something was sent there, where something urgent was, and who is next: whoever waited first."""

    times: deque[float] = field(default_factory=lambda: deque(maxlen=A_MINUTE))
    urgent: dict[str, float] = field(default_factory=dict)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class Pace:
    """The moments at which something was sent to each group. What was sent before the start is not known: it may have been just then."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._begun = clock()
        self._groups: dict[int, _Group] = {}

    def turn(self, group: int) -> asyncio.Lock:
        """Held by the lane that waits for the next moment; the others of the group are behind it."""
        return self._of(group).turn

    def next(self, group: int) -> float:
        """The first moment at which something may be sent there again."""
        now, times = self._clock(), self._of(group).times
        while times and times[-1] > now:
            times.pop()  # the clock was put back
        self._begun = min(self._begun, now)
        last = times[-1] if times else self._begun
        return max(last + BETWEEN, times[0] + MINUTE) if len(times) == A_MINUTE else last + BETWEEN

    def next_urgent(self, lane: str) -> float:
        """The same for what is urgent: at once, if nothing urgent was sent just before."""
        group, now = group_of(lane), self._clock()
        urgent = {where: at for where, at in self._of(group).urgent.items() if 0 <= now - at < URGENT_BETWEEN}
        self._of(group).urgent = urgent
        if lane in urgent:
            return urgent[lane] + URGENT_BETWEEN
        return self.next(group) if urgent else 0.0

    def took(self, lane: str, urgent: bool = False) -> None:
        """Something is sent there now."""
        group = self._of(group_of(lane))
        group.times.append(self._clock())
        if urgent:
            group.urgent[lane] = self._clock()

    def _of(self, group: int) -> _Group:
        if len(self._groups) > REMEMBERED:
            since = self._clock() - MINUTE
            self._groups = {name: one for name, one in self._groups.items() if one.turn.locked() or (one.times and one.times[-1] > since)}
        return self._groups.setdefault(group, _Group())


class Told:
    """Who was told by Telegram to wait, and until when. A chat is told once, however many topics it has."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._places: dict[str, tuple[float, float]] = {}
        """Place → when it was told, and until when it waits."""
        self._all = 0.0, 0.0
        """The same for the whole bot."""

    def wait(self, place: str, seconds: float) -> float:
        """It has been told just now. The moment until which it waits."""
        now = self._clock()
        until = max(now + seconds, self.until(place))
        self._places = {one: (at, end) for one, (at, end) in self._places.items() if end > now or now - at < ALL_CHATS_WINDOW}
        self._places[place] = now, until
        if sum(now - at < ALL_CHATS_WINDOW for at, _ in self._places.values()) > 1:
            self._all = now, max(self.until(), now + seconds)
        return until

    def until(self, place: str = "") -> float:
        """Nothing may be sent there before this moment; without a place: anywhere."""
        now, told = self._clock(), (self._all, self._places.get(place, (0.0, 0.0)))
        return max((end for at, end in told if at <= now), default=0.0)  # else the clock was put back: nobody waits for that
