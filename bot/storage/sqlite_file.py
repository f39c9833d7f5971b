"""The file itself: whose it is, how it is laid out, and how an older one is brought up to date.

WAL with `synchronous=FULL`: what was saved survives a crash of the process and a loss of power. The file says whose it
is (`application_id`) and how it is laid out (`user_version`); a file that is not ours, is damaged, or was laid out by a
newer program is refused by name and never written to.
"""

import random
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

APPLICATION_ID = 0x50_42_4F_54  # "PBOT"
LAYOUT = 4
BUSY_SECONDS = 5.0

WAL_TRIES = 50
"""Going over to WAL is asked for so often: SQLite itself does not wait when another process is doing the same."""

WIPE_BUSY_MS = 100
"""So long a wipe waits for others who read or write; then it is put off."""

SMALL_BYTES = 2 << 20
"""A file up to this size is written anew after every erasure."""

# A seat holds several conversations over time (several projects), and one conversation may be held in several
# seats (a group and its people); `held_at` orders them, the last one is current. `lane` is where it was last held.
_CONVERSATIONS = """
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
CREATE INDEX held_conversation ON held (conversation)
"""

# An update is known by `seen` for a week; its text stands in `inbox` until it is done, and then the row is gone. No id
# of a row is ever used again (AUTOINCREMENT), so whoever still holds one cannot meet another's row under it.
_POST = """
ALTER TABLE held ADD COLUMN lane TEXT NOT NULL DEFAULT '';
CREATE TABLE meta (name TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;
CREATE TABLE seen (update_id INTEGER PRIMARY KEY, seen_at REAL NOT NULL);
CREATE TABLE inbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    update_id INTEGER NOT NULL,
    raw TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    error TEXT NOT NULL DEFAULT '',
    seat TEXT NOT NULL DEFAULT '',
    parked_at REAL
);
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    lane TEXT NOT NULL,
    seat TEXT NOT NULL,
    body TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    not_before REAL NOT NULL DEFAULT 0,
    made_at REAL NOT NULL
);
CREATE TABLE lane (
    lane TEXT PRIMARY KEY,
    card INTEGER NOT NULL DEFAULT 0,
    newest INTEGER NOT NULL DEFAULT 0,
    digest TEXT NOT NULL DEFAULT '',
    unreachable INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID
"""

_RECORDS = """
CREATE TABLE record (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    lane TEXT NOT NULL,
    seat TEXT NOT NULL,
    version INTEGER NOT NULL,
    made REAL NOT NULL,
    touched REAL NOT NULL,
    PRIMARY KEY (kind, id)
) WITHOUT ROWID;
CREATE INDEX record_lane ON record (kind, lane)
"""

# When something was last shown in a lane. What was there before counts as shown now.
_LANES = """
ALTER TABLE lane ADD COLUMN touched REAL NOT NULL DEFAULT 0;
UPDATE lane SET touched = CAST(strftime('%s', 'now') AS REAL)
"""

LAYOUTS = (_CONVERSATIONS, _POST, _RECORDS, _LANES)
"""What each layout added to the one before it. Never edit one that was released: add another."""


class NotOurDatabase(Exception):
    """The file cannot be used. The message names it and says what to do."""


def open_file(path: Path, durable: bool = True) -> sqlite3.Connection:
    """Opens or makes the file and brings it up to date. Raises NotOurDatabase, having written nothing, if it cannot be used."""
    fresh = not path.exists() or path.stat().st_size == 0
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        database = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    except (OSError, sqlite3.Error) as slip:
        raise NotOurDatabase(f"The database {path} cannot be opened: {slip}. Is the folder there, and may we write in it?") from slip
    try:
        for pragma in (f"synchronous={'FULL' if durable else 'OFF'}", "foreign_keys=ON", "secure_delete=ON"):
            database.execute(f"PRAGMA {pragma}")
        if fresh:
            _transaction(database, _make)
        _check(database, path)
        patiently(database, "PRAGMA journal_mode=WAL", WAL_TRIES)
        if _number(database, "user_version") < LAYOUT:
            _transaction(database, _upgrade)
    except sqlite3.Error as slip:
        database.close()
        raise NotOurDatabase(_refusal(path, slip)) from slip
    except BaseException:
        database.close()
        raise
    return database


