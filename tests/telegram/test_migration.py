"""A group becomes a supergroup: its settings go along and nobody is greeted again, whatever the bot hears of first."""

import json
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from bot.turn.mind import Mind
from tests.telegram.gathering import DAY, Gathering, gathering
from tests.telegram.test_rounds_trouble import settings_of

pytestmark = pytest.mark.asyncio
NEW = -1_009_999_999_999
IDS = count(-1_000_000)
HELLO = "Hello! I answer short questions"


async def may_start(made: Gathering, name: str) -> bool:
    """Whether somebody is allowed to start a round."""
    await made.writes(name, "/round")
    return "only admins" not in made.said()


def joined(made: Gathering, chat: int) -> dict[str, Any]:
    """The update by which a bot hears that it is in a chat."""
    me = made.stage.account.user.to_json()
    change = {"old_chat_member": {"user": me, "status": "left"}, "new_chat_member": {"user": me, "status": "member"}}
    return {"my_chat_member": {"chat": {"id": chat, "type": "supergroup", "title": "x"}, "from": _ann(made), "date": 1, **change}}


def migrated(made: Gathering, new: int) -> dict[str, Any]:
    """The update by which a bot hears that a group has got another id."""
    chat = {"id": made.group.id, "type": "group", "title": "x"}
    return {"message": {"message_id": 99, "date": 1, "chat": chat, "from": _ann(made), "migrate_to_chat_id": new}}


def _ann(made: Gathering) -> dict[str, Any]:
    return made.people["Ann"].user.to_json()


async def receives(made: Gathering, *updates: dict[str, Any]) -> None:
    """Updates stand in the inbox; nobody has looked at them yet."""
    assert made.stage.store is not None
    rows = [(next(IDS), json.dumps(update)) for update in updates]
    await made.stage.store.receive(rows, made.stage.world.clock())


@pytest.mark.parametrize("asleep", [False, True], ids=["awake", "asleep"])
@pytest.mark.parametrize("joins_first", [False, True], ids=["the notice first", "the join first"])
async def test_settings_go_along_and_nobody_is_greeted_again(mind: Mind, tmp_path: Path, joins_first: bool, asleep: bool) -> None:
    """The bot hears of the new chat both as a move and as being let in, in either order; while it is up, or when it is back."""
    async with gathering(mind, tmp_path, 3, kind="group") as made:
        await settings_of(made, rounds="admins")
        await made.later(2 * DAY)
        if asleep:
            await made.stage.stop()
        made.group = await made.group.upgrade(joins_first=joins_first)
        if asleep:
            await made.stage.start()
        await made.settled()
        assert HELLO not in made.transcript()
        assert not await may_start(made, "Bob")
        assert await may_start(made, "Ann")
        assert [one.id for one in await made.records("group")] == [f"chat:{made.group.id}"]


async def test_the_notice_may_come_a_moment_after_the_join(mind: Mind, tmp_path: Path) -> None:
    """Who is let into a supergroup waits a little before it says hello, for that."""
    async with gathering(mind, tmp_path, 2, kind="group") as made:
        assert made.stage.service is not None
        assert made.stage.service._at_work is not None
        dispatcher, _ = made.stage.service._at_work

        async def meanwhile() -> None:
            await receives(made, migrated(made, NEW))
            dispatcher.wake()

        dispatcher._turner.desk.joining = meanwhile
        made.stage.world.clock.advance(2 * DAY)
        calls = len(made.stage.world.calls.made)
        await receives(made, joined(made, NEW))
        dispatcher.wake()
        await made.settled()
        assert not [one for one in made.stage.world.calls.made[calls:] if one.chat == NEW]
        assert [one.id for one in await made.records("group")] == [f"chat:{NEW}"]


async def test_a_notice_that_comes_much_later_still_brings_the_settings(mind: Mind, tmp_path: Path) -> None:
    """The bot has said hello by then; what the old group had settled counts all the same."""
    async with gathering(mind, tmp_path, 2, kind="group") as made:
        assert made.stage.service is not None
        assert made.stage.service._at_work is not None
        dispatcher, _ = made.stage.service._at_work
        await settings_of(made, rounds="admins")
        for update in (joined(made, NEW), migrated(made, NEW)):
            await receives(made, update)
            dispatcher.wake()
            await made.settled()
        (settings,) = await made.records("group")
        assert settings.id == f"chat:{NEW}"
        assert settings.body is not None
        assert settings.body["rounds"] == "admins"


async def test_who_is_let_in_again_long_after_a_move_says_hello(mind: Mind, tmp_path: Path) -> None:
    """It has been taken out meanwhile, so this is no part of the move."""
    async with gathering(mind, tmp_path, 2, kind="group") as made:
        made.group = await made.group.upgrade()
        await made.settled()
        await made.member("Ann").kick(made.stage.account)
        await made.later(2 * DAY)
        made.group.join(made.stage.account)
        await made.settled()
        assert made.transcript().count(HELLO) == 1
