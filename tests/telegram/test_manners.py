"""Manners in groups, over real HTTP: how fast the bot writes, what it does when it is let in, sent away, silenced or moved."""

import logging
from itertools import pairwise
from pathlib import Path

import pytest

from bot.sandbox.faults import Fault, Kind
from bot.telegram import sender
from bot.turn.mind import Mind
from tests.telegram.hall import Hall, hall

pytestmark = pytest.mark.asyncio
TOPICS = (
    "an MoU",
    "an SLA",
    "networking",
    "a stakeholder",
    "a MASH",
    "a CVS",
    "the third sector",
    "multi agency",
    "inter agency",
    "an action log",
)


@pytest.fixture(autouse=True)
def _quick_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits looks at the clock often: it only moves when it is told to."""
    monkeypatch.setattr(sender, "LOOK_EVERY", 0.002)


def gaps(here: Hall) -> list[float]:
    """Seconds between what was sent to the group."""
    times = here.sends()
    return [after - before for before, after in pairwise(times)]


async def test_a_group_gets_a_message_every_three_seconds_at_most(mind: Mind, tmp_path: Path) -> None:
    """Ten questions at once: the first is answered at once, the others meet in few messages, and none is lost."""
    async with hall(mind, tmp_path) as here:
        await here.passes(60)
        before = len(here.bot_said())
        for number, topic in enumerate(TOPICS):
            last = await here.member("Ann" if number % 2 else "Bo").send(f"/ask what is {topic}?")
        await here.settled()
        said = here.bot_said()[before:]
        assert 1 < len(said) <= 3
        assert min(gaps(here)) >= 3.0
        words = "\n".join(one.text for one in said)
        titles = [mind.asked.finder.find(f"what is {topic}?").topic for topic in TOPICS]
        assert [topic.title for topic in titles if topic and topic.title not in words] == []
        assert said[-1].reply_to is last


async def test_twenty_a_minute_at_most(mind: Mind, tmp_path: Path) -> None:
    """A group that never stops asking still gets no more than twenty messages in any minute, and every question its answer."""
    async with hall(mind, tmp_path) as here:
        here.stage.world.rates.on = True
        for number in range(45):
            here.stage.world.clock.advance(2.0)
            await here.says(("Ann", "Bo", "Cem", "Dee")[number % 4], f"/ask what is {TOPICS[number % 10]}?")
        await here.settled()
        times = here.sends()
        assert max(sum(1 for other in times if one <= other < one + 60.0) for one in times) <= 20
        assert min(gaps(here)) >= 3.0
        assert not [one for one in here.stage.world.calls.made if one.status == 429]


async def test_topics_share_the_pace_and_keep_their_place(mind: Mind, tmp_path: Path) -> None:
    """Two topics of one group are one group for Telegram; each answer stands in its own topic, General has no thread."""
    async with hall(mind, tmp_path, topics=("Money", "People")) as here:
        await here.passes(10)
        money, people = here.topics
        for topic in (0, money, people):
            await here.member("Ann").send("/ask what is an MoU?", topic=topic)
        await here.settled()
        assert sorted(one.thread for one in here.bot_said()[-3:]) == sorted([0, money, people])
        assert min(gaps(here)) >= 3.0
        general = [
            one.params for one in here.stage.world.calls.made if one.method == "sendMessage" and "message_thread_id" not in one.params
        ]
        assert len(general) == 2


async def test_danger_waits_for_nobody(mind: Mind, tmp_path: Path) -> None:
    """While other answers wait, what to do in danger is sent at once, without a word of what was written."""
    async with hall(mind, tmp_path) as here:
        await here.passes(10)
        for words in ("what is an MoU?", "what is an SLA?", "my neighbour Jo Smith hits his wife"):
            await here.says("Ann", f"/ask {words}")
        said = here.bot_said()[-1]
        assert "999" in said.text
        assert "Smith" not in said.text
        assert "hits" not in said.text
        assert said.reply_to is not None
        await here.settled()
        assert "SLA" in here.bot_said()[-1].text


async def test_answers_that_wait_outlive_a_restart(mind: Mind, tmp_path: Path) -> None:
    """The bot is stopped while answers wait for their moment: afterwards every one of them is said."""
    async with hall(mind, tmp_path) as here:
        await here.passes(10)
        for topic in TOPICS[:5]:
            await here.says("Ann", f"/ask what is {topic}?")
        await here.stage.stop()
        here.stage.world.clock.advance(60)
        await here.stage.start()
        await here.settled()
        words = "\n".join(one.text for one in here.bot_said())
        titles = [mind.asked.finder.find(f"what is {topic}?").topic for topic in TOPICS[:5]]
        assert [topic.title for topic in titles if topic and topic.title not in words] == []
        assert here.stage.store is not None
        assert (await here.stage.store.figures())["unsent"] == 0


async def test_one_hello_and_not_again_within_a_day(mind: Mind, tmp_path: Path) -> None:
    """It says how to ask and what it sees; taken out and let in again, it does not begin to greet anew."""
    async with hall(mind, tmp_path) as here:
        assert len(here.bot_said()) == 1
        for seconds, hellos in ((3600, 1), (23 * 3600, 2)):
            await here.member("Ann").kick(here.stage.account)
            await here.rest()
            here.stage.world.clock.advance(seconds)
            here.group.join(here.stage.account)
            await here.settled()
            assert len(here.bot_said()) == hellos
        await here.talk(("Bo", "/ask what is an MoU?"))
        assert "memorandum" in here.bot_said()[-1].text


async def test_taken_out_it_stops_at_once(mind: Mind, tmp_path: Path) -> None:
    """What waited to be said is dropped; nothing is tried again and again."""
    async with hall(mind, tmp_path, topics=("Money",)) as here:
        money = next(iter(here.topics))
        await here.passes(10)
        for topic in (0, 0, money, money):
            await here.member("Ann").send("/ask what is an MoU?", topic=topic)
        await here.rest()
        before = len(here.bot_said())
        await here.member("Ann").kick(here.stage.account)
        calls = len(here.stage.world.calls)
        await here.settled()
        await here.passes(120)
        assert len(here.bot_said()) == before
        assert len([one for one in here.stage.world.calls.made[calls:] if one.method == "sendMessage"]) <= 2
        assert here.stage.store is not None
        assert (await here.stage.store.figures())["unsent"] == 0


async def test_let_in_again_it_says_nothing_of_what_waited(mind: Mind, tmp_path: Path) -> None:
    """However short it was away, and in whatever topic somebody had asked; what is asked from then on is answered."""
    async with hall(mind, tmp_path, topics=("Money",)) as here:
        money = next(iter(here.topics))
        await here.passes(10)
        for topic in (0, 0, money, money):
            await here.member("Ann").send("/ask what is an MoU?", topic=topic)
        await here.rest()
        before = len(here.bot_said())
        await here.member("Ann").kick(here.stage.account)
        await here.rest()
        assert here.stage.store is not None
        assert (await here.stage.store.figures())["unsent"] == 0
        await here.member("Bo").add(here.stage.account)
        await here.settled()
        await here.passes(30)
        for topic in (0, money):
            await here.says("Ann", "/ask what is an SLA?", topic=topic)
        await here.settled()
        assert ["service level" in one.text for one in here.bot_said()[before:]] == [True, True]


async def test_made_silent_it_drops_its_answers_and_notes_it_once(mind: Mind, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Without the right to write there are no retries and one line in the log; with the right back, answers again."""
    caplog.set_level(logging.INFO, "bot.telegram.sender")
    async with hall(mind, tmp_path) as here:
        here.group.forbid_sending()
        await here.member("Bo").promote(here.people["Bo"])
        calls = len(here.stage.world.calls)
        for _ in range(3):
            await here.passes(10)
            await here.says("Bo", "/ask what is an MoU?")
        await here.settled()
        tried = [one for one in here.stage.world.calls.made[calls:] if one.method == "sendMessage"]
        assert len(tried) == 3
        assert len([one for one in caplog.records if "nobody can be reached" in one.message]) == 1
        here.group.chat.may_send = True
        await here.passes(10)
        await here.says("Bo", "/ask what is an MoU?")
        assert "memorandum" in here.bot_said()[-1].text


