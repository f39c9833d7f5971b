"""The thread that works on the file: one transaction for all that wait, nobody taken down by another, and what can go wrong."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.storage.sqlite import SqliteStore
from bot.storage.sqlite_file import patiently
from bot.turn.ports import Stale
from bot.turn.post import Turned, Unavailable
from tests.storage.samples import LANE, SEAT, SOME, Gate, arrived, one_turn, said, texts_unsent, turned

pytestmark = pytest.mark.asyncio(loop_scope="function")


async def _together(store: SqliteStore, *work: Callable[[], object]) -> list[object]:
    """Lets the thread find all this work waiting at once."""
    gate = Gate("put_off.before_commit")
    holding = asyncio.ensure_future(store.put_off(0, 0.0))
    await asyncio.to_thread(gate.reached.wait, 10)
    tasks = [asyncio.ensure_future(one()) for one in work]  # type: ignore[call-overload]
    await asyncio.sleep(0)
    gate.open.set()
    results: list[object] = await asyncio.gather(*tasks, return_exceptions=True)
    await holding
    return results


async def test_what_waits_together_is_committed_together(sqlite: SqliteStore) -> None:
    """A hundred saves that wait share one transaction."""
    commits: list[int] = []
    sqlite._writer._database.set_trace_callback(lambda statement: commits.append(1) if statement == "COMMIT" else None)
    results = await _together(
        sqlite, *(lambda number=number: sqlite.save(f"s{number}", SOME._replace(id=f"c{number}"), 0) for number in range(100))
    )
    assert results == [1] * 100
    assert len(commits) == 2


async def test_a_job_that_fails_takes_no_other_with_it(sqlite: SqliteStore) -> None:
    """Of those that share a transaction, the stale one and the impossible one are told so; the others are stored, whole."""
    ids = await arrived(sqlite, 1, 2, 3)
    results = await _together(
        sqlite,
        lambda: sqlite.finish(ids[0], turned(SOME, 0, "first"), 1000.0),
        lambda: sqlite.finish(ids[1], turned(SOME, 5, "stale"), 1000.0),
        lambda: sqlite.receive([(9, "{}"), (1 << 70, "{}")], 1000.0),
        lambda: sqlite.finish(ids[2], turned(SOME._replace(id="two"), 0, "third"), 1000.0),
        lambda: sqlite.current(SEAT),
    )
    assert isinstance(results[1], Stale)
    assert isinstance(results[2], OverflowError)
    assert [isinstance(result, Exception) for result in results] == [False, True, True, False, False]
    assert await texts_unsent(sqlite) == ["first", "third"]
    assert [one.update_id for one in await sqlite.waiting(0, 10)] == [2]


async def test_the_loop_goes_on_while_the_database_works(sqlite: SqliteStore) -> None:
    """Waiting for the disk, or for another process, never holds up the event loop."""
    gate = Gate("save.before_commit")
    saving = asyncio.ensure_future(sqlite.save("a", SOME, 0))
    await asyncio.to_thread(gate.reached.wait, 10)
    for _ in range(100):
        await asyncio.sleep(0)
    assert not saving.done()
    gate.open.set()
    assert await saving == 1


async def test_nobody_is_told_before_the_commit(tmp_path: Path, sqlite: SqliteStore) -> None:
    """Until then another reader sees nothing, and whoever asked still waits."""
    gate = Gate("save.before_commit")
    saving = asyncio.ensure_future(sqlite.save("a", SOME, 0))
    await asyncio.to_thread(gate.reached.wait, 10)
    reader = sqlite3.connect(tmp_path / "bot.db")
    assert reader.execute("SELECT count(*) FROM conversation").fetchone() == (0,)
    assert not saving.done()
    gate.open.set()
    await saving
    assert reader.execute("SELECT count(*) FROM conversation").fetchone() == (1,)
    reader.close()


async def test_one_who_stops_waiting_harms_nobody(sqlite: SqliteStore) -> None:
    """A cancelled turn may or may not be stored; the next one works."""
    gate = Gate("save.before_commit")
    saving = asyncio.ensure_future(sqlite.save("a", SOME, 0))
    await asyncio.to_thread(gate.reached.wait, 10)
    saving.cancel()
    gate.open.set()
    with pytest.raises(asyncio.CancelledError):
        await saving
    assert await sqlite.save("b", SOME._replace(id="two"), 0) == 1


async def test_another_process_may_hold_the_database_for_a_while(tmp_path: Path, sqlite: SqliteStore) -> None:
    """A second writer holds it for a second: whoever waits is served afterwards, and told of no error."""
    other = sqlite3.connect(tmp_path / "bot.db", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    (threading.Timer(1.0, lambda: other.execute("COMMIT"))).start()
    assert await asyncio.gather(*(sqlite.save(f"s{one}", SOME._replace(id=f"c{one}"), 0) for one in range(10))) == [1] * 10
    other.close()


async def test_a_database_held_for_too_long_is_unavailable(tmp_path: Path, sqlite: SqliteStore) -> None:
    """Then whoever writes is told, nothing is half done, reading goes on, and later it works again."""
    sqlite._writer._database.execute("PRAGMA busy_timeout = 1")
    (incoming,) = await arrived(sqlite, 1)
    other = sqlite3.connect(tmp_path / "bot.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    results = await asyncio.gather(
        sqlite.finish(incoming, turned(SOME, 0, "a"), 1000.0), sqlite.waiting(0, 10), sqlite.save("b", SOME, 0), return_exceptions=True
    )
    assert isinstance(results[0], Unavailable)
    assert isinstance(results[1], list)
    assert isinstance(results[2], Unavailable)
    other.execute("COMMIT")
    other.close()
    assert len(await sqlite.finish(incoming, turned(SOME, 0, "a"), 1000.0)) == 1


async def test_a_full_disk_stores_nothing_by_halves(sqlite: SqliteStore) -> None:
    """Whoever does not fit is told; what was confirmed is there; and when there is space, all goes on."""
    sqlite._writer._database.execute("PRAGMA max_page_count = 40")
    confirmed: list[int] = []
    refused: list[int] = []
    number = 0
    while len(refused) < 50:
        batch = range(number, number + 10)
        number += 10
        try:
            await sqlite.receive([(one, f'{{"update_id": {one}}}') for one in batch], 1000.0)
        except Unavailable:
            refused += batch
            continue
        turns = [Turned(f"s{one}", LANE, SOME._replace(id=f"c{one}"), 0, [said(f"{one}", seat=f"s{one}")]) for one in batch]
        waits = await sqlite.waiting(0, 10)
        results = await asyncio.gather(
            *(sqlite.finish(row.id, turn, 1000.0) for row, turn in zip(waits, turns, strict=True)), return_exceptions=True
        )
        assert all(isinstance(result, list | Unavailable) for result in results)
        confirmed += [one for one, result in zip(batch, results, strict=True) if isinstance(result, list)]
        refused += [one for one, result in zip(batch, results, strict=True) if not isinstance(result, list)]
        for row, result in zip(waits, results, strict=True):
            if not isinstance(result, list):
                await sqlite.finish(row.id, None, 1000.0)
    assert sorted(int(text) for text in await texts_unsent(sqlite)) == confirmed
    assert (await sqlite.figures())["conversations"] == len(confirmed) > 10
    sqlite._writer._database.execute("PRAGMA max_page_count = 100000")
    await one_turn(sqlite, 1_000_000, Turned("later", LANE, SOME._replace(id="later"), 0, [said("-1")]))
    assert (await sqlite.figures())["conversations"] == len(confirmed) + 1


async def test_a_commit_that_fails_fails_for_all_and_stores_nothing(sqlite: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that gives out at the last step: every writer of the transaction is told, readers are not; then all goes on."""
    ids = await arrived(sqlite, 1, 2)
    commits = iter((False, True))

    def failing_second(database: sqlite3.Connection, statement: str, tries: int) -> None:
        if statement == "COMMIT" and next(commits, False):
            raise sqlite3.OperationalError("disk I/O error")
        patiently(database, statement, tries)

    monkeypatch.setattr("bot.storage.sqlite_writer.patiently", failing_second)
    results = await _together(
        sqlite,
        lambda: sqlite.finish(ids[0], turned(SOME, 0, "a"), 1000.0),
        lambda: sqlite.finish(ids[1], turned(SOME._replace(id="two"), 0, "b"), 1000.0),
        lambda: sqlite.waiting(0, 10),
    )
    assert [isinstance(result, Unavailable) for result in results] == [True, True, False]
    assert await sqlite.figures() == {"waiting": 2, "parked": 0, "unsent": 0, "conversations": 0}
    assert len(await sqlite.finish(ids[0], turned(SOME, 0, "a"), 1000.0)) == 1


async def test_closing_does_what_waits_first(tmp_path: Path) -> None:
    """Nothing that was asked for before is lost; whoever asks afterwards is told; closing twice is fine."""
    store = SqliteStore(tmp_path / "bot.db", durable=False)
    saving = [asyncio.ensure_future(store.save(f"s{one}", SOME._replace(id=f"c{one}"), 0)) for one in range(600)]
    await asyncio.sleep(0)
    await store.close()
    assert await asyncio.gather(*saving) == [1] * 600
    await store.close()
    with pytest.raises(Unavailable, match="closed"):
        await store.current("s1")
