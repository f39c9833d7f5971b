"""What only a file can do wrong: foreign, damaged, newer, older, held by somebody else, read-only."""

import asyncio
import shutil
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.model.conversation import Answer
from bot.storage.sqlite import APPLICATION_ID, LAYOUT, NotOurDatabase, SqliteStore
from bot.storage.sqlite_file import LAYOUTS, open_file
from bot.turn.post import Unavailable
from tests.storage.samples import SOME, one_turn, texts_unsent, turned

pytestmark = pytest.mark.asyncio(loop_scope="function")
OLD_FILE = Path(__file__).parent / "layout-1.sqlite"
"""Made by the program that wrote layout 1: two conversations in two seats."""


async def test_a_file_is_there_after_the_process_ends(tmp_path: Path) -> None:
    """What was saved is read by the next process, in the same place, in a folder that did not exist before."""
    path = tmp_path / "new" / "bot.db"
    first = SqliteStore(path)
    await one_turn(first, 1, turned(SOME, 0, "hello"))
    await first.close()
    assert [file.name for file in path.parent.iterdir()] == ["bot.db"]
    second = SqliteStore(path)
    kept = await second.current("chat:5:7")
    assert await texts_unsent(second) == ["hello"]
    await second.close()
    assert kept is not None
    assert kept.conversation == SOME


async def test_an_older_file_is_brought_up_to_date(tmp_path: Path) -> None:
    """A file of layout 1 keeps its conversations, and has room for the post."""
    path = tmp_path / "bot.db"
    shutil.copy(OLD_FILE, path)
    for _ in range(2):
        store = SqliteStore(path)
        kept = await store.current("terminal")
        other = await store.current("terminal:b")
        await store.close()
        assert kept is not None
        assert other is not None
        assert (kept.version, kept.conversation.id, other.conversation.id) == (3, "one", "two")
        assert kept.conversation.answer_to("goal") == Answer("goal", text="safer streets 🙂")
    store = SqliteStore(path)
    await one_turn(store, 1, turned(SOME._replace(id="three"), 0, "hello"))
    await store.save("terminal", SOME._replace(turn=3), 3)
    assert await store.figures() == {"waiting": 0, "parked": 0, "unsent": 1, "conversations": 3}
    await store.close()


