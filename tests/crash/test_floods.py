"""Too much at once, and nothing kept that was to be forgotten."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.telegram.dispatcher import IN_HAND, PAGE
from tests.crash.play import Play
from tests.crash.schedules import Stagehand

pytestmark = [pytest.mark.usefixtures("_no_waiting"), pytest.mark.timeout(100)]
CANARY = "zebrafinch-in-the-outbox"


def _on_stage(hand: Stagehand, scene: Callable[[Play], Awaitable[None]]) -> None:
    async def run() -> None:
        folder = hand.folder / scene.__qualname__.replace(".", "_").strip("<>")
        folder.mkdir()
        play = Play(hand.mind, hand.template, folder)
        try:
            await scene(play)
        finally:
            await play.process.end()

    asyncio.run(run())


def test_a_flood_of_one_is_slowed_down_and_others_do_not_notice(stagehand: Stagehand) -> None:
    """One person sends 300 messages at once: about a hundred are answered, one "slow down" is said, and others are served."""

    async def run(play: Play) -> None:
        ann, ben = play.person("Ann"), play.person("Ben")
        for number in range(300):
            await ann.send(f"/help {number}")
        await ben.send("/start")
        await play.settled()
        slow = play.mind.engine.asker.phrase("slow_down")
        texts = [one.text for one in ann.sees() if not one.own]
        assert texts.count(slow) == 1
        assert len(play.world.calls.of("sendMessage", "editMessageText", chat=ann.id)) < 250
        assert len(ben.sees()) == 3

    _on_stage(stagehand, run)


def test_a_long_backlog_is_worked_off_in_little_memory_oldest_first(stagehand: Stagehand) -> None:
    """20,000 updates wait when the bot starts, some of them for it: never more than a few hundred are in hand."""

    async def run(play: Play) -> None:
        people = [play.person(f"P{number}") for number in range(200)]
        chatter = {
            "message_id": 1,
            "date": 1,
            "chat": {"id": -5, "type": "group", "title": "x"},
            "from": {"id": 9, "is_bot": False},
            "text": "hm",
        }
        for number in range(20_000):
            if number % 100 == 0:
                await people[number // 100].send("/start")
            else:
                play.account.queue.add("message", chatter)
        most = 0
        while play.world.pending(play.account) or not play.process.service.idle:
            if play.process.service._at_work:
                dispatcher, sender = play.process.service._at_work
                most = max(most, dispatcher._in_hand + sender.pending)
            await asyncio.sleep(0)
        await play.settled()
        assert most <= 2 * (IN_HAND + PAGE)
        first = [call.chat for call in play.world.calls.of("sendMessage")]
        assert list(dict.fromkeys(first)) == [one.id for one in people]

    _on_stage(stagehand, run)


def test_what_was_forgotten_is_in_no_byte(stagehand: Stagehand) -> None:
    """Everything is erased, also what was on its way just then: no file of the database holds a word of it."""

    async def run(play: Play) -> None:
        ann = play.person()
        await play.say(ann, "/start", "police", f"the goal is {CANARY}")
        await play.say(ann, "/export")
        document = next(message.content["document"] for message in ann.chat.messages.values() if "document" in message.content)
        exported = play.world.files.by_id(document["file_id"]).content.decode()
        assert CANARY in exported
        assert "police" in exported
        await play.say(ann, "/forget")
        await ann.send(f"one more {CANARY}")
        play.touch(ann, "b:forget:yes")
        await play.settled()
        files = [path for path in play.folder.iterdir() if path.is_file()]
        assert len(files) >= 2
        assert not [path.name for path in files if CANARY.encode() in path.read_bytes()]

    _on_stage(stagehand, run)
