"""Questions without an answer, over real HTTP: nothing is kept before somebody sends it; coordinators hear of it once a day."""

import csv
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.sandbox.chats import Message
from bot.sandbox.pressing import Impossible, buttons_of
from bot.sandbox.transcript import transcript
from bot.telegram.box import ASKED
from bot.turn.box import DAY, TOLD_AT
from bot.turn.mind import Mind
from tests.telegram.gathering import NAMES, Gathering, sooner
from tests.telegram.stage import stage

pytestmark = pytest.mark.asyncio

SEND, EXPORT, DONE = "Send to our coordinator", "Export", "Done, clear them"
UNKNOWN = "How often should we repaint the goalposts?"
OTHER = "Where do I get a licence for a bonfire on the moon?"
COORDINATOR = "Gus"


@asynccontextmanager
async def box(mind: Mind, folder: Path, *, coordinators: int = 1, **settings: object) -> AsyncIterator[Gathering]:
    """A group of three; Gus is a coordinator and has opened the private chat (Flo too, if there are two of them)."""
    for _ in mind.warm_up():
        pass
    async with sooner(), stage(mind, folder) as made:
        persons = {name: made.person(name) for name in NAMES}
        made.coordinators = frozenset(persons[name].id for name in (COORDINATOR, "Flo")[:coordinators])
        await made.stop()
        await made.start()
        group = made.world.group("Hill Street Partners", *(persons[name] for name in NAMES[:3]), **settings)  # type: ignore[arg-type]
        group.join(made.account)
        gathered = Gathering(made, group, persons)
        if coordinators:
            await persons[COORDINATOR].open_link()
        await gathered.settled()
        yield gathered


def unknown(made: Gathering, name: str = "") -> Message:
    """The newest "I do not know" in the group, or in somebody's private chat."""
    chat = made.people[name].chat if name else made.group.chat
    return next(one for one in reversed(chat.messages.values()) if "I do not know that" in one.text)


async def press(made: Gathering, name: str, label: str, message: Message) -> str:
    """A press in private; what popped up."""
    pressed = await made.people[name].press(message, label)
    await made.settled()
    return pressed.toast.text if pressed.toast is not None else ""


async def send(made: Gathering, name: str, text: str) -> None:
    """Asks in private, and sends the question."""
    await made.types(name, f"/ask {text}")
    assert await press(made, name, SEND, unknown(made, name)) == "Sent, without your name."


async def texts(made: Gathering) -> list[str]:
    """The questions that are kept."""
    return [str((one.body or {})["text"]) for one in await made.records(ASKED)]


def to_morning(made: Gathering) -> float:
    """Seconds to the next time of day at which coordinators are told."""
    return DAY - (made.stage.world.clock() - TOLD_AT) % DAY


def newest(made: Gathering, name: str = COORDINATOR) -> Message:
    """The last message in somebody's private chat."""
    return list(made.people[name].chat.messages.values())[-1]


# Sending.


async def test_in_private_a_question_is_kept_only_when_it_is_sent(mind: Mind, tmp_path: Path) -> None:
    """The answer replies to it, the button goes, and the interview is where it was."""
    async with box(mind, tmp_path) as made:
        await made.types("Ann", "/start")
        await made.types("Ann", f"/ask {UNKNOWN}")
        message = unknown(made, "Ann")
        assert message.reply_to is not None
        assert message.reply_to.text == f"/ask {UNKNOWN}"
        assert await texts(made) == []
        assert await press(made, "Ann", SEND, message) == "Sent, without your name."
        assert await texts(made) == [UNKNOWN]
        assert "I have sent your question" in message.text
        assert SEND not in [one["text"] for one in buttons_of(message)]
        await made.taps("Ann", "Police")
        assert "Police" in str(buttons_of(made.card("Ann")))


async def test_in_a_group_the_person_who_asked_may_send_it(mind: Mind, tmp_path: Path) -> None:
    """Others are told that they cannot; near topics stay below the message."""
    async with box(mind, tmp_path) as made:
        await made.writes("Bob", f"/ask {UNKNOWN}")
        for name, says in (("Cat", "Only the person who asked"), ("Bob", "Sent, without your name")):
            pressed = await made.presses(name, SEND, unknown(made))
            assert pressed.toast is not None
            assert says in pressed.toast.text
        assert await texts(made) == [UNKNOWN]
        assert "I have sent your question" in unknown(made).text
        with pytest.raises(Impossible):
            await made.presses("Bob", SEND, unknown(made))


async def test_below_the_name_alone_the_question_can_be_sent_by_who_asked_it(mind: Mind, tmp_path: Path) -> None:
    """Bob calls the bot to Ann's question: the answer replies to the question itself, and Ann may send it."""
    async with box(mind, tmp_path) as made:
        question = await made.member("Ann").send(UNKNOWN)
        await made.settled()
        await made.member("Bob").send("@helper_bot", reply_to=question)
        await made.settled()
        assert unknown(made).reply_to is question
        for name, says in (("Bob", "Only the person who asked"), ("Ann", "Sent, without your name")):
            pressed = await made.presses(name, SEND, unknown(made))
            assert pressed.toast is not None
            assert says in pressed.toast.text
        assert await texts(made) == [UNKNOWN]


