"""Records: what is kept that is no conversation. Every function works inside the transaction of its job."""

import sqlite3
from collections.abc import Sequence

from bot.storage.sqlite_file import leaves_gaps
from bot.turn.failpoint import failpoint
from bot.turn.ports import Stale
from bot.turn.post import KEPT_KINDS, Record

_COLUMNS = "kind, id, body, lane, seat, version"
Row = tuple[str, str, str, str, str, int]


def record(database: sqlite3.Connection, kind: str, id_: str) -> Row | None:
    """One record."""
    row: Row | None = database.execute(f"SELECT {_COLUMNS} FROM record WHERE kind = ? AND id = ?", (kind, id_)).fetchone()  # noqa: S608 - fixed names
    return row


def records(database: sqlite3.Connection, kind: str, lane: str) -> list[Row]:
    """All of a kind, or those of a lane, the oldest first."""
    query = f"SELECT {_COLUMNS} FROM record WHERE kind = ? AND (? = '' OR lane = ?) ORDER BY made, id"  # noqa: S608 - fixed names
    return database.execute(query, (kind, lane, lane)).fetchall()


def put(database: sqlite3.Connection, changed: Sequence[tuple[Record, str]], now: float) -> None:
    """Compare and set, one after the other; a record without a body is erased."""
    for one, body in changed:
        if one.body is None:
            leaves_gaps(database)
            count = database.execute(
                "DELETE FROM record WHERE kind = ? AND id = ? AND version = ?", (one.kind, one.id, one.version)
            ).rowcount
        elif one.version:
            count = database.execute(
                "UPDATE record SET body = ?, lane = ?, seat = ?, touched = ?, version = version + 1"
                " WHERE kind = ? AND id = ? AND version = ?",
                (body, one.lane, one.seat, now, one.kind, one.id, one.version),
            ).rowcount
        else:
            count = database.execute(
                "INSERT INTO record (kind, id, body, lane, seat, version, made, touched)"
                " VALUES (?, ?, ?, ?, ?, 1, ?, ?) ON CONFLICT DO NOTHING",
                (one.kind, one.id, body, one.lane, one.seat, now, now),
            ).rowcount
        if not count:
            raise Stale(f"{one.kind} {one.id}")
        failpoint("records.after_one")


def purge(database: sqlite3.Connection, before: float) -> None:
    """Erases records that were last changed before, but for the kinds that are kept as long as their group."""
    holes = ", ".join("?" * len(KEPT_KINDS))
    if database.execute(f"DELETE FROM record WHERE touched < ? AND kind NOT IN ({holes})", (before, *KEPT_KINDS)).rowcount:  # noqa: S608 - only holes
        leaves_gaps(database)
