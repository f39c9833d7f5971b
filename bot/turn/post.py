"""What the post needs from a database: an inbox of what came, an outbox of what is to be sent, and what each chat shows.

The promises: an update is stored before it is confirmed; a turn is one transaction; what is in the outbox is sent until
it is ticked off. So an update changes a conversation exactly once, and a reply may be repeated but never lost.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from bot.model.conversation import Conversation
from bot.turn.ports import Kept, Store

TRIES = 3
"""An update that made the turn fail this often is parked."""

KNOWN_SECONDS = 7 * 24 * 3600.0
"""So long an update is known by its id. After a week without any, Telegram begins at a random id, which may be an old one."""

PARKED_SECONDS = 72 * 3600.0
"""So long a parked update is kept, from when it was parked."""


KEPT_KINDS = ("group",)
"""Records that stay until somebody erases them: the settings of a group."""


class Unavailable(Exception):
    """The database cannot do this now: it is full, held by another program, out of reach, or closed. Nothing was changed."""


class Incoming(NamedTuple):
    """An update as it was stored. `id` is its place in the inbox, in the order of arrival; `raw` its JSON text."""

    id: int
    update_id: int
    raw: str
    attempts: int = 0
    error: str = ""


class Parcel(NamedTuple):
    """Something to be sent, not stored yet.

    Parcels of one `lane` are sent one at a time, in order; lanes go side by side. `seat` says whose it is, so that it
    can be erased with everything else of that seat. `body` is JSON-able and means something to the sender only.
    """

    lane: str
    seat: str
    body: dict[str, Any]


class Record(NamedTuple):
    """Something kept that is no conversation: a round, the settings of a group. `kind` and `id` name it.

    `lane` is the group it belongs to, `seat` the person, if any: it is erased with everything else of that seat. `body`
    is JSON-able; None erases it. `version` is the one it was loaded with (0: it is new) when it is stored. Records that
    nobody has changed for as long as conversations are kept are erased, but for those of `KEPT_KINDS`.
    """

    kind: str
    id: str
    body: dict[str, Any] | None
    lane: str = ""
    seat: str = ""
    version: int = 0


class Outgoing(NamedTuple):
    """A stored parcel. `made_at` and `not_before` are seconds since 1970, UTC."""

    id: int
    lane: str
    seat: str
    body: dict[str, Any]
    attempts: int = 0
    not_before: float = 0.0
    made_at: float = 0.0


class Shown(NamedTuple):
    """What a lane (a chat, or a topic of one) shows: the message that is the current card, and the newest message known.

    `digest` is a short hash of what the card says, so that it is not edited to say the same; `unreachable` is true after
    the person blocked the bot.
    """

    card: int = 0
    newest: int = 0
    digest: str = ""
    unreachable: bool = False


@dataclass(frozen=True, slots=True)
class Turned:
    """What one turn stores, all of it or nothing.

    `conversation` None: the turn changed no conversation. `expected` is the version it was loaded with (0: it is new).
    `forget` erases everything of the seat first (and the conversation is then not stored, nor are records of that seat).
    `reachable` is news of the lane and of all that lies in it: its topics, its boards.
    `emptied` are stored last, in place of what is kept under their ids, whoever holds it and whatever version it has; what is
    not kept any more stays away. So what several people have answered can be erased in the turn of one of them.
    """

    seat: str
    lane: str
    conversation: Conversation | None = None
    expected: int = 0
    parcels: Sequence[Parcel] = field(default_factory=tuple)
    forget: bool = False
    reachable: bool | None = None
    records: Sequence[Record] = field(default_factory=tuple)
    emptied: Sequence[Conversation] = field(default_factory=tuple)


class Post(Store, Protocol):
    """A store that also keeps the post."""

    async def claim(self, bot_id: int) -> int:
        """The bot that this database belongs to: the first that claimed it. Anybody else is about to mix up two bots."""
        ...

    async def receive(self, updates: Sequence[tuple[int, str]], now: float) -> int:
        """Stores raw updates (update id, JSON text) that are not known yet; returns how many were new. Committed on return.

        Known means: the same update id within the last week. An id that comes back after a longer time is a new update.
        """
        ...

    async def waiting(self, after: int, limit: int) -> list[Incoming]:
        """Updates that are neither done nor parked, oldest first, from the first whose `id` is above `after`."""
        ...

    async def load(self, seat: str, lane: str) -> tuple[Kept | None, Shown]:
        """The current conversation of the seat, and what the lane shows."""
        ...

    async def finish(self, incoming: int, turned: Turned | None, now: float) -> list[Outgoing]:
        """One transaction: conversation and records, the parcels into the outbox, the update done and its text erased.

        Returns the stored parcels. Raises Stale, with nothing changed, if the conversation or a record has another version
        than expected. An update that is done already changes nothing and gives no parcels. `turned` None: nothing came of it.
        """
        ...

    async def conversation(self, name: str) -> Kept | None:
        """The conversation with this id, whoever is in it."""
        ...

    async def held(self, seat: str) -> list[Kept]:
        """All conversations of a seat, the current one last."""
        ...

    async def record(self, kind: str, name: str) -> Record | None:
        """The record of this kind and id, with its version."""
        ...

    async def records(self, kind: str, lane: str = "") -> list[Record]:
        """All records of a kind, oldest first; only those of a lane, if one is named."""
        ...

    async def finish_many(self, incoming: Sequence[int], now: float) -> None:
        """Marks updates done that are answered with nothing (a flood)."""
        ...

    async def failed(self, incoming: int, seat: str, error: str, now: float) -> int:
        """Counts a failed try and returns how many there were. At `TRIES` the update is parked."""
        ...

    async def park(self, incoming: int, seat: str, error: str, now: float) -> None:
        """Parks an update at once: it cannot be read at all."""
        ...

    async def give_up(self, incoming: int, seat: str, error: str, parcels: Sequence[Parcel], now: float) -> list[Outgoing]:
        """One transaction: counts the last try, parks the update, and puts what is to be said about it into the outbox.

        Returns the stored parcels; none, with nothing changed, if the update is done or parked already.
        """
        ...

    async def parked(self) -> list[Incoming]:
        """The parked updates, oldest first."""
        ...

    async def replay(self, incoming: int) -> bool:
        """Lets a parked update be tried again; False if there is none with this id.

        It gets a new `id`, the last, so that whoever has read past its old place meets it again.
        """
        ...

    async def drop(self, incoming: int) -> bool:
        """Gives a parked update up; its text is erased. False if there is none with this id."""
        ...

    async def send(self, parcels: Sequence[Parcel], now: float) -> list[Outgoing]:
        """Stores parcels that come of no update: an apology, a notice. Returns them as they are stored."""
        ...

    async def unsent(self, after: int, limit: int) -> list[Outgoing]:
        """Parcels not ticked off yet, oldest first, from the first whose `id` is above `after`."""
        ...

    async def sent(
        self, outgoing: int, lane: str, shown: Shown | None, follow: Parcel | None, now: float, also: Sequence[int] = ()
    ) -> list[Outgoing]:
        """Ticks a parcel off: its row is gone. One transaction with what the lane shows now, and with a parcel that follows.

        `also` are other parcels that are done with it, because one message said what all of them had to say: all or none.
        Returns the stored follow-up, if any (as a list of none or one).
        """
        ...

    async def put_off(self, outgoing: int, not_before: float) -> None:
        """Counts a failed try of a parcel, which is to be tried again at `not_before`."""
        ...

    async def unreachable(self, lane: str) -> int:
        """Nobody can be reached in this lane: its outbox is dropped and the lane marked. Returns how many parcels were dropped."""
        ...

    async def move_lane(self, old: str, new: str) -> None:
        """A group has got another id: everything of lane `old` is now of `new`, in one transaction.

        Lanes and seats are texts with colon-separated parts; both are re-keyed wherever they equal `old` or begin with `old` and a colon.
        So are ids of records that are lanes, unless the new lane has such a record already: of `KEPT_KINDS` the two then become one,
        in which the new lane's body is completed by what only the old one's has. What moves gets a new version, so that whoever has
        loaded it before is told that it is Stale.
        """
        ...

    async def figures(self) -> dict[str, int]:
        """How much waits: {"waiting", "parked", "unsent", "conversations"}."""
        ...

    async def purge(self, now: float, retention: float) -> int:
        """Erases what has been kept long enough; returns how many conversations went.

        Conversations not touched for `retention` seconds, what is known of updates older than a week, parked texts older
        than 72 hours, and what is shown in lanes that no conversation is left in (boards: that there is no record of, or on which
        nothing was shown for `retention` seconds).
        """
        ...
