"""What is kept of a round: while it is open, when it has closed, and for how long. Looked at in the file, not in the program."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from bot.model.book import Book
from bot.model.conversation import ROUND_MISSED, ROUND_OVER
from bot.sandbox.pressing import buttons_of
from bot.turn.mind import Mind
from bot.turn.rounds import LASTS
from tests.telegram.gathering import DAY, Gathering, gathering
from tests.telegram.test_rounds import SHOW, a_round

pytestmark = pytest.mark.asyncio

GOAL = "quieter nights on Hill Street"
HALF = ("o:partners:funder:+", "a:done:partners")


def tables(folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the file, by table."""
    database = sqlite3.connect(f"file:{folder / 'bot.db'}?mode=ro", uri=True)
    try:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()]
        return {name: database.execute(f"SELECT * FROM {name}").fetchall() for name in names}  # noqa: S608 - names of our own tables
    finally:
        database.close()


def conversations(folder: Path) -> list[dict[str, Any]]:
    """All that are stored, whoever holds them."""
    return [json.loads(row[2]) for row in tables(folder)["conversation"]]


def every_byte(folder: Path) -> bytes:
    """All files of the database, the log too."""
    return b"".join(path.read_bytes() for path in sorted(folder.glob("bot.db*")))


async def half(made: Gathering, name: str) -> None:
    """Opens the link, picks a partner, types the goal, and stops there."""
    await made.opens(name)
    for step in HALF:
        await made.people[name].press(made.card(name), step)
        await made.settled()
    await made.types(name, GOAL)


async def test_nothing_that_is_kept_for_the_group_says_who_answered(mind: Mind, tmp_path: Path) -> None:
    """While it is open: no record knows a number or a name, or what a person typed; only their own chat leads to their part."""
    async with a_round(mind, tmp_path) as made:
        await half(made, "Bob")
        await made.answers("Bob")
        await made.takes_part("Cat")
        kept = tables(tmp_path)
        numbers = [str(person.id) for person in made.people.values()]
        for row in kept["record"]:
            assert not [one for one in (*numbers, *made.people, GOAL) if one in str(row)]
        parts = {(await made.conversation(name)).id for name in ("Bob", "Cat")}
        assert parts == set((await made.records())[0].body["answers"])  # type: ignore[index]
        assert {row[0] for row in kept["held"] if row[1] in parts} == {f"chat:{made.people[name].id}" for name in ("Bob", "Cat")}


async def shown(made: Gathering) -> None:
    """The starter shows the result."""
    await made.presses("Ann", SHOW)


async def by_itself(made: Gathering) -> None:
    """The week is over."""
    await made.later(LASTS)
    await made.until("What you see together")


async def asked_for_late(made: Gathering) -> None:
    """The week is over, and somebody asks before the bot has looked."""
    made.stage.world.clock.advance(LASTS)
    await made.writes("Bob", "/round")


async def opened_late(made: Gathering) -> None:
    """The same, and somebody opens the link."""
    made.stage.world.clock.advance(LASTS)
    await made.opens("Dan")


async def forgotten_late(made: Gathering) -> None:
    """The same, and somebody who has begun wants everything erased."""
    made.stage.world.clock.advance(LASTS)
    await made.types("Eve", "/forget")
    await made.taps("Eve", "Yes, erase it")


@pytest.mark.parametrize("closes", [shown, by_itself, asked_for_late, opened_late, forgotten_late])
async def test_when_it_has_closed_no_single_answer_is_kept(mind: Mind, tmp_path: Path, closes: Any) -> None:
    """However it closes: no part holds an answer any more, complete or half done, and no byte of a text is left."""
    async with a_round(mind, tmp_path) as made:
        await half(made, "Bob")
        await made.answers("Bob")
        for name in ("Ann", "Cat"):
            await made.takes_part(name)
        await half(made, "Eve")
        assert GOAL.encode() in every_byte(tmp_path)
        await closes(made)
        assert "What you see together" in made.transcript()
        (closed,) = await made.records()
        assert closed.body is not None
        assert (closed.body["answers"], closed.body["begun"], closed.body["starter"], closed.body["secret"]) == ({}, [], "", "")
        parts = [one for one in conversations(tmp_path) if one.get("round")]
        assert len(parts) == (3 if closes is forgotten_late else 4)
        assert sorted(one["round"] for one in parts) == [*([] if closes is forgotten_late else [ROUND_MISSED]), *[ROUND_OVER] * 3]
        assert not [one for one in parts if set(one) - {"format", "id", "dialogue", "round", "touched"}]
        assert not [row for row in tables(tmp_path)["record"] for part in parts if part["id"] in str(row)]
        assert GOAL.encode() not in every_byte(tmp_path)


