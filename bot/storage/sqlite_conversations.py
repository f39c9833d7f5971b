"""Conversations, who holds them, and what each lane shows. Every function works inside the transaction of its job."""

import sqlite3

from bot.model.conversation import Conversation
from bot.storage.sqlite_file import leaves_gaps
from bot.storage.texts import tail_of
from bot.turn.failpoint import failpoint
from bot.turn.ports import Stale
from bot.turn.post import Shown

_CURRENT = """
SELECT version, body FROM held JOIN conversation ON conversation.id = held.conversation
WHERE seat = ? ORDER BY held_at DESC LIMIT 1
"""

_SHOW = """
INSERT INTO lane (lane, card, newest, digest, unreachable, touched) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET card = excluded.card, newest = excluded.newest, digest = excluded.digest,
    unreachable = excluded.unreachable, touched = excluded.touched
"""

_THEIRS = "seat = :seat OR (:tail <> '' AND substr(seat, -length(:tail)) = :tail)"

_REACH = "INSERT INTO lane (lane, unreachable) VALUES (?, ?) ON CONFLICT DO UPDATE SET unreachable = excluded.unreachable"


def current(database: sqlite3.Connection, seat: str) -> tuple[int, str] | None:
    """Version and text of the conversation that the seat is in."""
    row: tuple[int, str] | None = database.execute(_CURRENT, (seat,)).fetchone()
    return row


def all_of(database: sqlite3.Connection, seat: str) -> list[tuple[int, str]]:
    """Version and text of every conversation of the seat, the current one last."""
    query = "SELECT version, body FROM held JOIN conversation ON conversation.id = held.conversation WHERE seat = ? ORDER BY held_at"
    return database.execute(query, (seat,)).fetchall()


def by_id(database: sqlite3.Connection, id_: str) -> tuple[int, str] | None:
    """Version and text of a conversation."""
    row: tuple[int, str] | None = database.execute("SELECT version, body FROM conversation WHERE id = ?", (id_,)).fetchone()
    return row


def save(database: sqlite3.Connection, seat: str, lane: str, conversation: Conversation, body: str, expected: int) -> int:
    """Compare and set; the conversation is then the seat's current one. `lane` "" keeps the lane it was held in."""
    failpoint("save.begin")
    if expected:
        changed = database.execute(
            "UPDATE conversation SET version = version + 1, body = ?, touched = ? WHERE id = ? AND version = ?",
            (body, conversation.touched, conversation.id, expected),
        ).rowcount
    else:
        changed = database.execute(
            "INSERT INTO conversation VALUES (?, 1, ?, ?) ON CONFLICT DO NOTHING",
            (conversation.id, body, conversation.touched),
        ).rowcount
    if not changed:
        raise Stale(conversation.id)
    top = database.execute("SELECT conversation, lane, held_at FROM held WHERE seat = ? ORDER BY held_at DESC LIMIT 1", (seat,)).fetchone()
    if top is None or top[0] != conversation.id or (lane and top[1] != lane):
        database.execute(
            "INSERT INTO held (seat, conversation, held_at, lane) VALUES (?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET held_at = excluded.held_at, lane = coalesce(nullif(excluded.lane, ''), lane)",
            (seat, conversation.id, top[2] + 1 if top else 1, lane),
        )
    return expected + 1


def empty(database: sqlite3.Connection, conversation: Conversation, body: str) -> None:
    """Stores it in place of what is kept under its id, if anything is. Whoever loaded that before is late."""
    row = (body, conversation.touched, conversation.id)
    if database.execute("UPDATE conversation SET version = version + 1, body = ?, touched = ? WHERE id = ?", row).rowcount:
        leaves_gaps(database)


def forget(database: sqlite3.Connection, seat: str, keep_lane: bool = False) -> int:
    """Erases all of a seat: conversations that nobody else holds, its parcels, its updates that failed or were parked.

    With the private chat of a person goes what is theirs in the seats they have in groups and elsewhere. And what the seat's lanes
    show, where nobody is left in them; unless a farewell is still to be sent there (`keep_lane`).
    """
    failpoint("forget.begin")
    if not keep_lane:
        database.execute(
            "DELETE FROM lane WHERE lane IN (SELECT lane FROM held WHERE seat = ?) AND lane NOT IN (SELECT lane FROM held WHERE seat <> ?)",
            (seat, seat),
        )
    gone = database.execute(
        "DELETE FROM conversation WHERE id IN (SELECT conversation FROM held WHERE seat = ?)"
        " AND id NOT IN (SELECT conversation FROM held WHERE seat <> ?)",
        (seat, seat),
    ).rowcount
    database.execute("DELETE FROM held WHERE seat = ?", (seat,))
    failpoint("forget.after_conversations")
    if seat:  # an update or a parcel that is nobody's has no seat
        for table in ("inbox", "outbox", "record"):
            database.execute(f"DELETE FROM {table} WHERE {_THEIRS}", {"seat": seat, "tail": tail_of(seat)})  # noqa: S608 - names from this file only
    leaves_gaps(database)
    return gone


def shown(database: sqlite3.Connection, lane: str) -> Shown:
    """What the lane shows."""
    row = database.execute("SELECT card, newest, digest, unreachable FROM lane WHERE lane = ?", (lane,)).fetchone()
    return Shown(row[0], row[1], row[2], bool(row[3])) if row else Shown()


def show(database: sqlite3.Connection, lane: str, what: Shown, now: float) -> None:
    """The lane shows this now."""
    database.execute(_SHOW, (lane, *what, now))


def reach(database: sqlite3.Connection, lane: str, reachable: bool) -> int:
    """Marks the lane. If nobody can be reached in it, its outbox is dropped; returns how many parcels that were.

    If somebody can, that is so for all that lies in it: its topics, its boards.
    """
    if not reachable:
        database.execute(_REACH, (lane, 1))
        return database.execute("DELETE FROM outbox WHERE lane = ?", (lane,)).rowcount
    within = "lane >= ? || ':' AND lane < ? || ';'"  # ";" comes right after ":"
    database.execute(f"UPDATE lane SET unreachable = 0 WHERE unreachable AND (lane = ? OR ({within}))", (lane, lane, lane))  # noqa: S608 - fixed
    return 0
