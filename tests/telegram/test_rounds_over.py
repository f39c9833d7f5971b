"""How rounds end in odd moments: just after the last hour, in a topic that is closed, with more people than can be kept."""

from pathlib import Path

import pytest

from bot.turn.mind import Mind
from bot.turn.rounds import LASTS
from tests.telegram.gathering import NAMES, gathering
from tests.telegram.test_rounds import a_round

pytestmark = pytest.mark.asyncio


async def test_who_finishes_after_the_last_hour_still_counts_and_closes_it(mind: Mind, tmp_path: Path) -> None:
    """The bot looks every quarter of an hour whether a round is over; until then people who have begun may end it."""
    async with a_round(mind, tmp_path, 3) as made:
        for name in ("Ann", "Bob"):
            await made.takes_part(name)
        await made.opens("Cat")
        await made.almost("Cat")
        made.stage.world.clock.advance(LASTS)
        await made.people["Cat"].forge(made.card("Cat"), await made.next_press("Cat") or "")
        await made.settled()
        assert "your answers count now" in made.hears("Cat")
        assert "3 of you have answered" in made.said()
        await made.types("Cat", "/review")
        assert "That round is closed now" in made.hears("Cat")


async def test_who_opens_the_link_after_the_last_hour_is_told_the_truth(mind: Mind, tmp_path: Path) -> None:
    """It is closed there and then, and what came out of it is in the group as they are told."""
    async with a_round(mind, tmp_path, 4) as made:
        for name in NAMES[:3]:
            await made.takes_part(name)
        made.stage.world.clock.advance(LASTS)
        await made.opens("Dan")
        assert "That round is closed now" in made.hears("Dan")
        assert "What you see together" in made.said()
        (kept,) = await made.records()
        assert kept.body is not None
        assert kept.body["closed"]
        await made.later(60.0)
        assert made.transcript().count("What you see together") == 1


@pytest.mark.parametrize("what", ["closed", "deleted"])
async def test_a_round_of_a_topic_that_is_gone_shows_its_result_in_the_general_one(mind: Mind, tmp_path: Path, what: str) -> None:
    """Behind a word on why it stands there."""
    async with gathering(mind, tmp_path, 3, is_forum=True) as made:
        topic = made.group.topic("Park")
        await made.writes("Ann", "/round 3", topic)
        board = made.board()
        for name in ("Ann", "Bob"):
            await made.takes_part(name)
        await made.opens("Cat")
        if what == "closed":
            made.group.chat.topics[topic].closed = True
        else:
            del made.group.chat.topics[topic]
            for one in made.group.chat.messages.values():
                one.deleted = one.deleted or one.thread == topic
        await made.answers("Cat")
        assert (made.messages()[-1].thread, made.said().startswith("I cannot write in the topic")) == (0, True)
        assert "3 of you have answered" in made.said()
        assert ("Here is what came out of it" in board.text) == (what == "closed")


async def test_more_people_than_can_be_kept_are_told_kindly(mind: Mind, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has begun may go on and come again."""
    monkeypatch.setattr("bot.turn.rounds.MOST_PARTS", 2)
    async with a_round(mind, tmp_path, 3) as made:
        for name in ("Ann", "Bob", "Cat"):
            await made.opens(name)
        assert "cannot take more" in made.hears("Cat")
        assert "Question 1" not in made.hears("Cat")
        assert not (await made.conversation("Cat")).round
        await made.takes_part("Bob")
        assert "1 of you has" in made.board().text
