"""A store and the post in one SQLite file, worked on by one thread. See `sqlite_file` for the file, `sqlite_writer` for the thread."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from bot.model.conversation import Conversation
from bot.storage import sqlite_conversations as conversations
from bot.storage import sqlite_post as post
from bot.storage import sqlite_records as records
from bot.storage import sqlite_upkeep as upkeep
from bot.storage.sqlite_file import APPLICATION_ID, LAYOUT, NotOurDatabase, open_file
from bot.storage.sqlite_writer import Writer
from bot.storage.texts import body_of, conversation_of, conversation_text, storable, to_text
from bot.turn.ports import Kept
from bot.turn.post import Incoming, Outgoing, Parcel, Record, Shown, Turned

__all__ = ["APPLICATION_ID", "LAYOUT", "NotOurDatabase", "SqliteStore"]


class SqliteStore:
    """The store; every method is described in its port, `Store` or `Post`."""

    def __init__(self, path: Path, durable: bool = True) -> None:
        """Opens or makes the file. Raises NotOurDatabase if it holds something else, or cannot be used.

        `durable` False does not wait for the disk: a loss of power may then take what was stored last (for tests).
        """
        self._writer = Writer(open_file(path, durable))

    async def current(self, seat: str) -> Kept | None:
        return _kept(await self._writer.run(lambda database: conversations.current(database, seat)))

    async def save(self, seat: str, conversation: Conversation, expected: int) -> int:
        body = conversation_text(conversation)
        return await self._writer.run(lambda database: conversations.save(database, seat, "", conversation, body, expected), "save")

    async def forget(self, seat: str) -> int:
        return await self._writer.run(lambda database: conversations.forget(database, seat), "forget", wipes=True)

    async def close(self) -> None:
        await self._writer.close()

    def crash(self) -> None:
        """For tests: ends as if the process died. What is not committed is gone, and whoever waits gets Unavailable."""
        self._writer.crash()

    async def claim(self, bot_id: int) -> int:
        return await self._writer.run(lambda database: post.claim(database, bot_id), "claim")

    async def receive(self, updates: Sequence[tuple[int, str]], now: float) -> int:
        stored = [(update_id, storable(raw)) for update_id, raw in updates]
        return await self._writer.run(lambda database: post.receive(database, stored, now), "inbox")

    async def waiting(self, after: int, limit: int) -> list[Incoming]:
        return [Incoming(*row) for row in await self._writer.run(lambda database: post.waiting(database, after, limit))]

    async def load(self, seat: str, lane: str) -> tuple[Kept | None, Shown]:
        row, shown = await self._writer.run(
            lambda database: (conversations.current(database, seat), conversations.shown(database, lane)),
        )
        return _kept(row), shown

    async def conversation(self, name: str) -> Kept | None:
        return _kept(await self._writer.run(lambda database: conversations.by_id(database, name)))

    async def held(self, seat: str) -> list[Kept]:
        rows = await self._writer.run(lambda database: conversations.all_of(database, seat))
        return [Kept(conversation_of(body), version) for version, body in rows]

    async def record(self, kind: str, name: str) -> Record | None:
        row = await self._writer.run(lambda database: records.record(database, kind, name))
        return _record(row) if row else None

    async def records(self, kind: str, lane: str = "") -> list[Record]:
        return [_record(row) for row in await self._writer.run(lambda database: records.records(database, kind, lane))]

    async def finish(self, incoming: int, turned: Turned | None, now: float) -> list[Outgoing]:
        result = _result(turned) if turned else None
        wipes = result is not None and (result.forget or bool(result.emptied))
        ids = await self._writer.run(lambda database: post.finish(database, incoming, result, now), "finish", wipes)
        parcels = turned.parcels if turned and ids is not None else ()
        return [Outgoing(id_, *parcel, made_at=now) for id_, parcel in zip(ids or (), parcels, strict=True)]

    async def finish_many(self, incoming: Sequence[int], now: float) -> None:  # noqa: ARG002 - when it was done is not kept
        await self._writer.run(lambda database: post.finish_many(database, incoming), "finish_many")

    async def failed(self, incoming: int, seat: str, error: str, now: float) -> int:
        return await self._writer.run(lambda database: post.failed(database, incoming, seat, storable(error), now), "failed")

    async def park(self, incoming: int, seat: str, error: str, now: float) -> None:
        await self._writer.run(lambda database: post.park(database, incoming, seat, storable(error), now), "park")

    async def give_up(self, incoming: int, seat: str, error: str, parcels: Sequence[Parcel], now: float) -> list[Outgoing]:
        texts = [(parcel, to_text(parcel.body)) for parcel in parcels]
        work = partial(post.give_up, incoming=incoming, seat=seat, error=storable(error), parcels=texts, now=now)
        ids = await self._writer.run(work, "give_up")
        return [Outgoing(id_, *parcel, made_at=now) for id_, parcel in zip(ids, parcels, strict=False)]

    async def parked(self) -> list[Incoming]:
        return [Incoming(*row) for row in await self._writer.run(post.parked)]

    async def replay(self, incoming: int) -> bool:
        return await self._writer.run(lambda database: post.replay(database, incoming), "replay")

    async def drop(self, incoming: int) -> bool:
        return await self._writer.run(lambda database: post.drop(database, incoming), "drop", wipes=True)

    async def send(self, parcels: Sequence[Parcel], now: float) -> list[Outgoing]:
        texts = [(parcel, to_text(parcel.body)) for parcel in parcels]
        ids = await self._writer.run(lambda database: post.put(database, texts, now), "send")
        return [Outgoing(id_, *parcel, made_at=now) for id_, parcel in zip(ids, parcels, strict=True)]

    async def unsent(self, after: int, limit: int) -> list[Outgoing]:
        rows = await self._writer.run(lambda database: post.unsent(database, after, limit))
        return [Outgoing(row[0], row[1], row[2], body_of(row[3]), row[4], row[5], row[6]) for row in rows]

    async def sent(
        self, outgoing: int, lane: str, shown: Shown | None, follow: Parcel | None, now: float, also: Sequence[int] = ()
    ) -> list[Outgoing]:
        follows = (follow, to_text(follow.body)) if follow else None
        id_ = await self._writer.run(lambda database: post.sent(database, (outgoing, *also), lane, shown, follows, now), "sent")
        return [Outgoing(id_, *follow, made_at=now)] if follow and id_ is not None else []

    async def put_off(self, outgoing: int, not_before: float) -> None:
        await self._writer.run(lambda database: post.put_off(database, outgoing, not_before), "put_off")

    async def unreachable(self, lane: str) -> int:
        return await self._writer.run(lambda database: conversations.reach(database, lane, reachable=False), "unreachable")

    async def move_lane(self, old: str, new: str) -> None:
        await self._writer.run(lambda database: upkeep.move_lane(database, old, new), "move_lane")

    async def figures(self) -> dict[str, int]:
        return await self._writer.run(post.figures)

    async def purge(self, now: float, retention: float) -> int:
        await self._writer.run(lambda database: upkeep.purge_post(database, now), "purge")
        await self._writer.run(lambda database: records.purge(database, now - retention), "purge")
        total = 0
        after: str | None = ""
        while after is not None:  # slice by slice, so that turns have their turn
            work = partial(upkeep.purge_slice, after=after, before=now - retention)
            gone, after = await self._writer.run(work, "purge")
            total += gone
        await self._writer.run(lambda database: upkeep.purge_lanes(database, now, now - retention), "purge", wipes=True)
        return total


def _kept(row: tuple[int, str] | None) -> Kept | None:
    return Kept(conversation_of(row[1]), row[0]) if row else None


def _record(row: records.Row) -> Record:
    kind, id_, body, lane, seat, version = row
    return Record(kind, id_, body_of(body), lane, seat, version)


def _result(turned: Turned) -> post.Result:
    """Written as JSON here, in the asker's thread: the one thread of the file has enough to do."""
    conversation = None if turned.forget else turned.conversation
    body = conversation_text(conversation) if conversation else ""
    parcels = [(parcel, to_text(parcel.body)) for parcel in turned.parcels]
    changed = [(one, to_text(one.body) if one.body is not None else "") for one in turned.records]
    emptied = [(one, conversation_text(one)) for one in turned.emptied]
    return post.Result(
        turned.seat, turned.lane, conversation, body, turned.expected, parcels, changed, turned.forget, turned.reachable, emptied
    )
