"""Together mode when things go wrong: two at once, forged buttons, a bot that is silenced, groups that move, people who go."""

from pathlib import Path

import pytest

from bot.sandbox.pressing import buttons_of
from bot.telegram.together_running import TOGETHER
from bot.turn.mind import Mind
from tests.telegram.answering import NEXT, SKIP, asked, at_once, board, boards, conversation, data_of, kept, labels, press, reply, together
from tests.telegram.gathering import DAY, Gathering, gathering
from tests.telegram.test_rounds_trouble import settings_of

pytestmark = pytest.mark.asyncio


async def forged(made: Gathering, name: str, data: str) -> str:
    """What a press says that no button gives."""
    pressed = await made.member(name).forge(board(made), data)
    await made.settled()
    assert pressed.toast is not None
    return pressed.toast.text


async def test_a_second_together_shows_the_one_that_goes_on(mind: Mind, tmp_path: Path) -> None:
    """At the bottom, with its votes; the old board has no buttons any more, and its presses still count."""
    async with together(mind, tmp_path) as made:
        old = board(made)
        data = data_of(old, "Council")
        await press(made, "Cat", "Police")
        await made.writes("Bob", "/together")
        assert board(made).id != old.id
        assert len(boards(made)) == 1
        assert "Police · 1" in labels(made)
        await made.member("Dan").forge(old, data)
        await made.settled()
        assert "Council · 1" in labels(made)
        assert len(await made.records(TOGETHER)) == 1


async def test_two_who_begin_in_the_same_moment_begin_one(mind: Mind, tmp_path: Path) -> None:
    """Whoever was a moment later sees the one of the other."""
    async with gathering(mind, tmp_path, 3) as made:
        for name in ("Ann", "Bob", "Cat"):
            await made.member(name).send("/together")
        await made.settled()
        assert len(await made.records(TOGETHER)) == 1
        assert len(boards(made)) == 1


async def test_each_topic_of_a_forum_has_its_own(mind: Mind, tmp_path: Path) -> None:
    """Votes and steps of one do not touch the other."""
    async with gathering(mind, tmp_path, 3, is_forum=True) as made:
        hall, park = made.group.topic("Hall"), made.group.topic("Park")
        await made.writes("Ann", "/together", topic=hall)
        in_hall = board(made)
        await made.writes("Bob", "/together", topic=park)
        in_park = board(made)
        assert (in_hall.thread, in_park.thread) == (hall, park)
        await made.presses("Cat", "Police", in_hall)
        await made.presses("Cat", "Council", in_park)
        await made.presses("Ann", NEXT, in_hall)
        lanes = [f"chat:{made.group.id}:t{one}" for one in (hall, park)]
        assert [await asked(made, lane) for lane in lanes] == ["goal", "partners"]
        other = await made.member("Ann").forge(in_park, data_of(in_hall, SKIP))
        await made.settled()
        assert other.toast is not None
        assert "another question" in other.toast.text
        assert "Council · 1" in [one["text"] for one in buttons_of(in_park)]


@pytest.mark.parametrize(
    "data",
    [
        "x:together", "x:together:", "x:together:vote", "x:together:vote:", "x:together:vote:0000000000000000", "x:together:next:",
        "x:together:next:partners", "x:together:pick:0000000000000000", "x:together:restart:", "x:together:🙂:🙂", "x:together:" + "9" * 50,
        "o:partners:police:+", "a:done:partners", "b:forget:yes",
    ],
)  # fmt: skip
async def test_a_forged_press_changes_nothing(data: str, mind: Mind, tmp_path: Path) -> None:
    """Not even by the starter; and it is answered."""
    async with together(mind, tmp_path, 2) as made:
        before = await kept(made)
        assert await forged(made, "Ann", data)
        assert await kept(made) == before


async def test_a_real_button_that_is_not_there_now_does_not_move_on(mind: Mind, tmp_path: Path) -> None:
    """Words of another state with the mark of this question."""
    async with together(mind, tmp_path, 2) as made:
        mark = data_of(board(made), NEXT).rpartition(":")[2]
        for what in ("go_on", "restart", "nonsense", "done"):
            assert "another question" in await forged(made, "Ann", f"x:together:{what}:{mark}")
        assert "I need an answer" in await forged(made, "Ann", f"x:together:skip:{mark}")
        assert await asked(made) == "partners"