def patiently(database: sqlite3.Connection, statement: str, tries: int) -> None:
    """Does it; if another process is in the way, so many times, each after a little while."""
    for left in reversed(range(tries)):
        try:
            database.execute(statement)
        except sqlite3.OperationalError as slip:
            if not left or slip.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            time.sleep(random.uniform(0.01, 0.1))  # so that two who wait do not meet again
        else:
            return


def wipe(database: sqlite3.Connection) -> bool:
    """Makes the bytes of what was erased vanish from the log, and from the gaps of a small file. False: not now, try again.

    SQLite overwrites what it deletes (`secure_delete`), but when it moves rows from page to page it can leave copies in
    the gaps between them. A file that is written anew has none; that takes 15 ms for each MB, so a big one waits for `purge`.
    """
    try:
        database.execute(f"PRAGMA busy_timeout = {WIPE_BUSY_MS}")
        _rewrite(database)
        busy: int = database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.Error:  # another process writes, or the disk is full: it is erased all the same, the bytes go later
        return False
    finally:
        database.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")
    return not busy


def leaves_gaps(database: sqlite3.Connection) -> None:
    """Notes, in the transaction that erases something, that the file is to be written anew."""
    database.execute("INSERT INTO meta VALUES ('gaps', 1) ON CONFLICT DO NOTHING")


def asks_rewrite(database: sqlite3.Connection) -> None:
    """Asks, in a transaction, that the next wipe writes the file anew however big it is, if there are gaps at all."""
    database.execute("UPDATE meta SET value = 2 WHERE name = 'gaps'")


def _rewrite(database: sqlite3.Connection) -> None:
    gaps = database.execute("SELECT value FROM meta WHERE name = 'gaps'").fetchone()
    if not gaps:
        return
    if gaps[0] > 1 or _number(database, "page_count") * _number(database, "page_size") <= SMALL_BYTES:
        database.execute("VACUUM")
        database.execute("DELETE FROM meta WHERE name = 'gaps'")


def _transaction(database: sqlite3.Connection, work: Callable[[sqlite3.Connection], None]) -> None:
    database.execute("BEGIN IMMEDIATE")
    try:
        work(database)
        database.execute("COMMIT")
    except BaseException:
        if database.in_transaction:
            database.execute("ROLLBACK")
        raise


def _make(database: sqlite3.Connection) -> None:
    if database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
        database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        _upgrade(database)


def _upgrade(database: sqlite3.Connection) -> None:
    # Read again inside the transaction: another process may have been first.
    for addition in LAYOUTS[_number(database, "user_version") :]:
        for statement in addition.split(";"):
            database.execute(statement)
    database.execute(f"PRAGMA user_version = {LAYOUT}")


def _check(database: sqlite3.Connection, path: Path) -> None:
    if _number(database, "application_id") != APPLICATION_ID:
        raise NotOurDatabase(f"The database {path} belongs to another program. Set DATABASE_URL to another file.")
    layout = _number(database, "user_version")
    if layout > LAYOUT:
        wanted = f"layout {layout}; this program knows up to {LAYOUT}"
        raise NotOurDatabase(f"The database {path} was made by a newer version ({wanted}). Install the newer version.")
    found = database.execute("PRAGMA quick_check(1)").fetchone()[0]
    if layout < 1 or found != "ok":
        remedy = "Restore a backup, or move the file away to begin with an empty one."
        raise NotOurDatabase(f"The database {path} is damaged ({found if layout else 'no layout'}). {remedy}")


def _refusal(path: Path, slip: sqlite3.Error) -> str:
    code = getattr(slip, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return f"The database {path} is held by another program ({slip}). Stop that one, or set DATABASE_URL to another file."
    if code in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}:
        return f"The database {path} cannot be written ({slip}). Is there space, and may we write in its folder?"
    remedy = "Move it away to begin with an empty one, or set DATABASE_URL to another file."
    return f"The database {path} is damaged or is not a database ({slip}). {remedy}"


def _number(database: sqlite3.Connection, pragma: str) -> int:
    return int(database.execute(f"PRAGMA {pragma}").fetchone()[0])
