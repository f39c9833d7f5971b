"""The queue of a bot's updates: kept until confirmed or too old, numbered one by one, leased to nobody."""

import json
import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice, takewhile
from typing import Any

from bot.sandbox import limits
from bot.sandbox.clock import Clock

KINDS = (
    "message", "edited_message", "channel_post", "edited_channel_post", "inline_query", "chosen_inline_result",
    "callback_query", "shipping_query", "pre_checkout_query", "poll", "poll_answer", "my_chat_member", "chat_member",
    "chat_join_request", "chat_boost", "removed_chat_boost", "message_reaction", "message_reaction_count",
    "business_connection", "business_message", "edited_business_message", "deleted_business_messages",
    "purchased_paid_media", "guest_message", "managed_bot",
)  # fmt: skip
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
DEFAULT = frozenset(KINDS) - ON_REQUEST


@dataclass(frozen=True, slots=True)
class Update:
    """One update, as it was when it happened: later changes of the message do not reach into it."""

    id: int
    kind: str
    raw: str
    until: float
    order: int

    def to_json(self) -> dict[str, Any]:
        return {"update_id": self.id, self.kind: json.loads(self.raw)}


@dataclass(slots=True, eq=False)
class UpdateQueue:
    """The updates of one bot that were neither confirmed nor forgotten."""

    clock: Clock
    dice: random.Random
    next_id: int = 100_000_001
    waiting: dict[int, Update] = field(default_factory=dict)
    allowed: frozenset[str] = DEFAULT
    last_added: float = 0.0
    jumps: bool = False
    _soonest: float = float("inf")

    def add(self, kind: str, body: dict[str, Any], order: int = 0) -> Update | None:
        """Queues an update; None if the bot does not want this kind. `order`: a webhook gets updates of one order in turn."""
        now = self.clock()
        if kind not in self.allowed:
            return None
        if self.jumps and self.last_added and now - self.last_added >= limits.QUIET_WEEK:
            self.next_id = self.dice.randrange(1, 1 << 30)
        self.last_added = now
        update = Update(self.next_id, kind, json.dumps(body), now + limits.LIFE.get(kind, limits.DAY), order)
        self.next_id += 1
        self.waiting[update.id] = update
        self._soonest = min(self._soonest, update.until)
        return update

    def allow(self, names: Iterable[Any]) -> None:
        """Remembers which kinds are wanted. Names that are not known are passed over; with none left all usual ones are."""
        self.allowed = frozenset(str(name).lower() for name in names) & frozenset(KINDS) or DEFAULT

    def fetch(self, offset: int, limit: int, *, confirm: bool = True) -> list[Update]:
        """Confirms everything before `offset` and answers the next ones. See `getUpdates`."""
        self.expire()
        if offset < 0:
            for update_id in list(self.waiting)[:offset]:
                del self.waiting[update_id]
        elif confirm and 0 < offset <= self.next_id + 10:
            self._confirm(offset)
        return list(islice(self.waiting.values(), limit))

    def _confirm(self, offset: int) -> None:
        gone = list(takewhile(lambda update_id: update_id < offset, self.waiting))
        for update_id in gone:
            del self.waiting[update_id]

    def expire(self) -> None:
        """Forgets what nobody fetched in time."""
        now = self.clock()
        if now < self._soonest:
            return
        for update_id in [update.id for update in self.waiting.values() if update.until <= now]:
            del self.waiting[update_id]
        self._soonest = min((update.until for update in self.waiting.values()), default=float("inf"))