async def test_a_silenced_bot_keeps_the_votes_and_no_storm_comes_of_it(mind: Mind, tmp_path: Path) -> None:
    """When it may write again, the next press shows where things are."""
    async with together(mind, tmp_path) as made:
        await made.member("Ann").silence(made.stage.account)
        await made.settled()
        for name in ("Bob", "Cat"):
            await made.member(name).press(board(made), "Police")
        await made.settled()
        assert made.stage.service is not None
        assert made.stage.service.idle
        await made.member("Ann").promote(made.stage.account)
        await made.settled()
        await press(made, "Dan", "Police")
        assert "Police · 3" in labels(made)


async def test_a_bot_that_was_thrown_out_goes_on_when_it_is_back(mind: Mind, tmp_path: Path) -> None:
    """The answers are still there, in a new message."""
    async with together(mind, tmp_path) as made:
        await press(made, "Ann", "Police", NEXT)
        await made.member("Ann").kick(made.stage.account)
        await made.settled()
        await made.later(3_600)
        made.group.join(made.stage.account)
        await made.settled()
        await made.writes("Bob", "/together")
        assert "Question 2" in board(made).text
        await press(made, "Ann", SKIP)
        assert await asked(made) == "shared_goal"


async def test_a_press_on_the_board_of_the_old_chat_posts_it_in_the_new_one(mind: Mind, tmp_path: Path) -> None:
    """It is not over; later presses there say where it goes on."""
    async with together(mind, tmp_path, kind="group", starter="Bob") as made:
        await press(made, "Bob", "Police", NEXT)
        small, old = made.group, board(made)
        made.group = await made.group.upgrade()
        await made.settled()

        async def late() -> str:
            pressed = await small.member(made.people["Cat"]).press(old, SKIP)
            await made.settled()
            assert pressed.toast is not None
            return pressed.toast.text

        assert boards(made) == []
        assert "I have sent this question again" in await late()
        assert "Question 2" in board(made).text
        assert "Type /together to see it" in await late()
        assert len(boards(made)) == 1
        assert await asked(made) == "goal"


@pytest.mark.parametrize("then", ["press", "command"])
async def test_a_group_that_becomes_a_supergroup_goes_on_there(then: str, mind: Mind, tmp_path: Path) -> None:
    """Conversation, votes and starter move; the new chat gets a board of its own."""
    async with together(mind, tmp_path, kind="group", starter="Bob") as made:
        await press(made, "Bob", "Police", NEXT, SKIP)
        await press(made, "Cat", "Mostly")
        data = data_of(board(made), "Mostly")
        made.group = await made.group.upgrade()
        await made.settled()
        if then == "command":
            await made.writes("Dan", "/together")
        else:
            await made.writes("Dan", "/ask what is an MoU?")
            await made.member("Dan").forge(made.messages()[-1], data)
            await made.settled()
        assert f"Mostly · {2 if then == 'press' else 1}" in labels(made)
        await press(made, "Bob", NEXT)
        assert await asked(made) == "working"
        assert len(boards(made)) == 1


async def test_a_restart_in_the_middle_loses_no_vote(mind: Mind, tmp_path: Path) -> None:
    """What was pressed while the bot was away counts when it is back."""
    async with together(mind, tmp_path) as made:
        await press(made, "Bob", "Police")
        await made.stage.stop()
        for name in ("Cat", "Dan"):
            await made.member(name).press(board(made), "Police")
        await made.stage.start()
        await made.settled()
        assert "Police · 3" in labels(made)


