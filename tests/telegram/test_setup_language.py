"""The language that a group settles on: where private chats begin that are opened from it. Nothing is claimed beyond that."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.sandbox.pressing import buttons_of
from bot.turn.mind import Mind
from tests.telegram.answering import NEXT, SKIP, asked, boards, press
from tests.telegram.gathering import Gathering, gathering

pytestmark = pytest.mark.asyncio


def bilingual(mind: Mind) -> Mind:
    """A mind whose texts can be read in two languages."""
    return Mind(replace(mind.book, languages={"en": "English", "cy": "Cymraeg"}))


async def settles(made: Gathering, language: str) -> str:
    """Ann, who is an admin, chooses a language; what /setup says then."""
    await made.writes("Ann", "/setup")
    message = made.messages()[-1]
    pressed = await made.presses("Ann", language, message)
    assert pressed.toast is not None
    assert pressed.toast.text == "Changed."
    return message.text


async def speaks(made: Gathering, name: str) -> str:
    """The language of the conversation that somebody is in."""
    return (await made.conversation(name)).language


@pytest.mark.parametrize("command", ["/new", "/round", "/together"])
async def test_who_comes_from_a_group_begins_in_its_language(mind: Mind, tmp_path: Path, command: str) -> None:
    """By the button to the private chat, into a round, to read on; also in a topic. Whatever the language of the phone."""
    async with gathering(bilingual(mind), tmp_path, 2, is_forum=True) as made:
        assert "start in Cymraeg" in await settles(made, "Cymraeg")
        await made.writes("Ann", command, 0 if command == "/together" else made.group.topic("Park"))
        while boards(made):
            label = {"partners": "Police", "working": "Plan and run something together"}.get(await asked(made))
            await press(made, "Ann", *((label, NEXT) if label else (SKIP,)))
        await made.opens("Bob")
        assert await speaks(made, "Bob") == "cy"


async def test_who_speaks_with_us_already_goes_on_in_their_language(mind: Mind, tmp_path: Path) -> None:
    """The choice of a person counts more than that of a group."""
    async with gathering(bilingual(mind), tmp_path, 2) as made:
        await made.people["Bob"].open_link()
        await made.settled()
        await settles(made, "Cymraeg")
        await made.writes("Ann", "/new")
        await made.opens("Bob")
        assert await speaks(made, "Bob") == "en"


async def test_without_a_choice_the_phone_says(mind: Mind, tmp_path: Path) -> None:
    """A group that has not settled on a language makes no difference; nor does one that is not there any more."""
    async with gathering(bilingual(mind), tmp_path, 3) as made:
        made.people["Bob"].user.language_code = made.people["Cat"].user.language_code = "cy"
        await made.writes("Ann", "/new")
        await made.opens("Bob")
        assert await speaks(made, "Bob") == "cy"
        await settles(made, "Cymraeg")
        made.stage.mind = mind
        await made.later(60)
        await made.writes("Ann", "/new")
        await made.opens("Cat")
        assert await speaks(made, "Cat") == "en"


async def test_where_there_is_one_language_nothing_is_offered(mind: Mind, tmp_path: Path) -> None:
    """Neither a line nor a button; an old button says that it means nothing any more."""
    async with gathering(mind, tmp_path, 2) as made:
        await made.writes("Ann", "/setup")
        message = made.messages()[-1]
        assert "English" not in message.text
        assert [one["text"] for one in buttons_of(message)] == ["Let only admins start these"]
        pressed = await made.member("Ann").forge(message, "x:setup:language:en")
        await made.settled()
        assert pressed.toast is not None
        assert pressed.toast.text != "Changed."
