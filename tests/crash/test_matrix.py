"""The bot dies at every place it passes, once for each passing; afterwards nobody can tell, but for a message that may come twice.

Of every schedule: no update is lost or taken twice, each conversation, card and keyboard is what it would have been, messages
are in order, every press is answered; a message is repeated only if the death came between its sending and its ticking off.
"""

import asyncio
import random
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.crash.model import Model, once, said, without_time
from tests.crash.oracle import compare
from tests.crash.play import Ending
from tests.crash.scenes import JOINED, SCENES
from tests.crash.schedules import Stagehand, Tally, die_once_everywhere, places

pytestmark = [pytest.mark.usefixtures("_no_waiting"), pytest.mark.timeout(300)]

BOT = Path(__file__).parents[2] / "bot"
EXACT = sorted(SCENES.keys() - {JOINED})
SHOWN_MATTERS = {"old_card", "odd_things", "ticks", "group", "blocked", "partner_round", "together", "into_the_box", JOINED}
"""Scenes in which it matters what the chat shows when somebody presses, or whether anybody is there."""


@pytest.mark.parametrize("scene", EXACT)
def test_no_death_loses_or_doubles_anything(stagehand: Stagehand, scene: str) -> None:
    """Dies at each passing of each place of a scene."""
    names, clean = places(stagehand, scene)
    tally = asyncio.run(die_once_everywhere(stagehand, scene, names, clean))
    print(f"{scene}: {tally.schedules} schedules, {tally.repeats} repeats")
    tally.check()
    assert tally.repeats <= tally.schedules / 2


def test_the_schedules_are_many_and_meet_every_place(stagehand: Stagehand) -> None:
    """At least 2,000 schedules, and no place in the program that none of them dies at."""
    passed = [name for scene in SCENES for name in places(stagehand, scene)[0]]
    print(f"{len(passed)} schedules at {len(set(passed))} places")
    assert len(passed) >= 2_000
    named = {name for path in BOT.rglob("*.py") for name in re.findall(r'failpoint\("([^"]+)"\)', path.read_text(encoding="utf-8"))}
    assert len(named) >= 20
    assert named <= set(passed)


@pytest.mark.parametrize("scene", sorted(SCENES.keys() - SHOWN_MATTERS))
def test_without_a_death_it_is_as_the_mind_says(stagehand: Stagehand, scene: str) -> None:
    """The yardstick itself: conversations, turns and texts are those that the mind gives to the same updates, one after the other."""

    async def check() -> None:
        play, clean = await stagehand.perform(scene)
        model = Model(stagehand.mind, "helper_bot")
        await model.take(play.world.queued)
        found = {lane: without_time(kept) for lane, kept in clean.conversations.items()}
        assert found == {seat: kept for seat, kept in model.conversations.items() if kept}
        assert clean.left["seen"] == len(play.world.queued)
        for lane, texts in model.texts.items():
            assert once(said(clean.lines[lane])) == once(texts)

    asyncio.run(check())


@pytest.mark.parametrize("scene", EXACT)
def test_deaths_in_a_row_do_no_more_harm_than_one(stagehand: Stagehand, scene: str) -> None:
    """Dies two to four times at random places, also while it begins again."""
    names, clean = places(stagehand, scene)
    chance = random.Random(scene)
    tally = Tally()

    async def run() -> None:
        for _ in range(8):
            dies_at = (chance.randint(1, len(names)), *(chance.choice((chance.randint(1, 12), chance.randint(1, 90))) for _ in range(3)))
            play, found = await stagehand.perform(scene, dies_at[: chance.randint(2, 4)])
            tally.add(f"{scene} dies at {dies_at}", *compare(found, clean, play.open))

    asyncio.run(run())
    print(f"{scene}: {tally.schedules} schedules of several deaths, {tally.repeats} repeats")
    tally.check()


def test_no_death_loses_an_answer_that_is_joined_with_others(stagehand: Stagehand) -> None:
    """Whichever answers meet in one message: each is there, and comes again only if it had just been sent."""
    names, clean = places(stagehand, JOINED)
    answered = _answers(clean)
    assert len(answered) == 4, "two of the five questions are the same"

    async def run() -> None:
        for at, name in enumerate(names, start=1):
            play, found = await stagehand.perform(JOINED, (at,))
            assert {**found.left, "seen": 0} == {**clean.left, "seen": 0}, f"dies at {at}, {name}"
            again = _answers(found)
            assert again.keys() == answered.keys(), f"dies at {at}, {name}"
            assert all(count <= 2 + bool(play.open and play.open[0]) for count in again.values()), f"dies at {at}, {name}"

    asyncio.run(run())


def _answers(ending: Ending) -> Counter[str]:
    """What was answered in the group, and how often: by the titles, and what could not be answered."""
    said = "\n".join(text for lines in ending.lines.values() for kind, text, *_ in lines if kind == "message Helper")
    titles = ("What is an MoU?", "What is multi-agency working?", "What is partnership working?", "do not know")
    return Counter({title: said.count(title) for title in titles if title in said})


@pytest.mark.parametrize("scene", ["two_people", "forget"])
def test_the_thread_of_the_database_dies_with_the_process(stagehand: Stagehand, scene: str) -> None:
    """The same with the real thread beside the event loop, which is where most places are: nothing goes on after it died."""
    names, clean = places(stagehand, scene)
    tally = Tally()

    async def run() -> None:
        for at in range(1, len(names) + 1, 11):
            play, found = await stagehand.perform(scene, (at,), threaded=True)
            tally.add(f"{scene} dies at {at}, {play.passed[0][-1]}", *compare(found, clean, play.open))

    asyncio.run(run())
    tally.check()
