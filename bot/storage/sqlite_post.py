"""The inbox and the outbox. Every function works inside the transaction of its job.

A row of the inbox is there as long as its update waits or is parked; done means gone, and only the id is still known.
"""

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from bot.model.conversation import Conversation
from bot.storage import sqlite_records
from bot.storage.sqlite_conversations import empty, forget, reach, save, show
from bot.storage.sqlite_file import leaves_gaps
from bot.turn.failpoint import failpoint
from bot.turn.post import KNOWN_SECONDS, TRIES, Parcel, Record, Shown

_SEE = "INSERT INTO seen VALUES (?, ?) ON CONFLICT DO UPDATE SET seen_at = excluded.seen_at WHERE seen_at <= ?"
_WAITING = "SELECT id, update_id, raw, attempts, error FROM inbox WHERE parked_at IS NULL AND id > ? ORDER BY id LIMIT ?"
_PARKED = "SELECT id, update_id, raw, attempts, error FROM inbox WHERE parked_at IS NOT NULL ORDER BY id"
_UNSENT = "SELECT id, lane, seat, body, attempts, not_before, made_at FROM outbox WHERE id > ? ORDER BY id LIMIT ?"

Received = tuple[int, int, str, int, str]
Stored = tuple[int, str, str, str, int, float, float]


class Result(NamedTuple):
    """A `Turned` in the form it is stored in: every JSON already written."""

    seat: str
    lane: str
    conversation: Conversation | None
    body: str
    expected: int
    parcels: Sequence[tuple[Parcel, str]]
    records: Sequence[tuple[Record, str]]
    forget: bool
    reachable: bool | None
    emptied: Sequence[tuple[Conversation, str]] = ()


def claim(database: sqlite3.Connection, bot_id: int) -> int:
    """The bot this database belongs to; from now on this one, if it was nobody's."""
    database.execute("INSERT INTO meta VALUES ('bot', ?) ON CONFLICT DO NOTHING", (bot_id,))
    return int(database.execute("SELECT value FROM meta WHERE name = 'bot'").fetchone()[0])


def receive(database: sqlite3.Connection, updates: Sequence[tuple[int, str]], now: float) -> int:
    """Stores what is not known yet."""
    failpoint("inbox.before_store")
    new = 0
    for update_id, raw in updates:
        if database.execute(_SEE, (update_id, now, now - KNOWN_SECONDS)).rowcount:
            database.execute("INSERT INTO inbox (update_id, raw) VALUES (?, ?)", (update_id, raw))
            new += 1
    failpoint("inbox.after_insert")
    return new


def waiting(database: sqlite3.Connection, after: int, limit: int) -> list[Received]:
    """Updates to be worked on."""
    return database.execute(_WAITING, (after, limit)).fetchall()


def parked(database: sqlite3.Connection) -> list[Received]:
    """Updates that nobody works on."""
    return database.execute(_PARKED).fetchall()


def finish(database: sqlite3.Connection, incoming: int, result: Result | None, now: float) -> list[int] | None:
    """What one turn stores. Returns the ids of its parcels, or None if the update was done before."""
    failpoint("finish.begin")
    if database.execute("SELECT 1 FROM inbox WHERE id = ?", (incoming,)).fetchone() is None:
        return None
    ids = []
    if result is not None:
        sqlite_records.put(database, result.records, now)
        if result.forget:
            forget(database, result.seat, keep_lane=True)
        elif result.conversation is not None:
            save(database, result.seat, result.lane, result.conversation, result.body, result.expected)
        for conversation, body in result.emptied:
            empty(database, conversation, body)
        failpoint("finish.after_conversation")
        if result.reachable is not None:
            reach(database, result.lane, result.reachable)
        ids = put(database, result.parcels, now)
        failpoint("finish.after_outbox")
    database.execute("DELETE FROM inbox WHERE id = ?", (incoming,))
    failpoint("finish.after_done")
    return ids


def finish_many(database: sqlite3.Connection, incoming: Sequence[int]) -> None:
    """Done, with nothing."""
    database.executemany("DELETE FROM inbox WHERE id = ?", [(one,) for one in incoming])