async def test_an_anonymous_administrator_can_start_and_lead(mind: Mind, tmp_path: Path) -> None:
    """Commands come in the name of the group, presses with their own number: they are an administrator, which counts."""
    async with gathering(mind, tmp_path, 3) as made:
        await made.member("Ann").promote(made.people["Bob"], anonymous=True)
        await made.writes("Bob", "/together")
        running = await kept(made)
        assert running is not None
        assert running.starter == ""
        await press(made, "Cat", "Police")
        assert "or an admin" in await press(made, "Cat", NEXT)
        await press(made, "Bob", NEXT)
        await reply(made, "Bob", "Safer streets for everybody")
        await press(made, "Bob", "Yes")
        assert await asked(made) == "shared_goal"


async def test_where_only_administrators_may_start_others_are_told(mind: Mind, tmp_path: Path) -> None:
    """The same setting as for rounds; what goes on is shown to everybody."""
    async with gathering(mind, tmp_path, 3) as made:
        await settings_of(made, rounds="admins")
        await made.writes("Bob", "/together")
        assert "only admins can start this" in made.said()
        await made.writes("Ann", "/together")
        await made.writes("Bob", "/together")
        assert len(boards(made)) == 1


async def test_a_channel_cannot_start(mind: Mind, tmp_path: Path) -> None:
    """Nobody could move on."""
    async with gathering(mind, tmp_path, 2) as made:
        channel = made.stage.world.group("News", made.people["Bob"], kind="channel")
        made.member("Bob").speak_for(channel)
        await made.writes("Bob", "/together")
        assert "write as yourself" in made.said()
        assert await made.records(TOGETHER) == []


async def test_in_private_the_command_says_where_it_belongs(mind: Mind, tmp_path: Path) -> None:
    """And shows where the person is."""
    async with gathering(mind, tmp_path, 1) as made:
        await made.types("Ann", "/together")
        assert "Type /together in your group" in made.hears("Ann")
        assert "Who is working with you" in made.hears("Ann")


async def test_who_is_forgotten_has_not_voted(mind: Mind, tmp_path: Path) -> None:
    """Their open vote goes, and the board counts one less; the answers of the group stay."""
    async with together(mind, tmp_path, starter="Bob") as made:
        await press(made, "Bob", "Police")
        await press(made, "Cat", "Police")
        await made.types("Bob", "/start")
        await made.types("Bob", "/forget")
        await made.taps("Bob", "Yes, erase it")
        assert "Police · 1" in labels(made)
        assert "or an admin" in await press(made, "Bob", NEXT)


async def test_no_number_of_a_person_is_stored(mind: Mind, tmp_path: Path) -> None:
    """Neither in the votes nor in the conversation."""
    async with together(mind, tmp_path, starter="Bob") as made:
        for name in ("Bob", "Cat", "Dan"):
            await press(made, name, "Police")
        stored = str([one.body for one in await made.records(TOGETHER)]) + str((await conversation(made)).to_json())
        assert not any(str(person.id) in stored for person in made.people.values())


async def test_what_nobody_used_for_long_is_over(mind: Mind, tmp_path: Path) -> None:
    """Votes and answers are erased with everything else that is old, and /together begins anew."""
    async with together(mind, tmp_path, 2) as made:
        await press(made, "Ann", "Police", NEXT)
        old = board(made)
        await made.later((mind.retention_days + 1) * DAY)
        assert made.stage.store is not None
        await made.stage.store.purge(made.stage.world.clock(), mind.retention_days * DAY)
        late = await made.member("Ann").press(old, SKIP)
        await made.settled()
        assert late.toast is not None
        assert "This is over" in late.toast.text
        await made.writes("Ann", "/together")
        assert "Question 1" in board(made).text


async def test_many_presses_and_a_step_at_the_same_moment_agree(mind: Mind, tmp_path: Path) -> None:
    """Whatever came first: no vote is counted for a question that is done, and each press is answered."""
    async with together(mind, tmp_path, 5) as made:
        await press(made, "Ann", "Police")
        pressed = await at_once(made, ("Bob", "Police"), ("Ann", NEXT), ("Cat", "Police"), ("Dan", "Council"), ("Eve", NEXT))
        assert not made.stage.world.queries.unanswered("callback")
        assert len(pressed) == 5
        assert await asked(made) == "goal"
        running = await kept(made)
        assert running is not None
        assert running.votes == {}
