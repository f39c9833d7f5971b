"""Keeps conversations in one SQLite file, written by one thread.

WAL with `synchronous=FULL`: what was saved survives a crash of the process and a loss of power. The file says whose it
is (`application_id`) and how it is laid out (`user_version`); a file that is not ours, is damaged, or was laid out by a
newer program is refused by name and never written to.
"""

import asyncio
import json
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from bot.model.conversation import Conversation, conversation_from_json
from bot.turn.ports import Kept, Stale

APPLICATION_ID = 0x50_42_4F_54  # "PBOT"
LAYOUT = 1
BUSY_SECONDS = 5.0

# A seat holds several conversations over time (several projects), and one conversation may be held in several
# seats (a group and its people); `held_at` orders them, the last one is current.
_TABLES = """
CREATE TABLE conversation (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    touched INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE held (
    seat TEXT NOT NULL,
    conversation TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    held_at INTEGER NOT NULL,
    PRIMARY KEY (seat, conversation)
) WITHOUT ROWID;
CREATE INDEX held_conversation ON held (conversation);
"""

T = TypeVar("T")


class NotOurDatabase(Exception):
    """The file cannot be used. The message names it and says what to do."""


class SqliteStore:
    """A store in one file."""

    def __init__(self, path: Path) -> None:
        """Opens or makes the file. Raises NotOurDatabase if it holds something else, or cannot be read."""
        self._path = path
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sqlite")
        try:
            self._database = self._thread.submit(_open, path).result()
        except BaseException:
            self._thread.shutdown()
            raise

    async def current(self, seat: str) -> Kept | None:
        """See `Store.current`."""
        row = await self._run(lambda database: database.execute(_CURRENT, (seat,)).fetchone())
        return Kept(conversation_from_json(json.loads(row[1])), row[0]) if row else None

    async def save(self, seat: str, conversation: Conversation, expected: int) -> int:
        """See `Store.save`."""
        body = json.dumps(conversation.to_json(), ensure_ascii=False, separators=(",", ":"))
        return await self._run(lambda database: _save(database, seat, conversation, body, expected))

    async def forget(self, seat: str) -> int:
        """See `Store.forget`."""
        return await self._run(lambda database: _forget(database, seat))

    async def close(self) -> None:
        """Closes the file and ends the thread."""
        await self._run(lambda database: database.close())
        self._thread.shutdown()

    async def _run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, self._database)


_CURRENT = """
SELECT version, body FROM held JOIN conversation ON conversation.id = held.conversation
WHERE seat = ? ORDER BY held_at DESC LIMIT 1
"""


def _save(database: sqlite3.Connection, seat: str, conversation: Conversation, body: str, expected: int) -> int:
    with database:
        database.execute("BEGIN IMMEDIATE")
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
        database.execute(
            "INSERT INTO held SELECT ?, ?, coalesce(max(held_at), 0) + 1 FROM held WHERE seat = ?"
            " ON CONFLICT DO UPDATE SET held_at = excluded.held_at",
            (seat, conversation.id, seat),
        )
    return expected + 1


def _forget(database: sqlite3.Connection, seat: str) -> int:
    with database:
        database.execute("BEGIN IMMEDIATE")
        gone = database.execute(
            "DELETE FROM conversation WHERE id IN (SELECT conversation FROM held WHERE seat = ?)"
            " AND id NOT IN (SELECT conversation FROM held WHERE seat <> ?)",
            (seat, seat),
        ).rowcount
        database.execute("DELETE FROM held WHERE seat = ?", (seat,))
    # What was erased must not linger in the log beside the file either.
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return gone


def _open(path: Path) -> sqlite3.Connection:
    fresh = not path.exists() or path.stat().st_size == 0
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        database = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    except (OSError, sqlite3.Error) as slip:
        raise NotOurDatabase(f"The database {path} cannot be opened: {slip}. Is the folder there, and may we write in it?") from slip
    try:
        if fresh:
            _make(database)
        _check(database, path)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            database.execute(f"PRAGMA {pragma}")
    except sqlite3.Error as slip:
        database.close()
        remedy = "Move it away to begin with an empty one, or set DATABASE_URL to another file."
        raise NotOurDatabase(f"The database {path} is damaged or is not a database ({slip}). {remedy}") from slip
    except NotOurDatabase:
        database.close()
        raise
    return database


def _make(database: sqlite3.Connection) -> None:
    database.execute("BEGIN IMMEDIATE")
    if database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
        for statement in _TABLES.split(";"):
            database.execute(statement)
        database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        database.execute(f"PRAGMA user_version = {LAYOUT}")
    database.execute("COMMIT")


def _check(database: sqlite3.Connection, path: Path) -> None:
    owner = database.execute("PRAGMA application_id").fetchone()[0]
    layout = database.execute("PRAGMA user_version").fetchone()[0]
    if owner != APPLICATION_ID:
        raise NotOurDatabase(f"The database {path} belongs to another program. Set DATABASE_URL to another file.")
    if layout > LAYOUT:
        wanted = f"layout {layout}; this program knows up to {LAYOUT}"
        raise NotOurDatabase(f"The database {path} was made by a newer version ({wanted}). Install the newer version.")
    found = database.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        remedy = "Restore a backup, or move the file away to begin with an empty one."
        raise NotOurDatabase(f"The database {path} is damaged ({found}). {remedy}")