async def test_a_round_that_is_complete_keeps_no_part_either(mind: Mind, tmp_path: Path) -> None:
    """Also that of whoever gave the last answer, in the same turn."""
    async with a_round(mind, tmp_path, 3, "/round 3") as made:
        for name in ("Ann", "Bob", "Cat"):
            await made.takes_part(name)
        assert "What you see together" in made.said()
        assert [one.get("answers") for one in conversations(tmp_path)] == [None] * 3


async def test_who_is_in_the_midst_of_it_is_told_once_that_it_has_closed(mind: Mind, tmp_path: Path) -> None:
    """And what they press below the old question answers nothing of their own project."""
    async with a_round(mind, tmp_path, 4) as made:
        await made.people["Dan"].open_link()
        await made.settled()
        for name in ("Ann", "Bob", "Cat"):
            await made.takes_part(name)
        await made.opens("Dan")
        card = made.card("Dan")
        await made.presses("Ann", SHOW)
        for told in (True, False):
            await made.people["Dan"].forge(card, HALF[0])
            await made.settled()
            assert ("That round is closed now" in made.hears("Dan")) == told
            own = await made.conversation("Dan")
            assert (own.round, own.ticked, own.answers) == ("", None, ())


async def test_all_that_can_be_had_of_a_closed_round_is_that_there_was_one(mind: Mind, tmp_path: Path) -> None:
    """The file of a person says so."""
    async with a_round(mind, tmp_path, 3, "/round 3") as made:
        for name in ("Ann", "Bob", "Cat"):
            await made.takes_part(name)
        await made.types("Bob", "/review")
        await made.types("Bob", "/export")
        (file,) = [one for one in made.people["Bob"].chat.messages.values() if "document" in one.content]
        kept = json.loads(made.stage.world.files.by_id(file.content["document"]["file_id"]).content)
        assert [one.get("round") for one in kept] == [None, ROUND_OVER]
        assert "answers" not in kept[1]


async def test_the_last_picture_is_known_as_long_as_it_is_kept(shipped: Book, tmp_path: Path) -> None:
    """Counted from when the round closed, not from when it began."""
    mind = Mind(shipped, retention_days=90)
    async with a_round(mind, tmp_path, 3) as made:
        for name in ("Ann", "Bob", "Cat"):
            await made.takes_part(name)
        await made.later(7 * DAY)
        await made.until("What you see together")
        await made.later(84 * DAY)
        assert made.stage.store is not None
        await made.stage.store.purge(made.stage.world.clock(), 90 * DAY)
        assert (len(await made.records()), len(await made.records("latest"))) == (1, 1)
        await made.writes("Ann", "/round")
        assert "Your last round" in made.said()


async def test_forgetting_leaves_no_trace_of_a_part_that_was_only_begun(mind: Mind, tmp_path: Path) -> None:
    """Nothing is counted and nothing said in the group, and the round does not know the part any more."""
    async with gathering(mind, tmp_path, 2) as made:
        await made.writes("Ann", "/round")
        await half(made, "Bob")
        part, messages = (await made.conversation("Bob")).id, len(made.messages())
        assert part in (await made.records())[0].body["begun"]  # type: ignore[index]
        await made.types("Bob", "/forget")
        await made.taps("Bob", "Yes, erase it")
        assert part not in str(tables(tmp_path))
        assert len(made.messages()) == messages
        assert len(buttons_of(made.board())) == 2