def failed(database: sqlite3.Connection, incoming: int, seat: str, error: str, now: float) -> int:
    """Counts a try that failed; the last one parks."""
    database.execute(
        "UPDATE inbox SET attempts = attempts + 1, seat = ?, error = ?,"
        " parked_at = CASE WHEN attempts + 1 >= ? THEN coalesce(parked_at, ?) ELSE parked_at END WHERE id = ?",
        (seat, error, TRIES, now, incoming),
    )
    row = database.execute("SELECT attempts FROM inbox WHERE id = ?", (incoming,)).fetchone()
    return row[0] if row else 0


def park(database: sqlite3.Connection, incoming: int, seat: str, error: str, now: float) -> None:
    """Parks at once."""
    database.execute(
        "UPDATE inbox SET seat = ?, error = ?, parked_at = coalesce(parked_at, ?) WHERE id = ?",
        (seat, error, now, incoming),
    )


def give_up(
    database: sqlite3.Connection, incoming: int, seat: str, error: str, parcels: Sequence[tuple[Parcel, str]], now: float
) -> list[int]:
    """Counts, parks, and stores what is to be said about it."""
    if database.execute("SELECT 1 FROM inbox WHERE id = ? AND parked_at IS NULL", (incoming,)).fetchone() is None:
        return []
    failed(database, incoming, seat, error, now)
    park(database, incoming, seat, error, now)
    failpoint("give_up.after_parked")
    return put(database, parcels, now)


def replay(database: sqlite3.Connection, incoming: int) -> bool:
    """Waits again, in the last place, with all tries before it."""
    query = "INSERT INTO inbox (update_id, raw, seat) SELECT update_id, raw, seat FROM inbox WHERE id = ? AND parked_at IS NOT NULL"
    found = database.execute(query, (incoming,)).rowcount > 0
    if found:
        database.execute("DELETE FROM inbox WHERE id = ?", (incoming,))
    return found


def drop(database: sqlite3.Connection, incoming: int) -> bool:
    """Erases a parked update."""
    leaves_gaps(database)
    return database.execute("DELETE FROM inbox WHERE id = ? AND parked_at IS NOT NULL", (incoming,)).rowcount > 0


def put(database: sqlite3.Connection, parcels: Sequence[tuple[Parcel, str]], now: float) -> list[int]:
    """Stores parcels, in order. Returns their ids."""
    query = "INSERT INTO outbox (lane, seat, body, made_at) VALUES (?, ?, ?, ?)"
    return [database.execute(query, (parcel.lane, parcel.seat, body, now)).lastrowid or 0 for parcel, body in parcels]


def unsent(database: sqlite3.Connection, after: int, limit: int) -> list[Stored]:
    """Parcels to be sent."""
    return database.execute(_UNSENT, (after, limit)).fetchall()


def sent(
    database: sqlite3.Connection, done: Sequence[int], lane: str, shown: Shown | None, follow: tuple[Parcel, str] | None, now: float
) -> int | None:
    """Ticks off. What follows the first, if it is gone already (somebody erased it, or ticked it off too), does not follow."""
    failpoint("sent.begin")
    there = database.execute("DELETE FROM outbox WHERE id = ?", (done[0],)).rowcount
    for one in done[1:]:
        failpoint("sent.between")
        database.execute("DELETE FROM outbox WHERE id = ?", (one,))
    failpoint("sent.after_delete")
    if shown is not None:
        show(database, lane, shown, now)
    failpoint("sent.after_shown")
    return put(database, [follow], now)[0] if follow and there else None


def put_off(database: sqlite3.Connection, outgoing: int, not_before: float) -> None:
    """Counts a try that failed."""
    database.execute("UPDATE outbox SET attempts = attempts + 1, not_before = ? WHERE id = ?", (not_before, outgoing))


def figures(database: sqlite3.Connection) -> dict[str, int]:
    """How much there is."""
    row = database.execute(
        "SELECT (SELECT count(*) FROM inbox WHERE parked_at IS NULL), (SELECT count(*) FROM inbox WHERE parked_at IS NOT NULL),"
        " (SELECT count(*) FROM outbox), (SELECT count(DISTINCT conversation) FROM held)"
    ).fetchone()
    return dict(zip(("waiting", "parked", "unsent", "conversations"), row, strict=True))
