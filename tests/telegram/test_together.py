"""A group that answers together, over real HTTP: votes, who moves on, draws, words, and what comes out.

After a wanted change of words: python -m tests.telegram.test_together, and read the difference.
"""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot.sandbox.pressing import buttons_of
from bot.telegram.together_running import ANSWERS, TOGETHER
from bot.turn.mind import Mind
from tests.telegram.answering import (
    BACK,
    NEXT,
    SKIP,
    asked,
    at_once,
    board,
    conversation,
    finish,
    kept,
    labels,
    press,
    to_question,
    together,
    whole_interview,
)
from tests.telegram.gathering import gathering

pytestmark = pytest.mark.asyncio

GOLDEN = Path(__file__).parent / "groups" / "together.txt"


async def test_the_group_sees_what_is_written(mind: Mind, tmp_path: Path) -> None:
    """Four people through the whole interview, to the letter."""
    assert await whole_interview(mind, tmp_path) == GOLDEN.read_text(encoding="utf-8")


# Votes.


async def test_one_message_counts_the_votes(mind: Mind, tmp_path: Path) -> None:
    """The board is edited in place, and every press is answered."""
    async with together(mind, tmp_path) as made:
        before = len(made.messages())
        assert await press(made, "Bob", "Police") == "Your vote counts: Police"
        await press(made, "Cat", "Police")
        await press(made, "Cat", "Council")
        assert "Police · 2" in labels(made)
        assert "2 of you have voted." in board(made).text
        assert await press(made, "Bob", "Police") == "Taken back: Police"
        assert "Police · 1" in labels(made)
        assert len(made.messages()) == before


async def test_people_who_vote_in_the_same_moment_all_count(mind: Mind, tmp_path: Path) -> None:
    """Seven at once, and far fewer edits than presses."""
    async with together(mind, tmp_path, 7) as made:
        events = len(made.group.chat.events)
        pressed = await at_once(made, *((name, "Health or NHS") for name in made.people))
        assert all(one.toast is not None and "Your vote counts" in one.toast.text for one in pressed)
        assert "Health or NHS · 7" in labels(made)
        assert sum(one.kind == "edit" for one in made.group.chat.events[events:]) <= 3


async def test_a_double_tap_counts_once(mind: Mind, tmp_path: Path) -> None:
    """Two presses in a moment are one vote; a press some seconds later takes it back."""
    async with together(mind, tmp_path) as made:
        first, second = await at_once(made, ("Bob", "Police"), ("Bob", "Police"))
        assert first.toast is not None
        assert second.toast is not None
        assert "I got that" in second.toast.text
        assert "Police · 1" in labels(made)


async def test_a_double_tap_on_next_moves_on_once(mind: Mind, tmp_path: Path) -> None:
    """The second one belongs to the question before, and says so."""
    async with together(mind, tmp_path) as made:
        await to_question(made, "shared_goal")
        await press(made, "Ann", "Mostly")
        _, second = await at_once(made, ("Ann", NEXT), ("Ann", NEXT))
        assert second.toast is not None
        assert "another question" in second.toast.text
        assert await asked(made) == "working"


async def test_every_partner_that_anybody_ticked_is_put_down(mind: Mind, tmp_path: Path) -> None:
    """Who takes part is a thing that somebody knows, and no opinion: Dan alone knows about the school."""
    async with together(mind, tmp_path) as made:
        for name, words in (("Ann", "Police"), ("Bob", "Police"), ("Cat", "Police"), ("Dan", "School")):
            await press(made, name, words)
        assert "What any of you presses goes in." in board(made).text
        await press(made, "Ann", NEXT)
        (answer,) = (await conversation(made)).answers
        assert answer.options == ("police", "education")
        assert "Partners: Police + School, college" in board(made).text


async def test_where_few_can_be_picked_at_least_half_must_have_done_so(mind: Mind, tmp_path: Path) -> None:
    """What you mostly do is an opinion: one of four is too few."""
    async with together(mind, tmp_path) as made:
        await to_question(made, "working")
        for name in ("Ann", "Bob", "Cat"):
            await press(made, name, "Plan and run")
        await press(made, "Dan", "Work as one team")
        await press(made, "Ann", NEXT)
        assert (await conversation(made)).answers[-1].options == ("joint_project",)


async def test_more_than_the_question_allows_is_refused(mind: Mind, tmp_path: Path) -> None:
    """Two of what you do together; the third is not counted."""
    async with together(mind, tmp_path) as made:
        await to_question(made, "working")
        assert "Press up to 2." in board(made).text
        await press(made, "Bob", "Swap news and contacts", "Work as one team")
        assert "at most 2" in await press(made, "Bob", "Plan and run")
        assert "Plan and run something together" in labels(made)


async def test_a_draw_asks_the_starter_to_choose(mind: Mind, tmp_path: Path) -> None:
    """Only what is in the draw can be picked; others wait, or vote on."""
    async with together(mind, tmp_path, starter="Bob") as made:
        await press(made, "Bob", "Police", NEXT, SKIP)
        await press(made, "Cat", "Mostly")
        await press(made, "Dan", "No, each has its own aim")
        old = board(made).markup
        await press(made, "Bob", NEXT)
        assert labels(made) == ["Mostly · 1", "No, each has its own aim · 1", "Vote on"]
        assert "Only whoever leads" in await press(made, "Cat", "Mostly")
        late = next(one["callback_data"] for row in (old or {})["inline_keyboard"] for one in row if "never" in one["text"])
        forged = await made.member("Cat").forge(board(made), late)
        await made.settled()
        assert forged.toast is not None
        assert "voting has stopped" in forged.toast.text
        await press(made, "Bob", "Vote on")
        assert "2 of you have voted." in board(made).text
        await press(made, "Bob", NEXT, "No, each")
        assert (await conversation(made)).answers[-1].options == ("separate",)


