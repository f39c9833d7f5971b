"""Turns: what comes of an update, from the bytes to the phone and back, with the shipped dialogues."""

import json

import pytest

from bot.model.conversation import Conversation, conversation_from_json
from bot.turn.mind import Mind
from tests.telegram.phone import Phones
from tests.telegram.updates import ANN, ANONYMOUS, BOT, FORWARDS, GROUP, PHOTO, Update, in_group, member, pressed, without_message, wrote

TO_THE_END = ("the police and a church", "cleaner streets", "we agreed it together", "a joint project", "notes", "one thing", "one event")
LAST_TWO = ("local people saw a need", "planned")


@pytest.fixture
def phones(mind: Mind) -> Phones:
    """Phones of people who have not written yet; 7 is Ann, and 70 a coordinator."""
    return Phones(mind, frozenset({70}))


async def kept(phones: Phones) -> Conversation:
    """What is kept of Ann, but for when and how often she came."""
    conversation = await phones.conversation()
    assert conversation is not None
    return conversation._replace(turn=0, touched=0)


async def half_way(phones: Phones) -> Phones:
    """Ann has answered the first five questions."""
    await phones.write("/start")
    for text in TO_THE_END[:5]:
        await phones.write(text)
    return phones


@pytest.mark.parametrize(
    ("before", "labels"),
    [
        ((), ["Police"]),
        ((), ["Police", "Done"]),
        (TO_THE_END[:2], ["agreed"]),
        (TO_THE_END[:3], ["Back"]),
        (TO_THE_END[:2], ["Skip"]),
        (TO_THE_END[:2], ["My answers"]),
        (TO_THE_END[:2], ["My answers", "Partners", "Keep"]),
        (TO_THE_END[:4], ["My answers", "Partners", "Police", "Done"]),
        ((*TO_THE_END, *LAST_TWO), ["Change an answer"]),
        ((*TO_THE_END, *LAST_TWO), ["Start again"]),
    ],
    ids=lambda given: " ".join(given)[-30:],
)
@pytest.mark.asyncio
async def test_a_double_tap_does_no_harm(phones: Phones, before: tuple[str, ...], labels: list[str]) -> None:
    """Whatever is pressed twice in a hurry counts once, and the screen stays as the first tap left it, note and all."""
    await phones.write("/start")
    for text in before:
        await phones.write(text)
    for label in labels[:-1]:
        await phones.tap(label)
    data, card = phones.data(labels[-1]), phones.card()
    await phones.press(data)
    conversation, screen = await kept(phones), phones.chats[7].copy()
    bodies = await phones.press(data, on=card)
    assert await kept(phones) == conversation
    assert phones.chats[7] == screen
    assert [one["do"] for one in bodies][:1] == ["answer"]


@pytest.mark.asyncio
async def test_a_card_that_an_edit_of_the_dialogues_made_old_is_drawn_again(phones: Phones, mind: Mind) -> None:
    """After the questions changed, a press on the newest card shows the question that is asked now."""
    await half_way(phones)
    conversation = await phones.conversation()
    assert conversation is not None
    await phones.store.save("chat:7", conversation._replace(revision="older"), (await phones.store.current("chat:7")).version)  # type: ignore[union-attr]
    bodies = await phones.press("o:gone:gone:.")
    assert [one["do"] for one in bodies][-1] == "card"


@pytest.mark.asyncio
async def test_a_press_on_an_old_card_says_so_kindly(phones: Phones) -> None:
    """A card further up asks another question: nothing changes, the person hears of it, and sees where they are."""
    await phones.write("/start")
    old, data = phones.card(), phones.data("Police")
    await half_way(phones)
    before = await kept(phones)
    await phones.press(data, on=old)
    assert await kept(phones) == before
    assert "earlier question" in phones.screen()


@pytest.mark.asyncio
async def test_a_press_on_an_old_card_with_the_same_question_counts(phones: Phones) -> None:
    """The question was shown twice; the upper card works as well."""
    await phones.write("/start")
    old, data = phones.card(), phones.data("Police")
    await phones.write("", photo=PHOTO)
    assert phones.card() > old
    await phones.press(data, on=old)
    assert "✅ Police" in str(phones.chats[7][phones.card()]["keys"])


@pytest.mark.parametrize(
    "data",
    ["", "x", "o:partners:gone:+", "o:gone:police:.", "p:partners:999", "p:gone:1", "a:done:gone", "a:nothing:partners", "b:stats", "b:dialogues",
     "b:sheet:gone", "b:sheet", "b:topic:gone", "b:topics:99", "b:about:gone", "b:change:gone", "b:language:xx", "b:verdict", "b:changes", "b:share",
     "b:profile_tips", "b:forget:no", "b::", "b:done", "a:change:goal", "b:export:x", "b:privacy:yes", "\0\ud83d" * 30, "o:partners:police:+" * 9],
    ids=lambda data: ascii(data)[:30],
)  # fmt: skip
@pytest.mark.asyncio
async def test_forged_data_does_no_harm(phones: Phones, data: str) -> None:
    """A press that no button of ours makes is answered once, shows something, and answers no question."""
    for begun in (False, True):
        if begun:
            await half_way(phones)
        before = (await phones.conversation() or Conversation("", "")).answers
        bodies = await phones.press(data)
        assert [one["do"] for one in bodies].count("answer") == 1
        assert len(bodies) > 1 or not bodies[0].get("text")
        assert (await kept(phones)).answers == before