async def test_nothing_that_is_kept_leads_to_a_person_or_a_group(mind: Mind, tmp_path: Path) -> None:
    """Text, kind of chat, day: no more."""
    async with box(mind, tmp_path) as made:
        await made.writes("Bob", f"@helper_bot {OTHER}")
        await made.presses("Bob", SEND, unknown(made))
        (record,) = await made.records(ASKED)
        assert (record.lane, record.seat) == ("", "")
        assert record.body is not None
        assert record.body["place"] == "group"
        kept = f"{record.id} {record.body}"
        assert all(str(number) not in kept for number in (made.group.id, made.people["Bob"].id, unknown(made).id + 10**9))


async def test_a_double_tap_and_the_same_question_again_are_kept_once(mind: Mind, tmp_path: Path) -> None:
    """Two presses in a moment; and the same words by somebody else."""
    async with box(mind, tmp_path) as made:
        await made.types("Ann", f"/ask {UNKNOWN}")
        message = unknown(made, "Ann")
        for _ in range(2):
            await made.people["Ann"].press(message, SEND)
        await made.settled()
        await send(made, "Bob", UNKNOWN.upper())
        assert await texts(made) == [UNKNOWN]


async def test_danger_is_never_offered_and_never_kept(mind: Mind, tmp_path: Path) -> None:
    """Neither below the safety message, nor by a forged press, nor if the question was changed into it."""
    async with box(mind, tmp_path) as made:
        await made.types("Ann", "/ask my uncle hits me and I am afraid")
        assert SEND not in str([buttons_of(one) for one in made.people["Ann"].chat.messages.values()])
        await made.types("Bob", f"/ask {UNKNOWN}")
        message = unknown(made, "Bob")
        assert message.reply_to is not None
        await made.people["Bob"].edit(message.reply_to, "/ask my uncle hits me and I am afraid")
        await made.settled()
        await press(made, "Bob", SEND, message)
        assert "999" in made.hears("Bob")
        assert await texts(made) == []


async def test_a_question_that_is_gone_is_to_be_asked_again(mind: Mind, tmp_path: Path) -> None:
    """The person has deleted it: what it said cannot be found any more."""
    async with box(mind, tmp_path) as made:
        await made.types("Ann", f"/ask {UNKNOWN}")
        message = unknown(made, "Ann")
        assert message.reply_to is not None
        message.reply_to.deleted = True
        assert "Please ask it again" in await press(made, "Ann", SEND, message)
        assert await texts(made) == []


async def test_without_coordinators_nothing_is_offered(mind: Mind, tmp_path: Path) -> None:
    """And an old button says that there is nobody."""
    async with box(mind, tmp_path, coordinators=0) as made:
        await made.types("Ann", f"/ask {UNKNOWN}")
        await made.writes("Bob", f"/ask {UNKNOWN}")
        assert SEND not in str([buttons_of(unknown(made, name)) for name in ("Ann", "")])
        pressed = await made.member("Bob").forge(unknown(made), "x:box:send")
        await made.settled()
        assert pressed.toast is not None
        assert "no coordinator" in pressed.toast.text


@pytest.mark.parametrize("data", ["x:box", "x:box:", "x:box:nonsense", "b:box:", "b:box:done", "x:box:export", "x:box:done"])
async def test_a_forged_press_gives_nothing(data: str, mind: Mind, tmp_path: Path) -> None:
    """In private and in a group, by somebody who is no coordinator."""
    async with box(mind, tmp_path) as made:
        await send(made, "Ann", UNKNOWN)
        before = await made.records(ASKED)
        for who, message in ((made.people["Ann"], unknown(made, "Ann")), (made.member("Ann"), made.messages()[-1])):
            pressed = await who.forge(message, data)
            await made.settled()
            assert pressed.toast is not None
        assert await made.records(ASKED) == before
        assert not any(one.kind == "document" for one in made.people["Ann"].sees())


async def test_a_message_for_several_people_has_no_button(mind: Mind, tmp_path: Path) -> None:
    """It replies to the last of them only, so it would send one question and drop the others."""
    async with box(mind, tmp_path) as made:
        for number in range(5):
            await made.member(NAMES[number % 3]).send(f"/ask {UNKNOWN} Number {number}")
        await made.settled()
        several = [one for one in made.messages() if "There was a question that I do not know" in one.text]
        assert several
        assert not any(SEND in str(buttons_of(one)) for one in several)


# What coordinators see.


