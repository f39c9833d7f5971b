"""From a group into the private chat, and back with the result if the person says yes."""

import asyncio
import json
from pathlib import Path

import pytest

from bot.sandbox.pressing import buttons_of
from bot.turn.mind import Mind
from tests.telegram.gathering import DAY, Gathering, gathering

pytestmark = pytest.mark.asyncio


async def through(made: Gathering, name: str = "Bob") -> None:
    """By the group's button into private, and to the result; the goal is in the person's own words."""
    await made.writes("Ann", f"/start@{made.stage.account.username}")
    await made.opens(name)
    for step in ("o:partners:police:+", "a:done:partners"):
        await made.people[name].forge(made.card(name), step)
        await made.settled()
    await made.types(name, "quieter nights on Hill Street")
    await made.answers(name)


@pytest.mark.parametrize("text", ["/start@helper_bot", "/new", "/start"])
async def test_a_group_is_led_into_private(mind: Mind, tmp_path: Path, text: str) -> None:
    """One message with a button, which opens the interview."""
    async with gathering(mind, tmp_path, 2) as made:
        before = len(made.messages())
        await made.writes("Ann", text)
        assert len(made.messages()) == before + 1
        await made.opens("Bob")
        assert "Who is working with you" in made.last("Bob").text


async def test_the_group_is_told_if_the_person_says_yes(mind: Mind, tmp_path: Path) -> None:
    """Once, with the type and one reason; what they typed stays with them; before that they read what will be posted."""
    async with gathering(mind, tmp_path, 2) as made:
        await through(made)
        before = len(made.messages())
        await made.taps("Bob", "Post it in my group")
        asked = made.last("Bob").text
        assert len(made.messages()) == before
        await made.taps("Bob", "Yes, post it")
        told = made.messages()[before:]
        assert [one.text in asked for one in told] == [True]
        assert "Inter-agency" in told[0].text
        assert "quieter" not in made.transcript()
        assert "url" in buttons_of(told[0])[0]
        assert "Done" in made.hears("Bob")
        assert "Post it in my group" not in [one["text"] for one in buttons_of(made.card("Bob"))]


async def test_a_double_yes_posts_once(mind: Mind, tmp_path: Path) -> None:
    """And so does a forged one afterwards."""
    async with gathering(mind, tmp_path, 2) as made:
        await through(made)
        await made.taps("Bob", "Post it in my group")
        card = made.card("Bob")
        await asyncio.gather(*(made.people["Bob"].press(card, "Yes, post it") for _ in range(2)))
        await made.settled()
        await made.people["Bob"].forge(made.card("Bob"), "b:tell:yes")
        await made.settled()
        assert made.transcript().count("One of you has looked") == 1


@pytest.mark.parametrize("no", ["No, keep it to myself", "2"])
async def test_no_means_no(mind: Mind, tmp_path: Path, no: str) -> None:
    """Pressed or typed: nothing is posted, and the result is there again."""
    async with gathering(mind, tmp_path, 2) as made:
        await through(made)
        before = len(made.messages())
        await made.taps("Bob", "Post it in my group")
        await made.types("Bob", no)
        assert len(made.messages()) == before
        assert "Your type" in made.last("Bob").text


async def test_yes_can_be_typed(mind: Mind, tmp_path: Path) -> None:
    """As the number of the button."""
    async with gathering(mind, tmp_path, 2) as made:
        await through(made)
        await made.taps("Bob", "Post it in my group")
        await made.types("Bob", "1")
        assert "One of you has looked" in made.said()


async def test_who_did_not_come_from_a_group_is_not_asked(mind: Mind, tmp_path: Path) -> None:
    """And a forged button posts nothing anywhere."""
    async with gathering(mind, tmp_path, 2) as made:
        await made.people["Bob"].open_link()
        await made.settled()
        await made.answers("Bob")
        before = len(made.messages())
        assert "Post it in my group" not in [one["text"] for one in buttons_of(made.card("Bob"))]
        await made.people["Bob"].forge(made.card("Bob"), "b:tell:yes")
        await made.settled()
        await made.people["Bob"].forge(made.card("Bob"), "b:tell:yes")
        await made.settled()
        assert len(made.messages()) == before


async def test_a_group_that_cannot_be_told_is_not(mind: Mind, tmp_path: Path) -> None:
    """The bot was removed meanwhile: the person hears of it, and keeps their result."""
    async with gathering(mind, tmp_path, 2) as made:
        await through(made)
        await made.member("Ann").kick(made.stage.account)
        await made.settled()
        await made.taps("Bob", "Post it in my group")
        await made.taps("Bob", "Yes, post it")
        assert "cannot write in that group" in made.hears("Bob")
        assert "Your type" in made.last("Bob").text


async def test_the_topic_it_began_in_is_told(mind: Mind, tmp_path: Path) -> None:
    """Not the general one."""
    async with gathering(mind, tmp_path, 2, is_forum=True) as made:
        topic = made.group.topic("Park")
        await made.writes("Ann", "/new", topic)
        await made.opens("Bob")
        await made.answers("Bob")
        await made.taps("Bob", "Post it in my group")
        await made.taps("Bob", "Yes, post it")
        assert (made.messages()[-1].thread, "One of you has looked" in made.said()) == (topic, True)


async def test_the_link_leads_back_after_the_group_got_another_id(mind: Mind, tmp_path: Path) -> None:
    """And says nothing by itself: it is a name without a meaning."""
    async with gathering(mind, tmp_path, 2, kind="group") as made:
        await through(made)
        (visit,) = await made.records("visit")
        assert str(made.group.id).lstrip("-") not in visit.id
        made.group = await made.group.upgrade()
        await made.settled()
        await made.taps("Bob", "Post it in my group")
        await made.taps("Bob", "Yes, post it")
        assert "One of you has looked" in made.said()


async def test_one_link_for_a_group_and_an_old_one_is_kept_in_use(mind: Mind, tmp_path: Path) -> None:
    """So that buttons do not stop working after as long as conversations are kept."""
    async with gathering(mind, tmp_path, 2) as made:
        for _ in range(2):
            await made.writes("Ann", "/new")
        (before,) = await made.records("visit")
        await made.later(31 * DAY)
        await made.writes("Ann", "/new")
        (after,) = await made.records("visit")
        assert (after.id, json.dumps(after.body) != json.dumps(before.body)) == (before.id, True)