async def test_boards_of_an_older_file_count_as_shown_now(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Layout 4 knows when something was last shown on a board; of a file of layout 3 none is purged at once."""
    path = tmp_path / "bot.db"
    with monkeypatch.context() as before:
        before.setattr("bot.storage.sqlite_file.LAYOUTS", LAYOUTS[:3])
        before.setattr("bot.storage.sqlite_file.LAYOUT", 3)
        open_file(path, durable=False).close()
    database = sqlite3.connect(path)
    database.execute("INSERT INTO lane (lane, card) VALUES ('chat:-5:br1.1', 4)")
    database.execute("INSERT INTO record VALUES ('round', 'r1', '{}', 'chat:-5', '', 1, ?, ?)", (time.time(), time.time()))
    database.commit()
    database.close()
    store = SqliteStore(path, durable=False)
    for later, card in ((0, 4), (5_000, 4), (20_000, 0)):
        await store.purge(time.time() + later, 10_000)
        assert (await store.load("", "chat:-5:br1.1"))[1].card == card
    await store.close()


async def test_an_upgrade_is_all_or_nothing(tmp_path: Path) -> None:
    """If it cannot be finished, the file is of layout 1 as before, and says why it was refused."""
    path = tmp_path / "bot.db"
    shutil.copy(OLD_FILE, path)
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE outbox (mine)")
    database.close()
    with pytest.raises(NotOurDatabase, match=r"bot\.db"):
        SqliteStore(path)
    database = sqlite3.connect(path)
    assert database.execute("PRAGMA user_version").fetchone() == (1,)
    names = {row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    database.close()
    assert names == {"conversation", "held", "outbox"}


async def test_two_processes_may_open_a_new_file_at_once(tmp_path: Path) -> None:
    """Both get the same database, and both can write."""
    stores = await asyncio.gather(*(asyncio.to_thread(SqliteStore, tmp_path / "bot.db") for _ in range(4)))
    await asyncio.gather(*(store.save(f"s{number}", SOME._replace(id=f"c{number}"), 0) for number, store in enumerate(stores)))
    assert [(await store.figures())["conversations"] for store in stores] == [4] * 4
    for store in stores:
        await store.close()


def _foreign(path: Path) -> None:
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE theirs (x)")
    database.close()


def _newer(path: Path) -> None:
    database = sqlite3.connect(path)
    database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    database.execute(f"PRAGMA user_version = {LAYOUT + 1}")
    database.execute("CREATE TABLE later (x)")
    database.close()


def _unfinished(path: Path) -> None:
    database = sqlite3.connect(path)
    database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    database.execute("CREATE TABLE conversation (x)")
    database.close()


SPOILT: dict[str, tuple[Callable[[Path], object], str]] = {
    "garbage": (lambda path: path.write_bytes(b"not a database " * 400), "damaged"),
    "cut short": (lambda path: path.write_bytes(OLD_FILE.read_bytes()[:6000]), "damaged"),
    "foreign": (_foreign, "another program"),
    "newer": (_newer, "newer version"),
    "unfinished": (_unfinished, "damaged"),
}


@pytest.mark.parametrize(("spoil", "word"), SPOILT.values(), ids=SPOILT)
async def test_a_wrong_file_is_refused_by_name_and_left_alone(tmp_path: Path, spoil: Callable[[Path], None], word: str) -> None:
    """A file that is damaged, not ours or too new is named with the remedy, and not a byte of it changes."""
    path = tmp_path / "other.db"
    spoil(path)
    before = path.read_bytes()
    with pytest.raises(NotOurDatabase, match=word) as refused:
        SqliteStore(path)
    assert "other.db" in str(refused.value)
    assert path.read_bytes() == before


async def _fill(path: Path) -> None:
    store = SqliteStore(path, durable=False)
    for number in range(30):
        await one_turn(store, number, turned(SOME._replace(id=f"c{number}"), 0, "hello"))
        await store.receive([(number + 1000, '{"update_id": 1}')], 1000.0)
    await store.close()


async def _read_all(store: SqliteStore) -> None:
    for read in (store.current("chat:5:7"), store.waiting(0, 100), store.unsent(0, 100), store.parked(), store.figures()):
        try:
            await read
        except (ValueError, Unavailable):
            continue


async def test_a_garbled_file_is_refused_or_read(tmp_path: Path) -> None:
    """At fifty places sixteen bytes are spoilt: the file is refused untouched, or read; nothing else is ever raised."""
    await _fill(tmp_path / "sound.db")
    sound = (tmp_path / "sound.db").read_bytes()
    path = tmp_path / "garbled.db"
    refused = []
    for place in range(50):
        at = place * 12 if place < 10 else place * (len(sound) - 16) // 49
        path.write_bytes(sound[:at] + bytes((place * 37 + one * 11) % 256 for one in range(16)) + sound[at + 16 :])
        before = path.read_bytes()
        try:
            store = SqliteStore(path, durable=False)
        except NotOurDatabase as slip:
            refused.append(("garbled.db" in str(slip), path.read_bytes() == before))
            continue
        await _read_all(store)
        await store.close()
        path.unlink()
    assert len(refused) > 10
    assert set(refused) == {(True, True)}


async def test_a_database_that_somebody_holds_is_not_called_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program has the file for itself: that is said, and nothing about damage."""
    monkeypatch.setattr("bot.storage.sqlite_file.BUSY_SECONDS", 0.01)
    monkeypatch.setattr("bot.storage.sqlite_file.WAL_TRIES", 2)
    path = tmp_path / "bot.db"
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("PRAGMA locking_mode=EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")
    holder.execute("CREATE TABLE x (y)")
    with pytest.raises(NotOurDatabase, match="held by another program"):
        SqliteStore(path)
    holder.close()


async def test_a_folder_in_the_way_is_said_so(tmp_path: Path) -> None:
    """A path that is a folder, and a folder that is a file."""
    with pytest.raises(NotOurDatabase, match="cannot be opened"):
        SqliteStore(tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(NotOurDatabase, match="cannot be opened"):
        SqliteStore(tmp_path / "file" / "bot.db")
