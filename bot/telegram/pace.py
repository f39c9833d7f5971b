"""How fast a group is written to: one message every three seconds, twenty a minute, edits included; what waits meets in one message.

Telegram's own limits are the same for everybody in a group, so all lanes of a group share them. A private chat has no pace.
"""

import asyncio
import json
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from bot.turn.post import Outgoing

BETWEEN = 3.0
A_MINUTE = 20
MINUTE = 60.0
REMEMBERED = 5_000
PATIENCE = 5.0
"""An answer that has waited for longer is sent together with those behind it."""
MANY = 3
"""So many answers that wait are sent together at once: one by one, the last would wait too long."""
TOGETHER = 3_500
"""What is sent together is no longer than this."""
MOST_ROWS = 10


def group_of(lane: str) -> int:
    """The group whose pace a lane keeps; 0 if it has none."""
    return int(lane.split(":")[1]) if lane.startswith("chat:-") else 0


@dataclass(slots=True)
class _Group:
    """When something was sent there, and who is next: whoever waited first."""

    times: deque[float] = field(default_factory=lambda: deque(maxlen=A_MINUTE))
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class Pace:
    """The moments at which something was sent to each group."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._groups: dict[int, _Group] = {}

    def turn(self, group: int) -> asyncio.Lock:
        """Held by the lane that waits for the next moment; the others of the group are behind it."""
        return self._of(group).turn

    def next(self, group: int) -> float:
        """The first moment at which something may be sent there again."""
        times = self._of(group).times
        after_last = times[-1] + BETWEEN if times else 0.0
        return max(after_last, times[0] + MINUTE) if len(times) == A_MINUTE else after_last

    def took(self, group: int) -> None:
        """Something is sent there now."""
        self._of(group).times.append(self._clock())

    def _of(self, group: int) -> _Group:
        if len(self._groups) > REMEMBERED:
            since = self._clock() - MINUTE
            self._groups = {name: one for name, one in self._groups.items() if one.turn.locked() or (one.times and one.times[-1] > since)}
        return self._groups.setdefault(group, _Group())


def together(queue: Iterable[Outgoing], now: float) -> tuple[Outgoing, int]:
    """What to send of what waits in a lane, and how many parcels are done with it.

    Of several states of a board only the last is worth showing. Answers that have waited, or are many, become one message,
    in which every answer stands below its own title.
    """
    queue = list(queue)
    head = queue[0]
    if head.body.get("do") == "board":
        alike = list(takewhile(lambda one: one.body.get("do") == "board", queue))
        return head._replace(body=alike[-1].body), len(alike)
    waiting = list(takewhile(lambda one: "joined" in one.body, queue))
    if len(waiting) < 2 or (len(waiting) < MANY and now - head.made_at <= PATIENCE):
        return head, 1
    texts: dict[str, None] = {}
    keys: dict[str, list[Any]] = {}
    taken = 0
    for one in waiting:
        joined = one.body["joined"]
        more = {**texts, joined["text"]: None}
        rows = {**keys, **{json.dumps(row): row for row in joined["keys"]}}
        if taken and (len("\n\n".join(more)) > TOGETHER or len(rows) > MOST_ROWS):
            break
        texts, keys, taken = more, rows, taken + 1
    if taken == 1:
        return head, 1
    body = {**waiting[taken - 1].body, "text": "\n\n".join(texts), "keys": list(keys.values())}
    return head._replace(body=body), taken
