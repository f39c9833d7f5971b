"""Upkeep: erasing what has been kept long enough, and a lane that moves. Every function works inside the transaction of its job."""

import sqlite3

from bot.storage.sqlite_file import asks_rewrite, leaves_gaps
from bot.storage.texts import completed, merged, moved
from bot.turn.failpoint import failpoint
from bot.turn.post import KEPT_KINDS, KNOWN_SECONDS, PARKED_SECONDS

SLICE = 500
"""So many conversations are looked at in one go; others have their turn between two."""

REWRITE_SECONDS = 20 * 3600.0

_OF = "{0} = ? OR ({0} >= ? || ':' AND {0} < ? || ';')"  # ";" comes right after ":"


def purge_post(database: sqlite3.Connection, now: float) -> None:
    """Erases ids of updates that are a week old, and parked updates."""
    failpoint("purge.begin")
    database.execute("DELETE FROM seen WHERE seen_at <= ?", (now - KNOWN_SECONDS,))
    if database.execute("DELETE FROM inbox WHERE parked_at <= ?", (now - PARKED_SECONDS,)).rowcount:
        leaves_gaps(database)


def purge_slice(database: sqlite3.Connection, after: str, before: float) -> tuple[int, str | None]:
    """Erases, of the next conversations by id, those last touched before. Returns how many, and the last id looked at (None: done)."""
    ids = [row[0] for row in database.execute("SELECT id FROM conversation WHERE id > ? ORDER BY id LIMIT ?", (after, SLICE))]
    if not ids:
        return 0, None
    query = "DELETE FROM conversation WHERE id > ? AND id <= ? AND touched < ?"
    gone = database.execute(query, (after, ids[-1], before)).rowcount
    if gone:
        leaves_gaps(database)
    return gone, ids[-1] if len(ids) == SLICE else None


def purge_lanes(database: sqlite3.Connection, now: float, before: float) -> None:
    """Erases what is shown where no conversation is left and nothing is on its way; has a big file written anew once a day.

    A board of a group must be found to be kept up to date: it stays as long as there is a record of its lane, and as anything was
    shown on it not too long ago.
    """
    database.execute(
        "DELETE FROM lane WHERE lane NOT IN (SELECT lane FROM held) AND lane NOT IN (SELECT lane FROM outbox)"
        " AND NOT (touched >= ? AND instr(lane, ':b') AND substr(lane, 1, instr(lane, ':b') - 1) IN (SELECT lane FROM record))",
        (before,),
    )
    row = database.execute("SELECT value FROM meta WHERE name = 'rewritten'").fetchone()
    if row is None or abs(now - row[0]) >= REWRITE_SECONDS:
        asks_rewrite(database)
        database.execute("INSERT INTO meta VALUES ('rewritten', ?) ON CONFLICT DO UPDATE SET value = excluded.value", (now,))


def move_lane(database: sqlite3.Connection, old: str, new: str) -> None:
    """Everything of one lane becomes another's, with a new version. What the other has already is kept beside it."""
    failpoint("move_lane.begin")
    if old == new:
        return
    _move_held(database, old, new)
    failpoint("move_lane.after_held")
    _move_records(database, old, new)
    for table, column in (("held", "lane"), ("outbox", "lane"), ("outbox", "seat"), ("inbox", "seat")):
        for key in _keys(database, table, column, old):
            database.execute(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (moved(key, old, new), key))  # noqa: S608
    for key in _keys(database, "lane", "lane", old):
        # A message of the new chat is where it is; what the old chat showed comes along only where nothing is known yet.
        database.execute("UPDATE OR IGNORE lane SET lane = ? WHERE lane = ?", (moved(key, old, new), key))
        database.execute("DELETE FROM lane WHERE lane = ?", (key,))


def _move_records(database: sqlite3.Connection, old: str, new: str) -> None:
    """Re-keys records. Who has loaded one before is too late to store it."""
    of = " OR ".join(f"({_OF.format(column)})" for column in ("id", "lane", "seat"))
    query = f"SELECT kind, id, body, lane, seat FROM record WHERE {of}"  # noqa: S608 - names from this file only
    for kind, id_, body, lane, seat in database.execute(query, (old,) * 9).fetchall():
        target = moved(id_, old, new)
        there = database.execute("SELECT body FROM record WHERE kind = ? AND id = ?", (kind, target)).fetchone() if target != id_ else None
        if there is not None and kind in KEPT_KINDS:
            change = "UPDATE record SET version = version + 1, body = ? WHERE kind = ? AND id = ?"
            database.execute(change, (completed(there[0], body), kind, target))
            database.execute("DELETE FROM record WHERE kind = ? AND id = ?", (kind, id_))
            continue
        # Where the new chat has such a record of its own, the old one keeps its id, and is found by its lane.
        database.execute(
            "UPDATE record SET version = version + 1, id = ?, lane = ?, seat = ? WHERE kind = ? AND id = ?",
            (id_ if there is not None else target, moved(lane, old, new), moved(seat, old, new), kind, id_),
        )


def _keys(database: sqlite3.Connection, table: str, column: str, old: str) -> list[str]:
    query = f"SELECT DISTINCT {column} FROM {table} WHERE {_OF.format(column)}"  # noqa: S608 - names from this file only
    return [row[0] for row in database.execute(query, (old, old, old))]


def _move_held(database: sqlite3.Connection, old: str, new: str) -> None:
    """Moves the seats. A seat that is there already holds both its own and the moved conversations afterwards."""
    taken = {seat: _take_held(database, seat) for seat in _keys(database, "held", "seat", old)}
    moving = {conversation for theirs in taken.values() for conversation, _, _ in theirs}
    database.executemany("UPDATE conversation SET version = version + 1 WHERE id = ?", [(one,) for one in moving])
    for seat, theirs in taken.items():
        target = moved(seat, old, new)
        mine = _take_held(database, target)
        lanes = {conversation: lane for conversation, _, lane in (*theirs, *mine)}
        order = merged([row[:2] for row in mine], [row[:2] for row in theirs])
        database.executemany(
            "INSERT INTO held (seat, conversation, held_at, lane) VALUES (?, ?, ?, ?)",
            [(target, conversation, place, lanes[conversation]) for place, conversation in enumerate(order, start=1)],
        )


def _take_held(database: sqlite3.Connection, seat: str) -> list[tuple[str, int, str]]:
    """Conversation, when it was touched, and lane, of all that the seat holds, oldest first; they are taken out."""
    query = "SELECT c.id, c.touched, h.lane FROM held h JOIN conversation c ON c.id = h.conversation WHERE h.seat = ? ORDER BY h.held_at"
    rows = database.execute(query, (seat,)).fetchall()
    database.execute("DELETE FROM held WHERE seat = ?", (seat,))
    return rows