@pytest.mark.parametrize(
    "update", [pressed("o:partners:police:+"), without_message(), pressed(date=0), without_message(inline_message_id="z")], ids=range(4)
)
@pytest.mark.asyncio
async def test_a_press_without_a_conversation_begins_one(phones: Phones, update: Update) -> None:
    """After everything was erased, or below a message that is gone, a press is answered and the question is shown."""
    bodies = await phones.send(update)
    assert [one["do"] for one in bodies].count("answer") == 1
    assert "Who is working with you" in phones.screen()


@pytest.mark.asyncio
async def test_forget_erases_and_answers(phones: Phones) -> None:
    """It asks first; then nothing is left of the person, and they are told. What they do next begins afresh."""
    await half_way(phones)
    await phones.write("/forget")
    assert (await kept(phones)).answers
    yes = phones.data("erase")
    await phones.press(yes)
    assert await phones.conversation() is None
    assert "erased everything" in phones.screen()
    await phones.press(yes)
    assert await phones.conversation() is None
    await phones.tap("Start")
    assert (await kept(phones)).answers == ()


@pytest.mark.asyncio
async def test_an_export_is_a_file_that_can_be_read_again(phones: Phones) -> None:
    """All that is kept, as JSON in a file, with a word about it."""
    await half_way(phones)
    await phones.write("/export")
    (sent,) = phones.files
    assert sent["document"]["name"].endswith(".json")
    read = conversation_from_json(json.loads(sent["document"]["content"]))
    assert read._replace(turn=0, touched=0, card="") == (await kept(phones))._replace(card="")
    assert sent["caption"]


RIGHTS: dict[str, tuple[Update, bool | None]] = {
    "a coordinator": (wrote(chat={"id": 70, "type": "private"}, **{"from": {**ANN, "id": 70}}), True),
    "a stranger": (wrote(), False),
    "a stranger in the coordinator's name": (wrote(**{"from": {**ANN, "username": "coordinator", "first_name": "70"}}), False),
    "a stranger who replies to a coordinator": (wrote(reply_to_message={"message_id": 1, "from": {"id": 70}}), False),
    "a coordinator's command passed on": (wrote(**FORWARDS["forward_from"], forward_from_message_id=70), None),
    "a coordinator in a group": (in_group(**{"from": {**ANN, "id": 70}}), None),
    "an anonymous admin": (in_group(sender_chat=GROUP, **{"from": ANONYMOUS}), None),
    "a group with a coordinator's number": (in_group(sender_chat={"id": 70, "type": "channel"}, **{"from": ANONYMOUS}), None),
}


@pytest.mark.parametrize("command", ["/stats", "/dialogues", f"/STATS@{BOT}"])
@pytest.mark.parametrize(("update", "allowed"), RIGHTS.values(), ids=RIGHTS)
@pytest.mark.asyncio
async def test_figures_are_for_coordinators_only(phones: Phones, command: str, update: Update, allowed: bool | None) -> None:
    """Rights go by the number of the person who wrote, in private, and by nothing else."""
    bodies = await phones.send({**update, "message": {**update["message"], "text": command}})
    said = " ".join(one.get("text", "") for one in bodies)
    figures = "Conversations kept" in said or "Live now" in said
    assert figures == (allowed is True)
    assert ("only for the coordinators" in said) == (allowed is False)


@pytest.mark.parametrize("how", FORWARDS.values(), ids=FORWARDS)
@pytest.mark.asyncio
async def test_a_forwarded_command_is_not_obeyed(phones: Phones, how: Update) -> None:
    """Somebody else's /forget leads nowhere near the erasing; the person is told why."""
    before = await kept(await half_way(phones))
    await phones.write("/forget", **how)
    assert await kept(phones) == before
    assert "passed on from another chat" in phones.screen()


@pytest.mark.asyncio
async def test_another_bots_command_is_left_alone(phones: Phones) -> None:
    """In private the person is told; in a group nothing is said."""
    before = await kept(await half_way(phones))
    await phones.write("/forget@other_bot")
    assert await kept(phones) == before
    assert "another bot" in phones.screen()
    assert await phones.send(in_group(text="/help@other_bot")) == []


@pytest.mark.parametrize("text", ["/forget", "the council", "police", "start again"])
@pytest.mark.asyncio
async def test_an_edited_message_changes_nothing(phones: Phones, text: str) -> None:
    """A message counts as it was first sent; whoever edits one is told how to change an answer."""
    before = await kept(await half_way(phones))
    await phones.send({"edited_message": wrote(text=text)["message"]})
    assert await kept(phones) == before
    assert "changed a message" in phones.screen()


@pytest.mark.asyncio
async def test_whoever_comes_back_is_answered_again(phones: Phones) -> None:
    """Blocked: what waited is dropped, the answers stay. Let in again, the conversation goes on."""
    before = await kept(await half_way(phones))
    await phones.take(json.dumps(wrote(text="/help")))
    assert await phones.send(member("kicked")) == []
    assert (await phones.store.figures())["unsent"] == 0
    assert await phones.send(member("member")) == []
    assert await phones.write("/start")
    assert (await kept(phones)).answers == before.answers