async def test_where_nobody_voted_next_says_so_and_skip_goes_on(mind: Mind, tmp_path: Path) -> None:
    """A question that needs an answer has no Skip."""
    async with together(mind, tmp_path) as made:
        assert SKIP not in labels(made)
        assert "I need an answer" in await press(made, "Ann", NEXT)
        await press(made, "Ann", "Police", NEXT)
        assert NEXT not in labels(made)
        await press(made, "Ann", SKIP)
        assert "or press Skip" in await press(made, "Ann", NEXT)
        await press(made, "Ann", SKIP)
        assert await asked(made) == "working"


async def test_going_back_shows_what_was_said_before(mind: Mind, tmp_path: Path) -> None:
    """Keep it keeps it; the votes of the question are gone."""
    async with together(mind, tmp_path) as made:
        await press(made, "Ann", "Police", NEXT, BACK)
        assert "Before, you said: Police." in board(made).text
        assert "Nobody has voted yet." in board(made).text
        await press(made, "Ann", "Keep it")
        assert await asked(made) == "goal"


async def test_options_are_explained_folded_and_can_be_folded_away(mind: Mind, tmp_path: Path) -> None:
    """Whoever wants to read it opens it for themselves; anybody can take it off again, and at the next question it is short."""
    async with together(mind, tmp_path, 5) as made:
        short = board(made).text
        await press(made, "Dan", "Explain this")
        assert "PCSOs" in board(made).text
        (folded,) = [one for one in board(made).entities if one["type"] == "expandable_blockquote"]
        assert folded["length"] > len(board(made).text) - len(short) - 3
        await press(made, "Eve", "Hide the explanations")
        assert board(made).text == short
        await press(made, "Dan", "Explain this")
        await press(made, "Ann", "Police", NEXT)
        await press(made, "Ann", SKIP)
        assert "Explain this" in labels(made)


async def test_a_draw_left_open_is_not_lost(mind: Mind, tmp_path: Path) -> None:
    """The bot is started again in the middle of it."""
    async with together(mind, tmp_path) as made:
        await press(made, "Ann", "Police", NEXT, SKIP)
        await press(made, "Bob", "Mostly")
        await press(made, "Cat", "We have never")
        await press(made, "Ann", NEXT)
        await made.later(60)
        await press(made, "Ann", "Mostly")
        assert (await conversation(made)).answers[-1].options == ("mostly",)
        running = await kept(made)
        assert running is not None
        assert running.votes == {}


# What comes out.


async def test_the_end_is_one_message_and_only_the_answers_stay(mind: Mind, tmp_path: Path) -> None:
    """Votes, starter and conversation are gone; old buttons say that it is over."""
    async with together(mind, tmp_path) as made:
        old = board(made)
        data = str(buttons_of(old)[0]["callback_data"])
        await finish(made)
        assert "Your type: Inter-agency working" in made.said()
        assert "Safer streets" not in made.said()
        assert await made.records(TOGETHER) == []
        assert len(await made.records(ANSWERS)) == 1
        with pytest.raises(AssertionError):
            await conversation(made)
        late = await made.member("Bob").forge(old, data)
        await made.settled()
        assert late.toast is not None
        assert "This is over" in late.toast.text
        await made.writes("Bob", "/together")
        assert "Question 1" in board(made).text


async def test_each_person_can_read_on_in_private_in_a_copy(mind: Mind, tmp_path: Path) -> None:
    """The same copy each time; what they change there is theirs; their own project is a button away."""
    async with together(mind, tmp_path) as made:
        await made.types("Bob", "/start")
        await made.types("Bob", "the council and a church")
        payload = await finish(made)
        await made.people["Bob"].open_link(payload)
        await made.settled()
        assert "as a copy for you" in made.hears("Bob")
        assert "Your type: Inter-agency working" in made.hears("Bob")
        await made.types("Bob", "/back")
        await made.taps("Bob", "It grew as we got")
        changed = await made.conversation("Bob")
        await made.taps("Bob", made.mind.engine.asker.phrase("button_home"))
        assert (await made.conversation("Bob")).answers[0].options == ("council", "faith")
        await made.people["Bob"].open_link(payload)
        await made.settled()
        assert (await made.conversation("Bob")).answers == changed.answers
        (record,) = await made.records(ANSWERS)
        assert "grew" not in str(record.body)


@pytest.mark.parametrize("payload", ["t", "t00", "tabcdef", "t" + "0" * 60])
async def test_a_link_that_nobody_made_is_answered_kindly(payload: str, mind: Mind, tmp_path: Path) -> None:
    """Forged, or older than what is kept."""
    async with gathering(mind, tmp_path, 1) as made:
        await made.people["Ann"].open_link(payload)
        await made.settled()
        assert "I do not have those answers any more" in made.hears("Ann")
        assert "Who is working with you" in made.hears("Ann")


def main() -> None:
    """Writes the transcript anew."""
    from bot.app import open_folder
    from tests.conftest import SHIPPED

    book = open_folder(SHIPPED).book
    assert book is not None
    with TemporaryDirectory() as folder:
        GOLDEN.write_text(asyncio.run(whole_interview(Mind(book), Path(folder))), encoding="utf-8")


if __name__ == "__main__":
    main()
