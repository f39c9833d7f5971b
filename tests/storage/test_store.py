"""One contract for any store, kept by all of them; and what only a file can do wrong."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio

from bot.model.conversation import Answer, Conversation
from bot.storage.memory import MemoryStore
from bot.storage.sqlite import APPLICATION_ID, NotOurDatabase, SqliteStore
from bot.turn.ports import Stale, Store

MAKERS: dict[str, Callable[[Path], Store]] = {
    "memory": lambda _: MemoryStore(),
    "sqlite": lambda path: SqliteStore(path / "bot.db"),
}
SOME = Conversation("one", "interview", answers=(Answer("partners", ("police",)), Answer("goal", text="🙂 \u202e'; DROP TABLE x; --")))


@pytest_asyncio.fixture(params=MAKERS, loop_scope="function")
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    """Each kind of store, empty."""
    made = MAKERS[request.param](tmp_path)
    yield made
    await made.close()


pytestmark = pytest.mark.asyncio(loop_scope="function")


async def test_what_is_saved_comes_back_equal(store: Store) -> None:
    """A conversation comes back as it was, with its version."""
    assert await store.current("a") is None
    assert await store.save("a", SOME, 0) == 1
    kept = await store.current("a")
    assert kept is not None
    assert (kept.conversation, kept.version) == (SOME, 1)


async def test_an_outdated_save_is_refused(store: Store) -> None:
    """Of two who loaded the same version, the second to save is told so, and changes nothing."""
    await store.save("a", SOME, 0)
    await store.save("a", SOME._replace(turn=1), 1)
    with pytest.raises(Stale):
        await store.save("a", SOME._replace(turn=9), 1)
    with pytest.raises(Stale):
        await store.save("a", SOME._replace(turn=9), 0)
    kept = await store.current("a")
    assert kept is not None
    assert kept.conversation.turn == 1


async def test_a_seat_is_in_the_conversation_it_saved_last(store: Store) -> None:
    """A person may have several conversations; the newest one is current."""
    await store.save("a", SOME, 0)
    await store.save("a", SOME._replace(id="two"), 0)
    kept = await store.current("a")
    assert kept is not None
    assert kept.conversation.id == "two"


async def test_forgetting_erases_all_of_a_seat_and_nothing_of_others(store: Store) -> None:
    """Forget takes every conversation of the seat, except one that another seat shares."""
    await store.save("a", SOME, 0)
    await store.save("a", SOME._replace(id="shared"), 0)
    await store.save("b", SOME._replace(id="shared", turn=1), 1)
    assert await store.forget("a") == 1
    assert await store.current("a") is None
    assert await store.current("b") is not None


async def test_of_many_at_once_exactly_one_wins(store: Store) -> None:
    """Twenty savers of one version: one succeeds, nineteen are told that they came late."""
    await store.save("a", SOME, 0)
    results = await asyncio.gather(*(store.save("a", SOME._replace(turn=one), 1) for one in range(20)), return_exceptions=True)
    assert sum(result == 2 for result in results) == 1
    assert sum(isinstance(result, Stale) for result in results) == 19


async def test_a_file_is_there_after_the_process_ends(tmp_path: Path) -> None:
    """What was saved is read by the next process."""
    first = SqliteStore(tmp_path / "bot.db")
    await first.save("a", SOME, 0)
    await first.close()
    second = SqliteStore(tmp_path / "bot.db")
    kept = await second.current("a")
    await second.close()
    assert kept is not None
    assert kept.conversation == SOME


KILLED = """
import asyncio, sys
from dataclasses import replace
from pathlib import Path
from bot.model.conversation import Conversation
from bot.storage.sqlite import SqliteStore

async def main() -> None:
    store, version = SqliteStore(Path(sys.argv[1])), 0
    while True:
        version = await store.save("a", Conversation("one", "interview", turn=version + 1), version)
        print(version, flush=True)

asyncio.run(main())
"""


async def test_a_killed_process_loses_nothing_it_confirmed(tmp_path: Path) -> None:
    """After kill -9 in the middle of saving, the file holds at least the last version that was confirmed, and is sound."""
    path = tmp_path / "bot.db"
    for _ in range(5):
        path.unlink(missing_ok=True)
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]
        )
        assert process.stdout is not None
        confirmed = 0
        while confirmed < 20:
            confirmed = int(process.stdout.readline())
        os.kill(process.pid, signal.SIGKILL)
        rest = [int(line) for line in process.stdout.read().split()]
        process.wait()
        process.stdout.close()
        store = SqliteStore(path)
        kept = await store.current("a")
        await store.close()
        assert kept is not None
        assert kept.version >= max([confirmed, *rest])
        assert kept.conversation.turn == kept.version


def _foreign(path: Path) -> None:
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE theirs (x)")
    database.close()


def _newer(path: Path) -> None:
    database = sqlite3.connect(path)
    database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    database.execute("PRAGMA user_version = 99")
    database.execute("CREATE TABLE later (x)")
    database.close()


@pytest.mark.parametrize(
    ("spoil", "word"),
    [(lambda path: path.write_bytes(b"not a database " * 400), "damaged"), (_foreign, "another program"), (_newer, "newer version")],
    ids=["garbage", "foreign", "newer"],
)
async def test_a_wrong_file_is_refused_by_name_and_left_alone(tmp_path: Path, spoil: Callable[[Path], None], word: str) -> None:
    """A file that is damaged, not ours or too new is named with the remedy, and not a byte of it changes."""
    path = tmp_path / "other.db"
    spoil(path)
    before = path.read_bytes()
    with pytest.raises(NotOurDatabase, match=word) as refused:
        SqliteStore(path)
    assert "other.db" in str(refused.value)
    assert path.read_bytes() == before
