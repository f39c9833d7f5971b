"""Servers that are not exactly Telegram's, and slips of ours: nothing stops the bot, nothing is lost, nobody is asked without a pause."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.storage.memory import MemoryStore
from bot.telegram.delivery import Delivery
from bot.telegram.failures import failure_answered
from bot.telegram.inbound import read_update
from bot.telegram.intake import Intake
from bot.telegram.sender import Sender
from bot.turn.mind import Mind
from bot.turn.post import Outgoing, Parcel, Shown
from tests.telegram.stage import stage

pytestmark = pytest.mark.asyncio

CARD = {"do": "card", "text": "<b>What next?</b>", "keys": [], "after": 0}


def refusing(method: str, code: int, description: str) -> Any:
    """A server that does not know a method, and answers all others."""
    calls: list[str] = []

    async def call(asked: str, _params: dict[str, Any]) -> Any:
        calls.append(asked)
        if asked == method:
            raise failure_answered(code, json.dumps({"ok": False, "error_code": code, "description": description}).encode(), asked)
        return {"message_id": 9}

    call.calls = calls  # type: ignore[attr-defined]  # for the test to look at
    return call


@pytest.mark.parametrize(("code", "description"), [(404, "Not Found: method not found"), (501, "Not Implemented")])
async def test_a_server_that_cannot_edit_gets_a_new_card(code: int, description: str) -> None:
    """The interview goes on with a new message; buttons that cannot be taken off, and presses that cannot be answered, do not matter."""
    call = refusing("editMessageText", code, description)
    delivered = await Delivery(call).deliver(Outgoing(1, "chat:5", "chat:5", CARD), Shown(card=3, newest=3))
    assert delivered.shown is not None
    assert delivered.shown.card == 9
    assert call.calls == ["editMessageText", "sendMessage"]
    await Delivery(refusing("answerCallbackQuery", code, description)).deliver(
        Outgoing(2, "press:x", "chat:5", {"do": "answer", "press": "x"}), Shown()
    )


@pytest.mark.parametrize("result", [{"message_id": 2**70}, {"message_id": "7"}, {}, True, None, "sent"])
async def test_any_answer_to_a_sent_message_will_do(result: Any) -> None:
    """What the server says of the message it sent may be odd, or nothing."""

    async def call(_method: str, _params: dict[str, Any]) -> Any:
        return result

    delivered = await Delivery(call).deliver(Outgoing(1, "chat:5", "chat:5", CARD), Shown())
    assert delivered.shown is not None
    assert 0 <= delivered.shown.card < 2**63


async def test_a_slip_of_ours_gives_up_one_message_and_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A parcel that fails for no reason of Telegram's is tried three times; then those behind it go on."""
    monkeypatch.setattr("bot.telegram.sender.backoff", lambda _tries: 0.0)
    sent: list[str] = []
    fatal: list[Exception] = []

    async def call(_method: str, params: dict[str, Any]) -> Any:
        if params["text"] == "bad":
            raise KeyError("a slip")
        sent.append(params["text"])
        return {"message_id": len(sent)}

    post = MemoryStore()
    sender = Sender(post, call, lambda: 1000.0, fatal.append)
    sender.put(await post.send([Parcel("chat:5", "chat:5", {"do": "say", "text": text}) for text in ("bad", "good")], 1000.0))
    await sender.room(1)
    assert (sent, fatal) == (["good"], [])
    assert await post.unsent(0, 9) == []


async def test_the_same_updates_again_are_asked_for_with_a_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that gives the same batch for ever is not asked in a hot loop."""
    pauses: list[float] = []

    class Enough(Exception):
        """The test has seen it."""

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 3:
            raise Enough

    async def call(_method: str, _params: dict[str, Any]) -> Any:
        return [{"update_id": 7, "message": {"message_id": 1, "chat": {"id": 5, "type": "private"}, "text": "hi"}}]

    async def room() -> None:
        return None

    monkeypatch.setattr("bot.telegram.intake.asyncio.sleep", sleep)
    with pytest.raises(Enough):
        await Intake(MemoryStore(), call, lambda: 1000.0, lambda: None, room).run()
    assert min(pauses) >= 0.1


@pytest.mark.parametrize("given", [77, "77", "x" * 200])
async def test_a_press_is_answered_by_its_whole_id(given: str | int) -> None:
    """Whether a server writes ids as texts or numbers, short or long."""
    query = {"id": given, "from": {"id": "5"}, "data": "b:review", "message": {"message_id": "3", "chat": {"id": "5", "type": "private"}}}
    arrival = read_update(json.dumps({"update_id": 1, "callback_query": query}), "helper_bot")
    assert arrival is not None
    assert (arrival.press, arrival.chat, arrival.pressed_on) == (str(given), 5, 3)


async def test_a_forged_button_is_told_that_it_is_unknown_each_time(mind: Mind, tmp_path: Path) -> None:
    """Also when the card below it stays as it is."""
    async with stage(mind, tmp_path) as play:
        ann = play.person()
        await ann.command("start")
        await play.settled()
        for _ in range(2):
            press = await ann.forge(ann.last(), "x")
            await play.settled()
            assert press.toast is not None
            assert "do not know that button" in press.toast.text
