"""One member floods a group; fifty others, there and in private, do not notice."""

from pathlib import Path

import pytest

from bot.sandbox.person import Person
from bot.telegram import sender
from bot.turn.mind import Mind
from tests.telegram.hall import hall

pytestmark = pytest.mark.asyncio
QUESTIONS = ("an MoU", "an SLA", "networking", "a stakeholder", "a MASH")
FLOOD = 500
OTHERS = 50


async def test_a_flood_by_one_member_costs_the_others_nothing(mind: Mind, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Five hundred questions in a minute: one "slow down"; everybody else is answered, in private at once, in the group in its pace."""
    monkeypatch.setattr(sender, "LOOK_EVERY", 0.002)
    async with hall(mind, tmp_path) as here:
        world = here.stage.world
        await here.passes(60)
        before = len(here.bot_said())
        others = [here.stage.person(f"P{number}") for number in range(OTHERS)]
        for other in others:
            here.group.join(other)
        asked: dict[Person, float] = {}
        for number in range(FLOOD):
            await here.member("Bo").send(f"/ask what is {QUESTIONS[number % 5]}?")
            if number % 10 == 0:
                other = others[number // 10]
                in_group = number % 20 == 0
                asked[other] = world.clock()
                await (here.group.member(other) if in_group else other).send(f"/ask what is {QUESTIONS[number % 5]}?")
            await here.rest()
            world.clock.advance(60 / FLOOD)
        await here.settled()
        said = here.bot_said()[before:]
        assert len([one for one in said if "That was a lot" in one.text]) == 1
        times = here.sends()
        assert max(sum(1 for other in times if one <= other < one + 60.0) for one in times) <= 20
        alone = [other for number, other in enumerate(others) if number % 2]
        for other in alone:
            (first, *more) = [one.at for one in world.calls.made if one.chat == other.id and one.method == "sendMessage"]
            assert first == asked[other], "answered at once"
            assert len(more) <= 1
        for number, other in enumerate(others):
            if number % 2 == 0:
                mine = [one for one in here.group.chat.messages.values() if one.sender is other.user]
                after = [one.text for one in said if one.id > mine[0].id]
                assert any("MoU" in text for text in after), "answered in the group, maybe together with others"
        assert here.stage.store is not None
        figures = await here.stage.store.figures()
        assert (figures["waiting"], figures["unsent"], figures["parked"]) == (0, 0, 0)
