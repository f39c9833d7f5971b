"""Erasing: what a person wrote is gone from every table when they say so, and from every byte of the files."""

import random
import sqlite3
from pathlib import Path

import pytest

from bot.model.conversation import Answer, Conversation
from bot.storage.sqlite import SqliteStore
from bot.turn.post import TRIES, Post, Shown, Turned
from tests.storage.samples import HOURS_72, LANE, SEAT, SOME, WEEK, arrived, one_turn, said, turned

pytestmark = pytest.mark.asyncio(loop_scope="function")
CANARY = "canary-7f3a-bird"
PRIVATE = SOME._replace(answers=(Answer("goal", text=CANARY),), touched=1000)


async def _fill(post: Post, seat: str, lane: str, update_id: int) -> None:
    """A conversation, a parcel, a failed and a parked update of this seat, all with the canary in them."""
    await one_turn(post, update_id, Turned(seat, lane, PRIVATE._replace(id=f"{seat}/c"), 0, [said(CANARY, lane, seat)]))
    await post.receive([(update_id + 1, f'"{CANARY}"'), (update_id + 2, f'"{CANARY}"')], 1000.0)
    *_, failing, parking = await post.waiting(0, 100)
    await post.failed(failing.id, seat, CANARY, 1000.0)
    for _ in range(TRIES):
        await post.failed(parking.id, seat, CANARY, 1000.0)
    await post.sent(0, lane, Shown(1, 2, "d"), None, 1000.0)


async def test_forgetting_erases_the_post_of_a_seat_too(post: Post) -> None:
    """Its parcels, its failed and its parked updates, and what its chat shows; nothing of anybody else."""
    await _fill(post, "a", "la", 10)
    await _fill(post, "b", "lb", 20)
    await post.park((await arrived(post, 30))[0], "", "nobody's", 1000.0)
    assert await post.forget("a") == 1
    assert await post.figures() == {"waiting": 1, "parked": 2, "unsent": 1, "conversations": 1}
    assert await post.load("a", "la") == (None, Shown())
    kept, shown = await post.load("b", "lb")
    assert kept is not None
    assert shown == Shown(1, 2, "d")
    assert await post.forget("") == 0
    assert len(await post.parked()) == 2


@pytest.mark.parametrize("how", ["command", "turn"])
async def test_what_a_person_wrote_in_groups_goes_with_their_private_chat(post: Post, how: str) -> None:
    """Failed and parked updates, and what waits to be sent to them: in groups, in topics, in inline mode; of nobody whose number ends alike."""
    theirs, others = (
        ("chat:-5:u7", "chat:-5:t3:u7", "inline:u7", "guest:u7"),
        ("chat:-5:u17", "chat:-5:c7", "chat:-5:u7:x", "chat:-7", "chat:17"),
    )
    for number, seat in enumerate((*theirs, *others)):
        await _fill(post, seat, f"lane {seat}", 10 * number)
    (incoming,) = await arrived(post, 990)
    if how == "command":
        await post.forget("chat:7")
    else:
        await post.finish(incoming, Turned("chat:7", "chat:7", forget=True), 1001.0)
    left = len(others)
    assert len(await post.parked()) == left
    assert {one.seat for one in await post.unsent(0, 99)} == set(others)
    assert len([one for one in await post.waiting(0, 99) if CANARY in one.raw]) == left


async def test_a_lane_that_others_are_in_keeps_what_it_shows(post: Post) -> None:
    """In a group one person forgets; the others' card stays."""
    await _fill(post, "a", "group", 10)
    await _fill(post, "b", "group", 20)
    await post.forget("a")
    assert (await post.load("b", "group"))[1] == Shown(1, 2, "d")


