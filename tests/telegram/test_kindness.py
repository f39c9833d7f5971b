"""Small kindnesses: albums, edits that tell of danger, news in the midst of a flood, the language of the phone."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.telegram.allowance import BURST
from bot.turn.mind import Mind
from tests.telegram.stage import Stage, stage

pytestmark = pytest.mark.asyncio


def photo(play: Stage, person: int, message: int, album: str) -> None:
    """One photo of an album arrives."""
    who = {"id": person, "is_bot": False, "first_name": "Ann"}
    body: dict[str, Any] = {
        "message_id": message,
        "date": int(play.world.clock()),
        "chat": {"id": person, "type": "private", "first_name": "Ann"},
    }
    body |= {"from": who, "photo": [{"file_id": "x", "file_unique_id": "x", "width": 1, "height": 1}], "media_group_id": album}
    play.world.queue(play.account, "message", body, person)


async def test_photos_sent_together_get_one_answer(mind: Mind, tmp_path: Path) -> None:
    """Ten photos of one album are one thing a person did; the next album is another."""
    async with stage(mind, tmp_path) as play:
        ann = play.person()
        await ann.command("start")
        await play.settled()
        for number in range(10):
            photo(play, ann.id, 100 + number, "a")
        await play.settled()
        assert sum("cannot look at pictures" in one.text for one in ann.sees()) == 1
        photo(play, ann.id, 200, "b")
        await play.settled()
        assert len(play.world.calls.of("sendMessage")) == 4


async def test_a_changed_message_that_tells_of_danger_gets_the_safety_message(mind: Mind, tmp_path: Path) -> None:
    """Words are looked at for danger however they come."""
    async with stage(mind, tmp_path) as play:
        ann = play.person()
        await ann.command("start")
        first = await ann.send("the council")
        await play.settled()
        await ann.edit(first, "a boy told me that his dad hits him")
        await play.settled()
        assert any("999" in one.text for one in ann.sees())


async def test_a_flood_drowns_no_news(mind: Mind, tmp_path: Path) -> None:
    """Somebody who floods the bot and then blocks it is blocked: nothing more is sent to them."""
    async with stage(mind, tmp_path) as play:
        ann = play.person()
        for _ in range(BURST + 20):
            await ann.send("/help")
        await ann.block()
        await play.settled(30)
        assert play.store is not None
        _, shown = await play.store.load(f"chat:{ann.id}", f"chat:{ann.id}")
        assert shown.unreachable


async def test_a_new_conversation_speaks_the_language_of_the_phone(mind: Mind, tmp_path: Path) -> None:
    """If the dialogues can be read in it; else English."""
    welsh = Mind(replace(mind.book, languages={"en": "English", "cy": "Cymraeg"}))
    async with stage(welsh, tmp_path) as play:
        for name, language, spoken in (("Ann", "cy", "cy"), ("Ben", "cy-GB", "cy"), ("Cat", "fr", "en")):
            person = play.world.person(name, language=language)
            await person.command("start")
            await play.settled()
            assert play.store is not None
            kept = await play.store.current(f"chat:{person.id}")
            assert kept is not None
            assert kept.conversation.language == spoken
