"""Sending questions without an answer, over real HTTP: nothing is kept before somebody sends it."""

from pathlib import Path

import pytest

from bot.sandbox.pressing import Impossible, buttons_of
from bot.telegram.questions import ASKED
from bot.turn.mind import Mind
from tests.telegram.boxing import OTHER, SEND, UNKNOWN, box, press, send, texts, unknown
from tests.telegram.gathering import NAMES
from tests.telegram.phone import Phones
from tests.telegram.updates import ANN, GROUP, pressed

pytestmark = pytest.mark.asyncio


async def test_in_private_a_question_is_kept_only_when_it_is_sent(mind: Mind, tmp_path: Path) -> None:
    """The answer replies to it, the button goes, and the interview is where it was."""
    async with box(mind, tmp_path) as made:
        await made.types("Ann", "/start")
        await made.types("Ann", f"/ask {UNKNOWN}")
        message = unknown(made, "Ann")
        assert message.reply_to is not None
        assert message.reply_to.text == f"/ask {UNKNOWN}"
        assert await texts(made) == []
        assert (await press(made, "Ann", SEND, message)).startswith("Sent, without your name. I leave out long numbers")
        assert await texts(made) == [UNKNOWN]
        assert message.text.startswith("I have sent your question")
        assert "I do not know" not in message.text
        assert message.text.endswith("Until then, these may help:") == bool(buttons_of(message))
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
        sent = made.messages()[-1]
        assert sent.text.startswith("I have sent your question")
        assert sent.text.endswith("Until then, these may help:") == bool(buttons_of(sent))
        with pytest.raises(Impossible):
            await made.presses("Bob", SEND, sent)


async def test_numbers_and_addresses_in_a_question_are_not_kept(mind: Mind, tmp_path: Path) -> None:
    """The pop-up says so; the rest of the words is as it was typed."""
    async with box(mind, tmp_path) as made:
        await made.types("Ann", "/ask why do the goalposts need paint? sue on 07700 900123 told me, or sue@goal.org")
        assert "long numbers" in await press(made, "Ann", SEND, unknown(made, "Ann"))
        assert await texts(made) == ["why do the goalposts need paint? sue on […] told me, or […]"]


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
        message = unknown(made)
        await made.presses("Bob", SEND, message)
        (record,) = await made.records(ASKED)
        assert (record.lane, record.seat) == ("", "")
        assert record.body is not None
        assert record.body["place"] == "group"
        kept = f"{record.id} {record.body}"
        assert all(str(number) not in kept for number in (made.group.id, made.people["Bob"].id, message.id + 10**9))


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


async def test_danger_in_a_group_waits_for_nothing_here_either(mind: Mind) -> None:
    """The question was changed into danger before it was sent: the numbers come at once, as ever, and lead into private."""
    above = {"message_id": 2, "date": 1, "chat": GROUP, "from": ANN, "text": "/ask my uncle hits me and I am afraid"}
    _, body = await Phones(mind, frozenset({9})).send(pressed("x:box:send", chat=GROUP, reply_to_message=above))
    assert ("999" in body["text"], body["urgent"], "url" in body["keys"][0][0]) == (True, True, True)


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
        several = [one for one in made.messages() if "of your questions" in one.text]
        assert several
        assert not any(SEND in str(buttons_of(one)) for one in several)
