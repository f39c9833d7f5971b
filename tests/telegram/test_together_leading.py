"""Who leads a group that answers together: who moves on, stops and takes up again, and what the others are told."""

from pathlib import Path

import pytest

from bot.sandbox.pressing import buttons_of
from bot.turn.mind import Mind
from tests.telegram.answering import BACK, NEXT, SKIP, STOP, asked, board, boards, labels, press, together
from tests.telegram.gathering import DAY

pytestmark = pytest.mark.asyncio


async def test_only_the_starter_and_administrators_move_on(mind: Mind, tmp_path: Path) -> None:
    """Bob began; Cat cannot move on, Ann can, because the group is hers."""
    async with together(mind, tmp_path, starter="Bob") as made:
        await press(made, "Cat", "Police")
        for name in (NEXT, STOP):
            assert "or an admin" in await press(made, "Cat", name)
        await press(made, "Ann", NEXT)
        await press(made, "Bob", SKIP)
        assert await asked(made) == "shared_goal"


async def test_when_the_starter_left_whoever_voted_moves_on_after_a_day(mind: Mind, tmp_path: Path) -> None:
    """Not before, and not who has not voted."""
    async with together(mind, tmp_path, starter="Bob") as made:
        await press(made, "Cat", "Police")
        await made.member("Bob").leave()
        await made.settled()
        await made.later(DAY - 3_600)
        assert "After a day" in await press(made, "Cat", NEXT)
        await made.later(3_600)
        assert "After a day" in await press(made, "Dan", NEXT)
        await press(made, "Cat", NEXT)
        assert await asked(made) == "goal"


async def test_stopping_keeps_the_answers_and_anyone_can_take_it_up(mind: Mind, tmp_path: Path) -> None:
    """Who types /together again leads from then on; starting again can be taken back."""
    async with together(mind, tmp_path, starter="Bob") as made:
        await press(made, "Bob", "Police", NEXT, STOP)
        assert labels(made) == ["Go on", "Start again"]
        assert "or an admin" in await press(made, "Cat", "Go on")
        await made.writes("Cat", "/together")
        assert len(boards(made)) == 1
        await press(made, "Cat", "Start again")
        assert await asked(made) == "partners"
        await press(made, "Cat", BACK)
        assert await asked(made) == "goal"
        assert "Partners: Police" in board(made).text


async def test_the_board_replies_to_whoever_leads(mind: Mind, tmp_path: Path) -> None:
    """All can see whose it is; also when somebody else asks to see it again, and when somebody else has taken it up."""
    async with together(mind, tmp_path, starter="Bob") as made:
        for name, then, leader in (("Cat", "", "Bob"), ("Dan", STOP, "Dan")):
            if then:
                await press(made, "Bob", then)
            await made.writes(name, "/together")
            replied = board(made).reply_to
            assert replied is not None
            assert replied.sender is not None
            assert (replied.text, replied.sender.first_name) == ("/together", leader)


async def test_who_no_longer_leads_is_told_what_is_true(mind: Mind, tmp_path: Path) -> None:
    """Cat began and stopped, Bob took it up: then Bob leads, and Cat is not told that whoever began moves on."""
    async with together(mind, tmp_path, starter="Cat") as made:
        await press(made, "Cat", "Police", NEXT, STOP)
        assert "To lead from here on, type /together." in board(made).text
        for what in ("Go on", "Start again"):
            assert "To lead from here on, type /together." in await press(made, "Bob", what)
        await made.writes("Bob", "/together")
        await press(made, "Bob", "Go on")
        told = await press(made, "Cat", SKIP)
        assert "The person who typed /together to begin or to go on leads." in told
        assert "started" not in told
        assert await asked(made) == "goal"


@pytest.mark.parametrize("name", ["Bob", "Ann"])
async def test_stop_can_be_typed_by_whoever_leads_and_by_admins(name: str, mind: Mind, tmp_path: Path) -> None:
    """Bob leads, the group is Ann's. The board comes to the bottom, so that all see that it has stopped."""
    async with together(mind, tmp_path, starter="Bob") as made:
        old = board(made)
        await made.writes(name, "/stop")
        assert labels(made) == ["Go on", "Start again"]
        assert made.messages()[-1].id == board(made).id != old.id
        assert len(boards(made)) == 1


async def test_stop_typed_by_others_says_who_can(mind: Mind, tmp_path: Path) -> None:
    """One line, and nothing stops; where nothing goes on, it leads into private as ever."""
    async with together(mind, tmp_path, starter="Bob") as made:
        await made.writes("Cat", "/stop")
        assert made.said() == "Whoever leads can stop this with “Stop here”, and so can an admin."
        assert await asked(made) == "partners"
        assert labels(made)[-1] == STOP
        await press(made, "Bob", STOP)
        await made.writes("Cat", "/stop")
        assert "in private" in made.said()
        assert "url" in buttons_of(made.messages()[-1])[0]


async def test_votes_ask_telegram_nothing(mind: Mind, tmp_path: Path) -> None:
    """Neither do the steps of whoever leads; only others who press what they may not."""
    async with together(mind, tmp_path, starter="Bob") as made:

        def looked() -> int:
            return sum(one.method == "getChatMember" for one in made.stage.world.calls.made)

        before = looked()
        await press(made, "Cat", "Police")
        await press(made, "Cat", "Explain this")
        await press(made, "Bob", NEXT, BACK)
        assert looked() == before
        await press(made, "Cat", NEXT)
        assert looked() == before + 1
