"""The sender, over no network: what a crash leaves, who waits for whom, what is dropped, what is said once."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

import pytest
from telegram.error import Forbidden, TelegramError

from bot.telegram import sender
from bot.telegram.failures import SlowDown
from bot.telegram.pace import BETWEEN, URGENT_BETWEEN
from bot.telegram.sender import SIDE_BY_SIDE
from bot.turn.failpoint import arm, disarm
from tests.telegram.wire import Wire, danger, reply, say, state

pytestmark = pytest.mark.asyncio
GROUP = -5
LANE = f"chat:{GROUP}"
PLACES = ("sender.before_call", "sender.after_call", "sender.before_tick", "sender.after_tick")


class SimulatedCrash(BaseException):
    """The process died here."""


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whoever waits looks at the clock all the time, and no place stays armed."""
    monkeypatch.setattr(sender, "LOOK_EVERY", 0.0)
    yield
    disarm()


async def _dies(wire: Wire, place: str) -> None:
    """From now on the process dies at this place; then it is started again on what is stored."""

    def die() -> None:
        raise SimulatedCrash(place)

    arm(place, die)
    await wire.passes(10.0)
    disarm()
    assert [type(one) for one in wire.fatal] == [RuntimeError]
    wire.start()
    await wire.sender.take_up()
    await wire.passes(20.0)
    assert (await wire.store.figures())["unsent"] == 0


@pytest.mark.parametrize("place", PLACES)
async def test_a_board_shows_its_last_state_wherever_the_process_died(place: str) -> None:
    """Three states were joined in one edit: none of them comes back as the newest."""
    wire = Wire()
    await wire.passes(BETWEEN)
    await wire.puts(state("0 answered"))
    await wire.puts(state("1 answered"), state("2 answered"), state("closed"))
    await _dies(wire, place)
    assert wire.texts(GROUP)[0] == "0 answered"
    assert set(wire.texts(GROUP)[1:]) == {"closed"}


@pytest.mark.parametrize("place", PLACES)
async def test_answers_said_together_are_said_together_again_or_not_at_all(place: str) -> None:
    """Whoever asked has the whole answer; what is repeated after a crash is the same message."""
    wire = Wire()
    await wire.passes(BETWEEN)
    await wire.puts(reply(LANE, "a", 1))
    await wire.puts(*(reply(LANE, text, number) for number, text in enumerate("bcd", 2)))
    await _dies(wire, place)
    assert wire.texts(GROUP)[:2] == ["a", "b\n\nc\n\nd"]
    assert set(wire.texts(GROUP)[1:]) == {"b\n\nc\n\nd"}


def _closed_until(moment: float) -> Wire:
    """A wire on which the group is told to wait until then."""

    def refuse(wire: Wire, chat: int) -> TelegramError | None:
        return SlowDown(timedelta(seconds=moment - wire.now)) if chat == GROUP and wire.now < moment else None

    return Wire(refuse=refuse)


async def test_topics_of_one_group_that_are_told_to_wait_halt_nobody_else() -> None:
    """A private chat is answered at once, and the group is asked nothing more until its time has come."""
    wire = _closed_until(10_040.0)
    await wire.passes(10.0)
    await wire.puts(say(LANE), say(f"{LANE}:t7"), state("a"))
    await wire.passes(6.0)
    await wire.puts(say("chat:42"))
    assert wire.moments(42) == [wire.now]
    await wire.puts(danger(LANE, 1))
    await wire.passes(60.0)
    first, *rest = wire.moments(GROUP)
    assert first == 10_010.0
    assert rest[0] == 10_040.0
    assert len(rest) == 4
    assert not wire.sender.pending


async def test_after_a_restart_a_group_waits_as_if_it_had_just_been_written_to() -> None:
    """However often the bot is started again, no two messages are closer than the pace."""
    wire = Wire()
    for number in range(5):
        await wire.passes(2 * BETWEEN)
        await wire.puts(say(LANE, f"before {number}"))
        await wire.sender.stop(1.0)
        wire.start()
        await wire.puts(say(LANE, f"after {number}"))
    await wire.passes(BETWEEN)
    assert len(wire.moments(GROUP)) == 10
    assert min(after - before for before, after in pairwise(wire.moments(GROUP))) >= BETWEEN
    assert not wire.sender.pending


async def test_the_pace_counts_from_when_something_is_sent() -> None:
    """Not from when it began to wait for one of the slots, which others hold."""
    wire = Wire()
    wire.held = asyncio.Event()
    await wire.puts(*(say(f"chat:{number}") for number in range(1, SIDE_BY_SIDE + 1)))
    await wire.puts(*(say(f"{LANE}:t{number}") for number in range(1, 5)))
    await wire.passes(20.0)
    assert wire.moments(GROUP) == []
    wire.held.set()
    await wire.passes(20.0)
    assert len(wire.moments(GROUP)) == 4
    assert min(after - before for before, after in pairwise(wire.moments(GROUP))) >= BETWEEN