@pytest.mark.parametrize("asleep", [False, True], ids=["the notice first", "the refusal first"])
async def test_a_group_that_moves_takes_everything_along(mind: Mind, tmp_path: Path, asleep: bool) -> None:
    """Settings, and answers that still wait, are those of the new chat; whichever way the bot hears of the move."""
    async with hall(mind, tmp_path) as first:
        small = first.stage.world.group("Small", *first.people.values(), kind="group")
        here = Hall(first.stage, small, first.people)
        small.join(here.stage.account)
        await here.settled()
        await here.passes(10)
        await here.says("Ann", "/setup")
        await here.member("Ann").press(here.bot_said()[-1], "Let only admins start these")
        await here.settled()
        await here.passes(10)
        await here.says("Bo", "/ask what is an MoU?")
        await here.says("Cem", "/ask what is an SLA?")
        if asleep:
            await here.stage.stop()
        new = await small.upgrade()
        if asleep:
            await here.stage.start()
        here.group = new
        await here.settled()
        assert "SLA" in here.bot_said()[-1].text
        await here.passes(10)
        await here.says("Ann", "/setup")
        assert "Only admins may start a round" in here.bot_said()[-1].text
        assert here.stage.store is not None
        assert [one.lane for one in await here.stage.store.records("group")].count(f"chat:{new.id}") == 1


