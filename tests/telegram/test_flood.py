"""One member floods a group; fifty others, there and in private, do not notice."""

from pathlib import Path

import pytest

from bot.model.topic import Topic
from bot.sandbox.chats import Message
from bot.sandbox.person import Person
from bot.telegram import sender
from bot.turn.asked import SMALL_TALK
from bot.turn.mind import Mind
from tests.telegram.hall import Hall, hall

pytestmark = pytest.mark.asyncio
FLOOD = 500
OTHERS = 50


def topics_of(mind: Mind) -> list[Topic]:
    """Topics that are found by their title: each asked about by one person only, so that nobody else's answer can stand for theirs."""
    return [one for one in mind.book.topics if one.id not in SMALL_TALK and mind.asked.finder.find(one.title).topic is one]


def answers(said: list[Message], topic: Topic) -> list[Message]:
    """The messages in which this topic is answered."""
    return [one for one in said if topic.title in one.text.splitlines()]


def _is_answered(here: Hall, said: list[Message], asked: Message, topic: Topic) -> None:
    """Once, after it was asked: as a reply to this very question, or in one message with others, to somebody who asked just after."""
    (answer,) = answers(said, topic)
    replied = answer.reply_to
    assert answer.id > asked.id
    assert replied is not None
    alone = len([one for one in topics_of(here.stage.mind) if one.title in answer.text.splitlines()]) == 1
    assert replied is asked if alone else replied.id >= asked.id


async def test_a_flood_by_one_member_costs_the_others_nothing(mind: Mind, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Five hundred questions in a minute: one "slow down"; everybody else is answered, in private at once, in the group in its pace."""
    monkeypatch.setattr(sender, "LOOK_EVERY", 0.002)
    async with hall(mind, tmp_path) as here:
        world = here.stage.world
        await here.passes(60)
        before = len(here.bot_said())
        topics = topics_of(mind)
        floods = topics[OTHERS : OTHERS + 5]
        others = [here.stage.person(f"P{number}") for number in range(OTHERS)]
        for other in others:
            here.group.join(other)
        asked: dict[Person, tuple[float, Message]] = {}
        for number in range(FLOOD):
            await here.member("Bo").send(f"/ask {floods[number % 5].title}")
            if number % 10 == 0:
                place = number // 10
                other = others[place]
                in_group = place % 2 == 0
                message = await (here.group.member(other) if in_group else other).send(f"/ask {topics[place].title}")
                asked[other] = world.clock(), message
            await here.rest()
            world.clock.advance(60 / FLOOD)
        await here.settled()
        said = here.bot_said()[before:]
        assert len([one for one in said if "a lot at once" in one.text]) == 1
        times = here.sends()
        assert max(sum(1 for other in times if one <= other < one + 60.0) for one in times) <= 20
        for place, other in enumerate(others):
            moment, message = asked[other]
            if place % 2 == 0:
                _is_answered(here, said, message, topics[place])
                continue
            (first, *more) = [one.at for one in world.calls.made if one.chat == other.id and one.method == "sendMessage"]
            assert first == moment, "answered at once"
            assert len(more) <= 1
        assert here.stage.store is not None
        figures = await here.stage.store.figures()
        assert (figures["waiting"], figures["unsent"], figures["parked"]) == (0, 0, 0)