async def test_a_turn_can_forget_and_say_farewell(post: Post) -> None:
    """One step: all of the seat is gone, the farewell waits to be sent, the update is done. The chat's card stays for that."""
    await _fill(post, SEAT, LANE, 10)
    (incoming,) = await arrived(post, 40)
    (farewell,) = await post.finish(incoming, Turned(SEAT, LANE, PRIVATE, 1, [said("Gone.")], forget=True), 1001.0)
    assert await post.unsent(0, 10) == [farewell]
    assert await post.load(SEAT, LANE) == (None, Shown(1, 2, "d"))
    assert await post.figures() == {"waiting": 0, "parked": 0, "unsent": 1, "conversations": 0}
    await post.sent(farewell.id, LANE, Shown(1, 3, "e"), None, 1002.0)
    await post.purge(1003.0, WEEK)
    assert await post.load(SEAT, LANE) == (None, Shown())


async def test_an_update_that_failed_can_still_be_the_one_that_forgets(post: Post) -> None:
    """It is itself among what is erased, and done."""
    (incoming,) = await arrived(post, 1)
    await post.failed(incoming, SEAT, "boom", 1000.0)
    assert len(await post.finish(incoming, Turned(SEAT, LANE, None, 0, [said("Gone.")], forget=True), 1001.0)) == 1
    assert await post.waiting(0, 10) == []


async def test_conversations_are_purged_when_their_time_is_up(post: Post) -> None:
    """Those not touched for so long go, in every seat; the others stay, and what their chats show."""
    for number in range(1203):
        await post.save(f"s{number}", SOME._replace(id=f"c{number}", touched=1000 + number % 2 * 500), 0)
    await post.save("also", SOME._replace(id="c0", touched=1000), 1)
    assert await post.purge(1600.0, 600.0) == 0
    assert await post.purge(1601.0, 600.0) == 602
    assert await post.current("s0") is None
    assert await post.current("also") is None
    assert await post.current("s1") is not None
    assert (await post.figures())["conversations"] == 601
    assert await post.purge(1601.0, 600.0) == 0


async def test_a_purge_keeps_what_a_lane_shows_while_something_is_on_its_way(post: Post) -> None:
    """A farewell may still edit the card."""
    await post.sent(0, LANE, Shown(1, 2, "d"), None, 1000.0)
    (parcel,) = await post.send([said("Gone.")], 1000.0)
    await post.purge(1001.0, WEEK)
    assert (await post.load("", LANE))[1] == Shown(1, 2, "d")
    await post.sent(parcel.id, LANE, None, None, 1000.0)
    await post.purge(1001.0, WEEK)
    assert (await post.load("", LANE))[1] == Shown()


def _bytes(folder: Path) -> bytes:
    """Every byte of every file of the database."""
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


@pytest.mark.parametrize("how", ["forget", "turn", "purge", "drop"])
async def test_not_a_byte_of_what_was_erased_is_left(tmp_path: Path, sqlite: SqliteStore, how: str) -> None:
    """Neither in the file nor in the log beside it, while the bot goes on running."""
    await _fill(sqlite, SEAT, LANE, 10)
    assert CANARY.encode() in _bytes(tmp_path)
    if how in {"forget", "drop"}:
        for parked in await sqlite.parked() if how == "drop" else ():
            await sqlite.drop(parked.id)
        await sqlite.forget(SEAT)
    elif how == "turn":
        (incoming,) = await arrived(sqlite, 40)
        await sqlite.finish(incoming, Turned(SEAT, LANE, PRIVATE, 1, [said("Gone.")], forget=True), 1001.0)
    else:
        for waits in await sqlite.waiting(0, 100):
            await sqlite.finish(waits.id, None, 1000.0)
        await sqlite.unreachable(LANE)
        await sqlite.purge(1000.0 + HOURS_72 + WEEK, WEEK)
    assert CANARY.encode() not in _bytes(tmp_path)


async def test_not_a_byte_is_left_of_what_a_turn_emptied(tmp_path: Path, sqlite: SqliteStore) -> None:
    """Neither in the file nor in the log beside it."""
    await one_turn(sqlite, 1, Turned(SEAT, LANE, PRIVATE))
    assert CANARY.encode() in _bytes(tmp_path)
    await one_turn(sqlite, 2, Turned("", "", emptied=[Conversation(PRIVATE.id, "interview", touched=1000)]))
    assert CANARY.encode() not in _bytes(tmp_path)


