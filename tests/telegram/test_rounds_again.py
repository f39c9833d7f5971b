"""One round after another, and two at once: there is one board, and two pictures do not tell what one person said."""

import asyncio
from pathlib import Path

import pytest

from bot.sandbox.chats import Message
from bot.sandbox.pressing import buttons_of
from bot.turn.mind import Mind
from tests.telegram.gathering import DAY, NAMES, Gathering, gathering
from tests.telegram.test_rounds import a_round

pytestmark = pytest.mark.asyncio

AGAIN = "Start a new round now"


def boards(made: Gathering) -> list[Message]:
    """The messages that a round can be answered from."""
    return [one for one in made.messages() if "How do you see" in one.text and buttons_of(one)]


async def soon_again(made: Gathering) -> None:
    """Three have seen their picture, in which they differ on how long it will last; then Ann starts a new round at once."""
    for name, span in zip(NAMES[:3], ("one_off", "one_off", "open_ended"), strict=True):
        await made.takes_part(name, span=span)
    assert "2 × One event" in made.said()
    await made.writes("Ann", "/round")
    await made.presses("Ann", AGAIN, made.messages()[-1])


async def test_two_who_ask_at_the_same_moment_get_one_board(mind: Mind, tmp_path: Path) -> None:
    """It is kept up to date; there is no other that would be stale for ever."""
    async with gathering(mind, tmp_path, 3) as made:
        await asyncio.gather(*(made.member(name).send("/round") for name in NAMES[:3]))
        await made.settled()
        assert len(boards(made)) == 1
        await made.takes_part("Bob")
        assert ["1 of you has" in one.text for one in boards(made)] == [True]


async def test_two_presses_start_one_new_round(mind: Mind, tmp_path: Path) -> None:
    """One of them says that it is there."""
    async with a_round(mind, tmp_path, 3, "/round 3") as made:
        for name in NAMES[:3]:
            await made.takes_part(name)
        await made.writes("Ann", "/round")
        last = made.messages()[-1]
        presses = await asyncio.gather(*(made.member(name).press(last, AGAIN) for name in ("Ann", "Bob")))
        await made.settled()
        assert (len(await made.records()), len(boards(made))) == (2, 1)
        assert sorted("open already" in (one.toast.text if one.toast else "") for one in presses) == [False, True]


async def test_a_forged_button_to_start_again_only_says_that_a_round_is_open(mind: Mind, tmp_path: Path) -> None:
    """The group gets no further board, however often it is pressed."""
    async with a_round(mind, tmp_path, 2) as made:
        (kept,), before = await made.records(), len(made.messages())
        for _ in range(3):
            press = await made.member("Bob").forge(made.board(), f"x:round:again:{kept.id}")
            await made.settled()
            assert press.toast is not None
            assert "open already" in press.toast.text
        assert len(made.messages()) == before


async def test_a_button_to_start_again_closes_a_round_whose_time_has_come(mind: Mind, tmp_path: Path) -> None:
    """The alarm has not looked yet."""
    async with a_round(mind, tmp_path, 3, "/round 3") as made:
        await soon_again(made)
        old = next(one for one in reversed(made.messages()) if AGAIN in [button["text"] for button in buttons_of(one)])
        made.stage.world.clock.advance(7 * DAY)
        await made.presses("Bob", AGAIN, old)
        assert "closed without a result" in made.said()
        assert len(await made.records()) == 2


async def test_two_pictures_in_a_row_do_not_tell_what_a_newcomer_said(mind: Mind, tmp_path: Path) -> None:
    """The same three and Dan: people read before they start it what will be shown, and then nothing is."""
    async with a_round(mind, tmp_path, 4, "/round 3") as made:
        await soon_again(made)
        assert "at least 6 answers, and I show no counts" in made.board().text
        for name, span in zip(NAMES[:4], ("one_off", "one_off", "open_ended", "up_to_a_year"), strict=True):
            await made.takes_part(name, span=span)
        press = await made.presses("Ann", "Show the result")
        assert press.toast is not None
        assert "fewer than 6 answers" in press.toast.text
        await made.later(8 * DAY)
        await made.until("work out what one person said. So I show nothing")
        assert made.transcript().count("What you see together") == 1


async def test_with_three_newcomers_there_is_a_picture_without_counts(mind: Mind, tmp_path: Path) -> None:
    """So neither a newcomer nor somebody who has left can be told by the difference."""
    async with a_round(mind, tmp_path, 6, "/round 3") as made:
        await soon_again(made)
        for name in NAMES[:6]:
            await made.takes_part(name, span="one_off" if name < "D" else "open_ended")
        await made.presses("Ann", "Show the result")
        said = made.said()
        assert "6 of you have answered" in said
        assert "How long will it last?" in said
        assert "leave out how many" in said
        assert not [word for word in ("×", "Then and now") if word in said]


async def test_a_round_of_too_few_in_between_does_not_lose_the_earlier_picture(mind: Mind, tmp_path: Path) -> None:
    """Nothing came of it, so the one before that is still the last."""
    async with a_round(mind, tmp_path, 3, "/round 3") as made:
        for name in NAMES[:3]:
            await made.takes_part(name)
        await made.later(91 * DAY)
        await made.writes("Ann", "/round")
        await made.later(8 * DAY)
        await made.until("closed without a result")
        await made.writes("Ann", "/round 3")
        for name in NAMES[:3]:
            await made.takes_part(name, working=("whole_problem",))
        assert "Then (15 January 2027): Inter-agency working." in made.said()


async def test_a_round_of_too_few_in_between_does_not_make_the_last_picture_older(mind: Mind, tmp_path: Path) -> None:
    """Two pictures could still be compared."""
    async with a_round(mind, tmp_path, 3, "/round 3") as made:
        await soon_again(made)
        await made.later(8 * DAY)
        await made.until("closed without a result")
        await made.writes("Ann", "/round")
        assert "at least 6 answers" in made.board().text
