"""More than is good for anybody, over real HTTP: what still gets its answer, what is said once, what costs nothing."""

import json
from pathlib import Path

import pytest

from bot.sandbox.pressing import buttons_of
from bot.telegram import sender
from bot.telegram.allowance import A_SECOND, BURST, DANGERS, DANGERS_A_SECOND, IN_A_GROUP, PRESSES, Allowance, Bucket
from bot.telegram.inbound import read_update
from bot.telegram.pace import URGENT_BETWEEN
from bot.turn.mind import Mind
from tests.telegram.hall import Hall, hall
from tests.telegram.stage import stage
from tests.telegram.updates import BOT, Update, in_group, pressed, wrote

pytestmark = pytest.mark.asyncio
DANGER = "my dad hits me and I am afraid"
TOO_MUCH = "a lot at once"


@pytest.fixture(autouse=True)
def _quick_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits looks at the clock often: it only moves when it is told to."""
    monkeypatch.setattr(sender, "LOOK_EVERY", 0.002)


def said_since(here: Hall, before: int) -> list[str]:
    """What the bot wrote in the group after so many messages."""
    return [one.text for one in here.bot_said()[before:]]


# Figures.


def counted(allowance: Allowance, update: Update, times: int, now: float = 0.0) -> int:
    """How many of them are allowed."""
    arrival = read_update(json.dumps(update), BOT)
    assert arrival is not None
    return sum(allowance.pays_for(arrival, now) is not None for _ in range(times))


async def test_a_message_in_a_group_counts_ten_times_as_much() -> None:
    """A message in private, or a press anywhere, counts once; it all comes back with time."""
    for update, cost in ((wrote(text="hi"), 1), (in_group(text="/ask x"), IN_A_GROUP), (pressed("b:here"), 1)):
        allowance = Allowance(0.0)
        assert counted(allowance, update, 2 * BURST) == BURST // cost
        assert counted(allowance, update, 2 * BURST, cost / A_SECOND) == 1
        assert counted(allowance, update, 2 * BURST, 1e6) == BURST // cost


async def test_a_clock_that_is_put_back_takes_nothing_and_gives_nothing() -> None:
    """Elapsed time below zero is none."""
    bucket = Bucket(2, 1.0, 1000.0)
    assert [bucket.takes(1000.0), bucket.takes(500.0), bucket.takes(400.0)] == [True, True, False]
    assert bucket.takes(401.0)
    bucket.gets_back(10)
    assert bucket.left == 2


# Danger.


async def test_danger_is_answered_when_nothing_else_is_any_more(mind: Mind, tmp_path: Path) -> None:
    """Somebody who has asked for more than they may, tells of danger: they get the numbers, at once, as a reply."""
    async with hall(mind, tmp_path) as here:
        await here.passes(60)
        for _ in range(BURST // IN_A_GROUP + 2):
            await here.says("Bo", "/ask what is an MoU?")
        told = await here.says("Bo", f"/ask {DANGER}")
        said = here.bot_said()[-1]
        assert "999" in said.text
        assert said.reply_to is told


async def test_an_admin_without_a_name_is_in_danger_when_the_other_has_used_all_up(mind: Mind, tmp_path: Path) -> None:
    """All who write in the name of the group share one seat; that is no reason to get no answer."""
    async with hall(mind, tmp_path) as here:
        await here.member("Ann").promote(anonymous=True)
        await here.member("Ann").promote(here.people["Bo"], anonymous=True)
        await here.passes(60)
        for _ in range(BURST // IN_A_GROUP + 2):
            await here.says("Ann", "/ask what is an MoU?")
        told = await here.says("Bo", f"@helper_bot {DANGER}")
        assert "999" in here.bot_said()[-1].text
        assert here.bot_said()[-1].reply_to is told


async def test_danger_in_private_is_answered_after_a_flood(mind: Mind, tmp_path: Path) -> None:
    """A hundred and twenty messages, then danger."""
    async with stage(mind, tmp_path) as play:
        ann = play.person()
        for _ in range(BURST + 20):
            await ann.send("/help")
        await ann.send(DANGER)
        await play.settled()
        assert any("999" in one.text for one in ann.sees() if not one.own)


async def test_a_flood_of_danger_is_answered_once_in_a_while(mind: Mind, tmp_path: Path) -> None:
    """Four people tell of it twenty-four times in one moment: one answer at once, and one more for all the others."""
    async with hall(mind, tmp_path) as here:
        await here.passes(60)
        before, begun = len(here.bot_said()), here.stage.world.clock()
        for number in range(24):
            await here.says(("Ann", "Bo", "Cem", "Dee")[number % 4], f"/ask {DANGER}")
        assert len(here.bot_said()) == before + 1
        await here.settled()
        assert [one - begun for one in here.sends() if one >= begun] == [0.0, URGENT_BETWEEN]


async def test_danger_that_was_not_paid_for_gives_nothing_back(mind: Mind, tmp_path: Path) -> None:
    """Somebody has used up their allowance; a message of danger that they change again and again buys them no more questions."""
    async with hall(mind, tmp_path) as here:
        await here.passes(60)
        for _ in range(BURST // IN_A_GROUP + 2):
            await here.says("Bo", "/ask what is an MoU?")
        told = await here.says("Bo", f"/ask {DANGER}")
        for number in range(DANGERS - 1):
            await here.member("Bo").edit(told, f"/ask {DANGER} {number}")
            await here.rest()
        question = await here.says("Bo", "/ask what is an SLA?")
        await here.settled()
        assert [one.text for one in here.bot_said() if one.reply_to is question] == []


async def test_even_danger_ends_some_time() -> None:
    """A few times beyond everything, then once in ten seconds: nobody can make the bot write without end."""
    dangers = Allowance(0.0).dangers
    assert sum(dangers.takes(0.0) for _ in range(100)) == DANGERS
    assert not dangers.takes(0.9 / DANGERS_A_SECOND)
    assert dangers.takes(1.0 / DANGERS_A_SECOND)


# What costs nothing.


async def test_commands_of_other_bots_cost_nothing(mind: Mind, tmp_path: Path) -> None:
    """Somebody plays with another bot: ours says nothing, and still answers their question."""
    async with hall(mind, tmp_path) as here:
        await here.passes(60)
        before = len(here.bot_said())
        for number in range(3 * BURST):
            await here.member("Bo").send(f"/roll {number}")
        await here.passes(10)
        assert said_since(here, before) == []
        await here.says("Bo", "/ask what is an MoU?")
        assert "memorandum" in here.bot_said()[-1].text


async def test_talk_below_its_messages_is_never_too_much(mind: Mind, tmp_path: Path) -> None:
    """Thirty times thanks, at once or one by one: no word of it; a question after that is answered."""
    async with hall(mind, tmp_path) as here:
        await here.passes(60)
        await here.says("Ann", "/ask what is an MoU?")
        last, before = here.bot_said()[-1], len(here.bot_said())
        for _ in range(15):
            await here.member("Bo").send("thanks", reply_to=last)
        await here.rest()
        for _ in range(15):
            await here.says("Bo", "thanks", reply_to=last)
        await here.passes(10)
        assert said_since(here, before) == []
        await here.says("Bo", "and what is an SLA?", reply_to=last)
        assert "service level" in here.bot_said()[-1].text


async def test_too_many_questions_below_its_messages_are_told_to_slow_down(mind: Mind, tmp_path: Path) -> None:
    """A question is one, however it is asked."""
    async with hall(mind, tmp_path) as here:
        await here.passes(60)
        await here.says("Ann", "/ask what is an MoU?")
        last = here.bot_said()[-1]
        for _ in range(BURST // IN_A_GROUP + 2):
            await here.says("Bo", "and what is an SLA?", reply_to=last)
        await here.settled()
        assert sum(one.text.lower().count(TOO_MUCH) for one in here.bot_said()) == 1


# What is said once.


@pytest.mark.parametrize("command", ["/help@helper_bot", "/new", "/start", "/setup"])
async def test_a_crowd_with_one_wish_keeps_nobody_waiting(mind: Mind, tmp_path: Path, command: str) -> None:
    """Twenty-five want the same; whoever asks a question after them is answered a few seconds later, and all of it is three messages."""
    async with hall(mind, tmp_path) as here:
        people = [here.stage.person(f"P{number}") for number in range(25)]
        for one in people:
            here.group.join(one)
        await here.settled()
        await here.passes(60)
        before, begun = len(here.bot_said()), here.stage.world.clock()
        for one in people:
            await here.group.member(one).send(command)
        await here.rest()
        asked = await here.says("Ann", "/ask what is an MoU?")
        await here.settled()
        said = here.bot_said()[before:]
        assert len(said) <= 3
        assert "memorandum" in said[-1].text
        assert said[-1].reply_to is asked
        assert here.sends()[-1] - begun <= 6.0
        assert all(len(buttons_of(one)) <= 2 for one in said), "one way into the private chat is enough"


async def test_many_who_are_told_to_slow_down_are_told_in_one_message(mind: Mind, tmp_path: Path) -> None:
    """And whoever asked a question just then does not have to take it for themselves."""
    async with hall(mind, tmp_path) as here:
        await here.passes(60)
        for name in ("Bo", "Cem", "Dee"):
            for _ in range(BURST // IN_A_GROUP):
                await here.says(name, "/ask what is an SLA?")
        await here.passes(6)
        before = len(here.bot_said())
        await here.says("Ann", "/ask what is networking?")
        for name in ("Bo", "Cem", "Dee"):
            for _ in range(4):
                await here.says(name, "/ask what is an SLA?")
        await here.says("Ann", "/ask what is an MoU?")
        await here.settled()
        text = "\n".join(said_since(here, before))
        assert text.count(TOO_MUCH) == 1
        assert mind.engine.asker.phrase("group_slow_down") in text
        assert "memorandum" in text


# Presses.


async def test_every_press_is_answered_however_many(mind: Mind, tmp_path: Path) -> None:
    """Those that are too many change nothing; but no button goes on spinning."""
    async with stage(mind, tmp_path) as play:
        ann = play.person()
        await ann.command("start")
        await play.settled()
        card = ann.last()
        for _ in range(BURST + PRESSES // 2):
            await ann.press(card, "Police")
        await play.settled()
        assert play.world.queries.unanswered("callback") == []
        answers = [one.params.get("text") for one in play.world.calls.of("answerCallbackQuery")]
        assert sum(TOO_MUCH in (one or "") for one in answers) == 1
        assert sum(one is None for one in answers) >= PRESSES // 2 - 2