async def test_a_done_update_leaves_no_text_in_any_table(tmp_path: Path, sqlite: SqliteStore) -> None:
    """Its raw text is erased with the turn, and a parcel when it is ticked off."""
    await sqlite.receive([(1, f'"{CANARY}"'), (2, f'"{CANARY}"'), (3, f'"{CANARY}"')], 1000.0)
    first, second, third = await sqlite.waiting(0, 10)
    (parcel,) = await sqlite.finish(first.id, turned(SOME, 0, CANARY), 1000.0)
    await sqlite.finish(second.id, None, 1000.0)
    await sqlite.finish_many([third.id], 1000.0)
    await sqlite.sent(parcel.id, LANE, None, None, 1000.0)
    database = sqlite3.connect(tmp_path / "bot.db")
    assert not [line for line in database.iterdump() if CANARY in line]
    database.close()


def _private(id_: str, repeats: int) -> Conversation:
    return PRIVATE._replace(id=id_, answers=(Answer("goal", text=CANARY * repeats),) if repeats else ())


async def test_copies_that_moving_rows_left_behind_go_too(tmp_path: Path, sqlite: SqliteStore) -> None:
    """SQLite leaves copies in the gaps of pages when rows grow and move (here thirty); the file is written anew, and they are gone."""
    dice = random.Random(3)
    held: list[tuple[str, int]] = []
    for number in range(400):
        id_ = f"{dice.getrandbits(64):016x}"
        held.append((id_, await sqlite.save(f"s{number}", _private(id_, dice.randint(1, 40)), 0)))
        other = dice.choice(range(len(held)))
        id_, version = held[other]
        held[other] = id_, await sqlite.save(f"s{other}", _private(id_, dice.randint(1, 60)), version)
    for number, (id_, version) in enumerate(held):
        if number % 6:
            await sqlite.forget(f"s{number}")
        else:
            await sqlite.save(f"s{number}", _private(id_, 0), version)
    await sqlite.forget("nobody")
    assert CANARY.encode() not in _bytes(tmp_path)


async def test_a_big_file_is_written_anew_once_a_day(tmp_path: Path, sqlite: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forgetting overwrites and empties the log at once; the gaps of a big file wait for the daily purge."""
    monkeypatch.setattr("bot.storage.sqlite_file.SMALL_BYTES", 0)
    await _fill(sqlite, SEAT, LANE, 10)

    async def gaps() -> bool:
        await sqlite.figures()
        database = sqlite3.connect(tmp_path / "bot.db")
        found = database.execute("SELECT count(*) FROM meta WHERE name = 'gaps'").fetchone()[0]
        database.close()
        return bool(found)

    await sqlite.forget(SEAT)
    assert CANARY.encode() not in _bytes(tmp_path)
    assert await gaps()
    await sqlite.purge(1_000_000.0, WEEK)
    assert not await gaps()
    await sqlite.forget(SEAT)
    await sqlite.purge(1_000_000.0 + 3600, WEEK)
    assert await gaps()
    await sqlite.purge(1_000_000.0 + 24 * 3600, WEEK)
    assert not await gaps()


async def test_a_reader_puts_the_wiping_off_and_not_the_forgetting(
    tmp_path: Path, sqlite: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While another program reads the file the log cannot be emptied; it is as soon as that is possible."""
    monkeypatch.setattr("bot.storage.sqlite_writer.WIPE_AGAIN_SECONDS", 0.01)
    await _fill(sqlite, SEAT, LANE, 10)
    reader = sqlite3.connect(tmp_path / "bot.db", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM outbox").fetchone()
    assert await sqlite.forget(SEAT) == 1
    assert await sqlite.current(SEAT) is None
    assert CANARY.encode() in _bytes(tmp_path)
    reader.execute("COMMIT")
    reader.close()
    while CANARY.encode() in _bytes(tmp_path):  # the test's own time limit ends this if it never comes true
        await sqlite.figures()