async def test_only_admins_change_what_a_group_settles(mind: Mind, tmp_path: Path) -> None:
    """Anonymous admins get the buttons, channels and members do not; a press counts by the number of who pressed, asked anew each time."""
    async with hall(mind, tmp_path) as here:
        news = here.stage.world.group("News", here.people["Ann"], kind="channel")

        async def labels(name: str) -> tuple[str, ...]:
            await here.passes(10)
            await here.says(name, "/setup")
            return here.member(name).last().labels

        assert await labels("Bo") == ()
        here.member("Ann").speak_for(news)
        assert await labels("Ann") == ()
        here.member("Ann").speak_for(None)
        await here.member("Ann").promote(anonymous=True)
        assert await labels("Ann") == ("Let only admins start these",)
        message = here.bot_said()[-1]
        for name, toast in (("Bo", "Only admins"), ("Ann", "Changed"), ("Bo", "Only admins")):
            press = await here.member(name).press(message, here.member("Ann").last().labels[0])
            await here.settled()
            assert toast in (await press.answered()).text
        await here.member("Ann").promote(here.people["Bo"])
        press = await here.member("Bo").press(message, "Let everybody start these")
        await here.settled()
        assert "Changed" in (await press.answered()).text
        assert "Everybody here may start a round, or start to answer together." in message.text


async def test_setup_says_what_the_bot_sees(mind: Mind, tmp_path: Path) -> None:
    """Only what is meant for it; everything, as an admin or by its own settings; or that Telegram does not say."""
    async with hall(mind, tmp_path) as here:

        async def says() -> str:
            await here.passes(10)
            await here.says("Bo", "/setup")
            await here.settled()
            return here.bot_said()[-1].text

        assert "only get messages that are meant for me" in await says()
        here.stage.world.faults.add(*[Fault(Kind.ERROR, "getChatMember")] * 2)
        assert "could not find out" in await says()
        await here.member("Ann").promote(here.stage.account)
        text = await says()
        assert "get every message" in text
        assert "because I am an admin" in text


async def test_with_privacy_mode_off_it_stays_as_quiet(mind: Mind, tmp_path: Path) -> None:
    """It hears all the talk and answers none of it; its hello and /setup say that it hears everything."""
    async with hall(mind, tmp_path, can_read_all_group_messages=True) as here:
        assert "lets me get every message" in here.bot_said()[0].text
        await here.talk(
            ("Ann", "what is an MoU?"), ("Bo", "a note"), ("Cem", "police?"), ("Dee", "someone hit my son"), ("Ann", "/weather")
        )
        await here.talk(("Ann", "/setup@other_bot"), ("Bo", "You can ask @helper_bot, it is nice"), ("Bo", "hello @other_bot"))
        assert len(here.bot_said()) == 1


async def test_a_channel_and_an_anonymous_admin_are_answered(mind: Mind, tmp_path: Path) -> None:
    """Whoever speaks in another name asks like everybody else."""
    async with hall(mind, tmp_path) as here:
        news = here.stage.world.group("News", here.people["Ann"], kind="channel")
        here.member("Ann").speak_for(news)
        await here.talk(("Ann", "/ask what is an MoU?"))
        here.member("Ann").speak_for(None)
        await here.member("Ann").promote(anonymous=True)
        await here.talk(("Ann", "@helper_bot what is an SLA?"))
        assert ["memorandum" in one.text or "service level" in one.text for one in here.bot_said()] == [False, True, True]