async def test_groups_that_wait_for_their_pace_hold_no_slot() -> None:
    """However many groups wait, a private chat is answered at once."""
    wire = Wire()
    for _ in range(2):
        await wire.puts(*(say(f"chat:-{number}") for number in range(1, 2 * SIDE_BY_SIDE)))
    await wire.puts(say("chat:42"))
    assert wire.moments(42) == [wire.now]


async def test_danger_is_answered_at_once_and_once_for_all_who_tell_of_it_just_then() -> None:
    """Twenty-four messages of four people are two of the bot: the second for all but the first. Both count in the pace."""
    wire = Wire()
    await wire.passes(BETWEEN)
    await wire.puts(danger(LANE, 1))
    await wire.puts(*(danger(LANE, number) for number in range(2, 25)), reply(LANE, "a", 30))
    assert wire.moments(GROUP) == [wire.now]
    begun = wire.now
    await wire.passes(60.0)
    assert wire.texts(GROUP) == ["Ring 999.", "a", "Ring 999."]
    assert wire.moments(GROUP) == [begun, begun + BETWEEN, begun + URGENT_BETWEEN]
    assert [one.params["reply_parameters"]["message_id"] for one in wire.made] == [1, 30, 24]


async def test_danger_in_many_topics_at_once_keeps_the_pace_and_comes_before_the_rest() -> None:
    """The first at once; the others in the next moments that the group has, in their own topics."""
    wire = Wire()
    await wire.passes(10.0)
    await wire.puts(say(LANE), *(say(f"{LANE}:t{number}") for number in range(1, 4)))
    await wire.puts(*(danger(f"{LANE}:t{number}", number) for number in range(1, 6)))
    await wire.passes(60.0)
    texts, moments = wire.texts(GROUP), wire.moments(GROUP)
    assert texts[:2] == ["x", "Ring 999."]
    assert sorted(texts) == sorted(["x"] * 4 + ["Ring 999."] * 5)
    assert moments[1] == moments[0]
    assert min(after - before for before, after in pairwise(moments[1:])) >= BETWEEN


async def test_the_same_words_again_and_again_keep_nobody_waiting() -> None:
    """Twenty-five ask for help and one asks a question: it is answered in the second message."""
    wire = Wire()
    await wire.passes(10.0)
    await wire.puts(reply(LANE, "help", 1))
    await wire.puts(*(reply(LANE, "help", number) for number in range(2, 26)), reply(LANE, "an MoU is …", 26))
    await wire.passes(BETWEEN)
    assert wire.texts(GROUP) == ["help", "help\n\nan MoU is …"]


async def test_what_is_dropped_is_not_said_later() -> None:
    """Taken out of the group, the bot forgets what waited for it and its topics; let in again, it says only what is new."""
    wire = Wire()
    await wire.passes(10.0)
    await wire.puts(say(LANE, "said"), *(say(f"{LANE}{topic}", "old") for topic in ("", ":t7", ":burgent")), say("chat:-55", "others"))
    await wire.sender.drop(LANE)
    assert (await wire.store.figures())["unsent"] == wire.sender.pending == 0
    await wire.puts(say(LANE, "new"), say(f"{LANE}:t7", "new"))
    await wire.passes(30.0)
    assert wire.texts(GROUP) == ["said", "new", "new"]
    assert wire.texts(-55) == ["others"]
    assert (await wire.store.figures())["unsent"] == wire.sender.pending == 0


async def test_what_is_dropped_on_its_way_takes_nothing_new_with_it() -> None:
    """A message is being sent while its chat is dropped and another one comes: that one is sent too."""
    wire = Wire(held=asyncio.Event())
    assert wire.held is not None
    await wire.puts(say("chat:5", "old"), say("chat:5", "older"))
    await wire.sender.drop("chat:5")
    await wire.puts(say("chat:5", "new"))
    wire.held.set()
    await wire.rests()
    assert wire.texts(5) == ["old", "new"]
    assert (await wire.store.figures())["unsent"] == wire.sender.pending == 0


async def test_that_nobody_is_there_is_noted_once_and_remembered_by_the_store(caplog: pytest.LogCaptureFixture) -> None:
    """However often it is tried; the sender itself keeps no list that would grow and grow."""
    caplog.set_level("INFO", "bot.telegram.sender")
    wire = Wire(refuse=lambda _, chat: Forbidden("bot was blocked by the user") if chat == 5 else None)
    for _ in range(3):
        await wire.puts(say("chat:5"), say("chat:5"))
    wire.start()
    await wire.puts(say("chat:5"))
    assert len(wire.made) == 4
    assert [one.message for one in caplog.records] == ["nobody can be reached in a chat"]
    assert (await wire.store.figures())["unsent"] == wire.sender.pending == 0
