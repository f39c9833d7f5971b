"""Inline mode and guest queries, over real HTTP: in chats the bot is no member of."""

from pathlib import Path

import pytest

from bot.telegram import sender
from bot.turn.mind import Mind
from tests.telegram.hall import hall
from tests.telegram.test_asking import ODD

pytestmark = pytest.mark.asyncio


@pytest.fixture(autouse=True)
def _quick_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits looks at the clock often: it only moves when it is told to."""
    monkeypatch.setattr(sender, "LOOK_EVERY", 0.002)


async def test_results_for_whatever_is_typed(mind: Mind, tmp_path: Path) -> None:
    """At most ten, each with a title and two lines, and all that anybody may send; the same for everybody; a way in above them."""
    async with hall(mind, tmp_path, bot=False) as here:
        ann = here.people["Ann"]
        for words in ("", "m", "what is an MoU?", "talk to the police", *ODD.values()):
            found = await ann.inline(words[:256])
            results = await found.results()
            assert len(results) <= 10
            assert len({one["id"] for one in results}) == len(results)
            for one in results:
                assert one["description"]
                assert one["title"] in one["content"]["text"]
        asked = [one for one in here.stage.world.calls.made if one.method == "answerInlineQuery"]
        assert {one.status for one in asked} == {200}
        assert {(one.params["cache_time"], one.params["is_personal"]) for one in asked} == {("300", "false")}
        assert found.query.more["button"]["start_parameter"] == mind.book.start


@pytest.mark.parametrize("words", ["he hits her every night", "i want to end my life", "a man is touching the children"])
async def test_danger_is_the_only_result(mind: Mind, tmp_path: Path, words: str) -> None:
    """Nobody has to look for the number to ring between other things."""
    async with hall(mind, tmp_path, bot=False) as here:
        found = await here.people["Ann"].inline(words)
        (only,) = await found.results()
        assert "999" in only["content"]["text"]
        assert words not in str(only)


async def test_a_query_that_nobody_waits_for_is_not_answered(mind: Mind, tmp_path: Path) -> None:
    """After thirty seconds an inline query is over: no call is made, and nothing is left to be sent."""
    async with hall(mind, tmp_path, bot=False) as here:
        await here.stage.stop()
        await here.people["Ann"].inline("mou")
        here.stage.world.clock.advance(31)
        await here.stage.start()
        await here.settled()
        assert here.stage.store is not None
        assert (await here.stage.store.figures())["unsent"] == 0
        assert not [one for one in here.stage.world.calls.made if one.method == "answerInlineQuery"]


@pytest.mark.parametrize("words", ODD.values(), ids=ODD)
async def test_a_guest_says_one_thing(mind: Mind, tmp_path: Path, words: str) -> None:
    """Whatever it is asked, once, as a reply to whoever summoned it; the group is not remembered."""
    async with hall(mind, tmp_path, bot=False) as here:
        await here.says("Ann", f"@helper_bot {words}"[:4096])
        (said,) = here.bot_said()
        assert said.reply_to is not None
        assert 0 < len(said.text) < 900
        assert here.stage.store is not None
        figures = await here.stage.store.figures()
        assert (figures["conversations"], figures["unsent"]) == (0, 0)
        assert await here.stage.store.records("group") == []


async def test_a_chosen_result_is_left_alone(mind: Mind, tmp_path: Path) -> None:
    """What somebody sends through the bot into a group it is in needs no answer, even if it looks like a question."""
    async with hall(mind, tmp_path) as here:
        before = len(here.bot_said())
        found = await here.member("Ann").inline("what is an MoU?")
        await found.results()
        await found.choose(0)
        await here.settled()
        assert len(here.bot_said()) == before


async def test_the_way_in_leads_to_the_questions(mind: Mind, tmp_path: Path) -> None:
    """The button above the results opens the private chat at the first question."""
    async with hall(mind, tmp_path, bot=False) as here:
        ann = here.people["Ann"]
        found = await ann.inline("mou")
        await found.results()
        await ann.open_link(found.query.more["button"]["start_parameter"])
        await here.settled()
        assert "Who is working with you" in ann.last().text
