"""The store and the post in memory: plain lists and dictionaries, and JSON text, so that every turn goes through the stored form."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.model.conversation import Conversation
from bot.storage.memory_held import Held
from bot.storage.memory_records import Records
from bot.storage.texts import body_of, conversation_of, conversation_text, moved, storable, tail_of, to_text
from bot.turn.ports import Kept
from bot.turn.post import KNOWN_SECONDS, PARKED_SECONDS, TRIES, Incoming, Outgoing, Parcel, Record, Shown, Turned


def _of_board(lane: str) -> str:
    """The lane that a board stands in; "" if this is no board."""
    return lane.partition(":b")[0] if ":b" in lane else ""


@dataclass
class _Update:
    """A row of the inbox; it is there as long as it waits or is parked."""

    incoming: Incoming
    seat: str = ""
    parked_at: float | None = None


class MemoryStore:
    """A store that lasts as long as the process; every method is described in its port, `Store` or `Post`."""

    def __init__(self) -> None:
        self._bot: int | None = None
        self._held = Held()
        self._seen: dict[int, float] = {}
        self._inbox: dict[int, _Update] = {}
        self._outbox: dict[int, tuple[Outgoing, str]] = {}
        self._shown: dict[str, Shown] = {}
        self._touched: dict[str, float] = {}
        self._records = Records()
        self._last_in = self._last_out = 0

    async def current(self, seat: str) -> Kept | None:
        found = self._held.current(seat)
        return Kept(conversation_of(found[1]), found[0]) if found else None

    async def save(self, seat: str, conversation: Conversation, expected: int) -> int:
        return self._held.save(seat, "", conversation, conversation_text(conversation), expected)

    async def forget(self, seat: str) -> int:
        lanes = self._held.lanes_of(seat)
        gone = self._forget(seat)
        for lane in lanes - self._held.lanes():
            self._shown.pop(lane, None)
        return gone

    async def close(self) -> None:
        """Nothing to let go of."""

    async def claim(self, bot_id: int) -> int:
        self._bot = bot_id if self._bot is None else self._bot
        return self._bot

    async def receive(self, updates: Sequence[tuple[int, str]], now: float) -> int:
        new = 0
        for update_id, raw in updates:
            if self._seen.get(update_id, now - KNOWN_SECONDS) <= now - KNOWN_SECONDS:
                self._seen[update_id] = now
                self._last_in += 1
                self._inbox[self._last_in] = _Update(Incoming(self._last_in, update_id, storable(raw)))
                new += 1
        return new

    async def waiting(self, after: int, limit: int) -> list[Incoming]:
        return [one.incoming for id_, one in self._inbox.items() if id_ > after and one.parked_at is None][:limit]

    async def load(self, seat: str, lane: str) -> tuple[Kept | None, Shown]:
        return await self.current(seat), self._shown.get(lane, Shown())

    async def conversation(self, name: str) -> Kept | None:
        found = self._held.by_id(name)
        return Kept(conversation_of(found[1]), found[0]) if found else None

    async def held(self, seat: str) -> list[Kept]:
        return [Kept(conversation_of(body), version) for version, body in self._held.all_of(seat)]

    async def record(self, kind: str, name: str) -> Record | None:
        return self._records.get(kind, name)

    async def records(self, kind: str, lane: str = "") -> list[Record]:
        return self._records.all_of(kind, lane)

    async def finish(self, incoming: int, turned: Turned | None, now: float) -> list[Outgoing]:
        if incoming not in self._inbox:
            return []
        stored = self._turn(turned, now) if turned else []
        self._inbox.pop(incoming, None)
        return stored

    async def finish_many(self, incoming: Sequence[int], now: float) -> None:  # noqa: ARG002 - when it was done is not kept
        for one in incoming:
            self._inbox.pop(one, None)

    async def failed(self, incoming: int, seat: str, error: str, now: float) -> int:
        if (update := self._inbox.get(incoming)) is None:
            return 0
        update.incoming = update.incoming._replace(attempts=update.incoming.attempts + 1, error=storable(error))
        update.seat = seat
        if update.incoming.attempts >= TRIES and update.parked_at is None:
            update.parked_at = now
        return update.incoming.attempts

    async def park(self, incoming: int, seat: str, error: str, now: float) -> None:
        if update := self._inbox.get(incoming):
            parked_at = now if update.parked_at is None else update.parked_at
            self._inbox[incoming] = _Update(update.incoming._replace(error=storable(error)), seat, parked_at)

    async def give_up(self, incoming: int, seat: str, error: str, parcels: Sequence[Parcel], now: float) -> list[Outgoing]:
        update = self._inbox.get(incoming)
        if update is None or update.parked_at is not None:
            return []
        await self.failed(incoming, seat, error, now)
        await self.park(incoming, seat, error, now)
        return await self.send(parcels, now)

    async def parked(self) -> list[Incoming]:
        return [one.incoming for one in self._inbox.values() if one.parked_at is not None]

    async def replay(self, incoming: int) -> bool:
        if (update := self._parked(incoming)) is None:
            return False
        del self._inbox[incoming]
        self._last_in += 1
        self._inbox[self._last_in] = _Update(update.incoming._replace(id=self._last_in, attempts=0, error=""), update.seat)
        return True

    async def drop(self, incoming: int) -> bool:
        if self._parked(incoming) is None:
            return False
        del self._inbox[incoming]
        return True

    async def send(self, parcels: Sequence[Parcel], now: float) -> list[Outgoing]:
        return self._put(parcels, now)

    async def unsent(self, after: int, limit: int) -> list[Outgoing]:
        rows = [row for id_, row in self._outbox.items() if id_ > after][:limit]
        return [outgoing._replace(body=body_of(text)) for outgoing, text in rows]

    async def sent(
        self, outgoing: int, lane: str, shown: Shown | None, follow: Parcel | None, now: float, also: Sequence[int] = ()
    ) -> list[Outgoing]:
        there = self._outbox.pop(outgoing, None)
        for one in also:
            self._outbox.pop(one, None)
        if shown is not None:
            self._shown[lane], self._touched[lane] = shown, now
        return self._put([follow], now) if follow and there else []

    async def put_off(self, outgoing: int, not_before: float) -> None:
        if row := self._outbox.get(outgoing):
            self._outbox[outgoing] = (row[0]._replace(attempts=row[0].attempts + 1, not_before=not_before), row[1])

    async def unreachable(self, lane: str) -> int:
        self._shown[lane] = self._shown.get(lane, Shown())._replace(unreachable=True)
        gone = [id_ for id_, (one, _) in self._outbox.items() if one.lane == lane]
        for id_ in gone:
            del self._outbox[id_]
        return len(gone)

    async def move_lane(self, old: str, new: str) -> None:
        if old == new:
            return
        self._held.move(old, new)
        self._records.move(old, new)
        for id_, (one, text) in self._outbox.items():
            self._outbox[id_] = (one._replace(lane=moved(one.lane, old, new), seat=moved(one.seat, old, new)), text)
        for update in self._inbox.values():
            update.seat = moved(update.seat, old, new)
        for lane in [lane for lane in self._shown if moved(lane, old, new) != lane]:
            shown, touched = self._shown.pop(lane), self._touched.pop(lane, 0.0)
            if moved(lane, old, new) not in self._shown:
                self._shown[moved(lane, old, new)], self._touched[moved(lane, old, new)] = shown, touched

    async def figures(self) -> dict[str, int]:
        parked = len(await self.parked())
        return {
            "waiting": len(self._inbox) - parked, "parked": parked, "unsent": len(self._outbox), "conversations": self._held.count(),
        }  # fmt: skip

    async def purge(self, now: float, retention: float) -> int:
        self._seen = {id_: at for id_, at in self._seen.items() if at > now - KNOWN_SECONDS}
        self._inbox = {id_: one for id_, one in self._inbox.items() if one.parked_at is None or one.parked_at > now - PARKED_SECONDS}
        gone = self._held.purge(now - retention)
        self._records.purge(now - retention)
        used = self._held.lanes() | {one.lane for one, _ in self._outbox.values()}
        boards = {
            lane for lane, touched in self._touched.items() if touched >= now - retention and _of_board(lane) in self._records.lanes()
        }
        self._shown = {lane: shown for lane, shown in self._shown.items() if lane in used | boards}
        self._touched = {lane: touched for lane, touched in self._touched.items() if lane in self._shown}
        return gone

    def _turn(self, turned: Turned, now: float) -> list[Outgoing]:
        for body in [one.body for one in turned.parcels] + [one.body for one in turned.records]:
            to_text(body)  # what cannot be stored fails before anything is
        self._records.check(turned.records)
        if turned.forget:
            self._records.put(turned.records, now)
            self._forget(turned.seat)
        elif (conversation := turned.conversation) is not None:
            self._held.save(turned.seat, turned.lane, conversation, conversation_text(conversation), turned.expected)
        if not turned.forget:
            self._records.put(turned.records, now)
        for one in turned.emptied:
            self._held.empty(one, conversation_text(one))
        if turned.reachable:
            for lane in (one for one in self._shown if moved(one, turned.lane, "") != one):
                self._shown[lane] = self._shown[lane]._replace(unreachable=False)
        elif turned.reachable is not None:
            self._shown[turned.lane] = self._shown.get(turned.lane, Shown())._replace(unreachable=True)
            self._outbox = {id_: row for id_, row in self._outbox.items() if row[0].lane != turned.lane}
        return self._put(turned.parcels, now)

    def _forget(self, seat: str) -> int:
        tail = tail_of(seat)

        def theirs(one: str) -> bool:
            return one == seat or (bool(tail) and one.endswith(tail))

        if seat:
            self._inbox = {id_: one for id_, one in self._inbox.items() if not theirs(one.seat)}
            self._outbox = {id_: row for id_, row in self._outbox.items() if not theirs(row[0].seat)}
            self._records.forget(theirs)
        return self._held.forget(seat)

    def _parked(self, incoming: int) -> _Update | None:
        update = self._inbox.get(incoming)
        return update if update and update.parked_at is not None else None

    def _put(self, parcels: Sequence[Parcel], now: float) -> list[Outgoing]:
        stored = [
            (Outgoing(self._last_out + place, *parcel, made_at=now), to_text(parcel.body)) for place, parcel in enumerate(parcels, start=1)
        ]
        self._last_out += len(stored)
        self._outbox |= {outgoing.id: (outgoing, text) for outgoing, text in stored}
        return [outgoing for outgoing, _ in stored]