async def test_coordinators_hear_of_it_once_a_day(mind: Mind, tmp_path: Path) -> None:
    """Not at once; not twice, also if the bot is started again; not at all if there is nothing new."""
    async with box(mind, tmp_path) as made:
        await send(made, "Ann", UNKNOWN)
        await made.later(60)
        assert UNKNOWN not in made.hears(COORDINATOR)
        await made.later(to_morning(made))
        await made.people[COORDINATOR].waits_for(UNKNOWN)
        assert "New: 1. Waiting: 1." in newest(made).text
        for seconds in (60, DAY, DAY):
            await made.later(seconds)
        assert made.hears(COORDINATOR).count(UNKNOWN) == 1
        await send(made, "Bob", OTHER)
        await made.later(DAY)
        await made.people[COORDINATOR].waits_for(OTHER)
        assert "New: 1. Waiting: 2." in newest(made).text


async def test_who_cannot_be_reached_costs_one_try_a_day(mind: Mind, tmp_path: Path) -> None:
    """Flo is a coordinator who has never opened the chat: Gus hears of it, and Flo is tried once each day."""
    async with box(mind, tmp_path, coordinators=2) as made:
        await send(made, "Ann", UNKNOWN)
        await made.later(to_morning(made))
        await made.people[COORDINATOR].waits_for(UNKNOWN)
        await send(made, "Ann", OTHER)
        await made.later(DAY)
        await made.people[COORDINATOR].waits_for(OTHER)
        await made.settled()
        assert len(made.stage.world.calls.of("sendMessage", chat=made.people["Flo"].id)) in (1, 2)


async def test_if_no_coordinator_can_be_reached_it_stays_news(mind: Mind, tmp_path: Path) -> None:
    """Gus blocked the bot; when it is let in again, the next day tells."""
    async with box(mind, tmp_path) as made:
        await send(made, "Ann", UNKNOWN)
        await made.people[COORDINATOR].block()
        await made.settled()
        await made.later(to_morning(made))
        await made.people[COORDINATOR].unblock()
        await made.settled()
        await made.types(COORDINATOR, "/start")
        await made.later(DAY)
        chat = made.people[COORDINATOR].chat
        await made.people[COORDINATOR].waits_until(lambda: "New: 1. Waiting: 1." in transcript(chat))


async def test_a_coordinator_exports_and_then_clears(mind: Mind, tmp_path: Path) -> None:
    """A table that no spreadsheet runs; only what is in it is cleared, and what came after stays."""
    async with box(mind, tmp_path) as made:
        formula = "=HYPERLINK(1) how often should we repaint goalposts?"
        await send(made, "Ann", formula)
        await made.types(COORDINATOR, "/questions")
        page = newest(made)
        assert "Press Export first" in await press(made, COORDINATOR, DONE, page)
        await press(made, COORDINATOR, EXPORT, page)
        document = newest(made)
        assert made.people[COORDINATOR].last().name == "questions.csv"
        content = made.stage.world.files.by_id(document.content["document"]["file_id"]).content.decode()
        rows = list(csv.reader(io.StringIO(content)))
        assert rows[0] == ["Day", "Asked", "Question"]
        assert rows[1][1:] == ["in private", f"'{formula}"]
        await send(made, "Bob", OTHER)
        assert await press(made, COORDINATOR, DONE, page) == "Cleared: 1."
        assert await texts(made) == [OTHER]
        assert OTHER in page.text
        assert formula not in page.text


async def test_commands_and_buttons_are_for_coordinators_only(mind: Mind, tmp_path: Path) -> None:
    """Looked at on each act: who is none any more gets nothing from an old button."""
    async with box(mind, tmp_path) as made:
        await send(made, "Ann", UNKNOWN)
        await made.types("Ann", "/questions")
        assert "only for the coordinators" in made.hears("Ann")
        await made.types(COORDINATOR, "/stats")
        assert "Questions waiting for you: 1." in made.hears(COORDINATOR)
        await made.types(COORDINATOR, "/questions")
        page = newest(made)
        made.stage.coordinators = frozenset({made.people["Flo"].id})
        await made.later(1)
        assert "only for the coordinators" in await press(made, COORDINATOR, EXPORT, page)
        assert "questions" not in made.people["Ann"].commands()


async def test_an_empty_box_says_so(mind: Mind, tmp_path: Path) -> None:
    """No buttons that do nothing."""
    async with box(mind, tmp_path) as made:
        await made.types(COORDINATOR, "/questions")
        assert "No question is waiting" in made.hears(COORDINATOR)
        assert not buttons_of(newest(made))


async def test_many_long_questions_fit_on_a_page(mind: Mind, tmp_path: Path) -> None:
    """The rest is counted, and stands in the file."""
    async with box(mind, tmp_path) as made:
        for number in range(9):
            await send(made, "Ann", f"How do goalposts number {number} like their paint? {'<&> ' * 150}")
        await made.types(COORDINATOR, "/questions")
        assert "in the file that Export gives you" in newest(made).text
        assert len(newest(made).text) < 4_096
