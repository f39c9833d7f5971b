"""Telling the group: who may, how often, and that "the group has it" is true when it is said."""

from pathlib import Path

import pytest

from bot.sandbox.faults import Fault, Kind
from bot.sandbox.pressing import buttons_of
from bot.turn.mind import Mind
from tests.telegram.gathering import DAY, Gathering, gathering
from tests.telegram.test_visits import through

pytestmark = pytest.mark.asyncio


async def told(made: Gathering, name: str = "Bob") -> str:
    """What the person hears when they say that the group may be told."""
    await made.taps(name, "Post it in my group")
    await made.taps(name, "Yes, post it")
    return made.hears(name)


async def once_more(made: Gathering, name: str = "Bob") -> str:
    """The same, by the link again: the answers are still there."""
    url = next(button["url"] for one in made.messages() for button in buttons_of(one) if "url" in button)
    await made.people[name].open_link(url.partition("start=")[2])
    await made.settled()
    return await told(made, name)


def posts(made: Gathering) -> int:
    """How often the group was told something."""
    return made.transcript().count("One of you has looked")


@pytest.mark.parametrize("how", ["kicked", "left", "restricted"])
async def test_who_is_not_in_the_group_tells_it_nothing(mind: Mind, tmp_path: Path, how: str) -> None:
    """A link works for ever, so it is looked at who comes by it; somebody who may only read is still in the group."""
    async with gathering(mind, tmp_path, 2) as made:
        await through(made)
        if how == "left":
            await made.member("Bob").leave()
        else:
            await (made.member("Ann").kick if how == "kicked" else made.member("Ann").silence)(made.people["Bob"])
        await made.settled()
        said = await told(made)
        assert ("You are not in that group any more" in said, posts(made)) == ((False, 1) if how == "restricted" else (True, 0))
        assert "Your type" in made.last("Bob").text
        if how != "restricted":
            assert "You are not in that group any more" in await once_more(made)


async def test_who_is_in_two_groups_reads_which_one_will_be_told(mind: Mind, tmp_path: Path) -> None:
    """By the name it has now; if Telegram does not say, it is "the group". The name is kept nowhere."""
    async with gathering(mind, tmp_path, 2) as made:
        await through(made)
        await made.taps("Bob", "Post it in my group")
        assert "Shall I post this in “Hill Street Partners”?" in made.last("Bob").text
        await made.taps("Bob", "No, keep it to myself")
        assert "Hill Street Partners" not in str(await made.records("visit"))
        assert "Hill Street Partners" not in str(await made.conversation("Bob"))
        made.stage.world.faults.add(Fault(Kind.ERROR, "getChat", times=99))
        await made.taps("Bob", "Post it in my group")
        assert "Shall I post this in the group?" in made.last("Bob").text


async def test_a_person_tells_a_group_once_a_day(mind: Mind, tmp_path: Path) -> None:
    """They hear from when they can again, also after a restart; others are not held up by it."""
    async with gathering(mind, tmp_path, 2) as made:
        await through(made)
        assert "Done" in await told(made)
        assert "You can do it again on 16 January 2027" in await once_more(made)
        assert "Post it in my group" in [one["text"] for one in buttons_of(made.card("Bob"))]
        await made.opens("Ann")
        await made.answers("Ann")
        assert "Done" in await told(made, "Ann")
        await made.later(0.9 * DAY)
        assert "less than a day ago" in await told(made)
        await made.later(0.1 * DAY)
        assert "Done" in await told(made)
        assert posts(made) == 3


async def test_topics_of_a_group_share_what_a_person_may_tell_it(mind: Mind, tmp_path: Path) -> None:
    """It is the group that reads it."""
    async with gathering(mind, tmp_path, 2, is_forum=True) as made:
        for title, says in (("Park", "Done"), ("Hall", "less than a day ago")):
            topic = made.group.topic(title)
            await made.writes("Ann", "/new", topic)
            await made.opens("Bob")
            await made.answers("Bob")
            assert says in await told(made)


async def test_if_telegram_does_not_say_who_is_in_the_group_one_post_is_let_through(mind: Mind, tmp_path: Path) -> None:
    """The next, on another day, is not."""
    async with gathering(mind, tmp_path, 2) as made:
        await through(made)
        made.stage.world.faults.add(Fault(Kind.ERROR, "getChatMember", times=99))
        assert "Done" in await told(made)
        await made.later(DAY)
        assert "cannot see whether you are still in that group" in await once_more(made)
        made.stage.world.faults.clear()
        assert "Done" in await once_more(made)


async def test_what_is_kept_of_telling_goes_when_the_person_wants_it(mind: Mind, tmp_path: Path) -> None:
    """One record, with neither their number nor that of the group in it but for their own seat."""
    async with gathering(mind, tmp_path, 2) as made:
        await through(made)
        await told(made)
        (mark,) = await made.records("told")
        assert (mark.seat, mark.lane) == (f"chat:{made.people['Bob'].id}", "")
        assert str(made.group.id).lstrip("-") not in str(mark)
        await made.types("Bob", "/forget")
        await made.taps("Bob", "Yes, erase it")
        assert await made.records("told") == []


@pytest.mark.parametrize("away", ["kicked", "silenced", "closed to all"])
async def test_whether_the_bot_may_write_is_asked_when_it_is_about_to(mind: Mind, tmp_path: Path, away: str) -> None:
    """Also long after: nobody is told that the group has it if it has not."""
    async with gathering(mind, tmp_path, 2) as made:
        await through(made)
        if away == "closed to all":
            made.group.forbid_sending()
        else:
            await (made.member("Ann").kick if away == "kicked" else made.member("Ann").silence)(made.stage.account)
        await made.settled()
        await made.later(DAY)
        assert made.stage.store is not None
        await made.stage.store.purge(made.stage.world.clock(), 180 * DAY)
        assert "cannot write in that group" in await told(made)
        assert posts(made) == 0


async def test_a_bot_that_is_let_in_again_can_be_told_in_every_topic(mind: Mind, tmp_path: Path) -> None:
    """Also where it failed while it was away, and also if Telegram does not say now."""
    async with gathering(mind, tmp_path, 2, is_forum=True) as made:
        topic = made.group.topic("Park")
        await made.writes("Ann", "/new", topic)
        await made.opens("Bob")
        await made.answers("Bob")
        assert made.stage.store is not None
        await made.stage.store.unreachable(f"chat:{made.group.id}:t{topic}")
        await made.member("Ann").kick(made.stage.account)
        await made.settled()
        await made.member("Ann").add(made.stage.account)
        await made.settled()
        made.stage.world.faults.add(Fault(Kind.ERROR, "getChatMember", times=99))
        assert "Done" in await told(made)
        assert (made.messages()[-1].thread, posts(made)) == (topic, 1)


async def test_a_topic_that_is_closed_is_told_in_the_general_one(mind: Mind, tmp_path: Path) -> None:
    """As the person was told that the group has it."""
    async with gathering(mind, tmp_path, 2, is_forum=True) as made:
        topic = made.group.topic("Park")
        await made.writes("Ann", "/new", topic)
        await made.opens("Bob")
        await made.answers("Bob")
        made.group.chat.topics[topic].closed = True
        assert "Done" in await told(made)
        assert (made.messages()[-1].thread, posts(made)) == (0, 1)
