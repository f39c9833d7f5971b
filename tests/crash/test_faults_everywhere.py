"""One call goes wrong, in each of the ways a call can; afterwards everything is as if it had gone well.

What comes twice was carried out before its answer was lost; nothing else does.
"""

import asyncio
from itertools import chain

import pytest

from bot.sandbox.faults import BEFORE, Fault, Kind
from tests.crash.oracle import compare
from tests.crash.play import Ending, Play
from tests.crash.schedules import Stagehand, Tally

pytestmark = [pytest.mark.usefixtures("_no_waiting"), pytest.mark.timeout(200)]

SCENES = ("taps", "quick_question", "export", "two_people", "three_at_once", "group")
KINDS = (Kind.ERROR, Kind.ERROR_AFTER, Kind.RESET, Kind.RESET_AFTER, Kind.GARBAGE, Kind.TRUNCATED, Kind.FLOOD, Kind.SLOW)
HARMLESS = frozenset({*BEFORE, Kind.SLOW})


def _calls(play: Play) -> list[tuple[str, int]]:
    """Every call of a play that matters, as the name of its method and how many of the same come before it."""
    wanted = ("getMe", "getUpdates", "sendMessage", "editMessageText", "editMessageReplyMarkup", "answerCallbackQuery", "sendDocument")
    made = [call.method for call in play.world.calls if call.method in wanted]
    return [(method, made[:at].count(method)) for at, method in enumerate(made)]


def _timeless(end: Ending) -> Ending:
    """Time passes while somebody waits, so nothing may depend on it."""
    for kept in end.conversations.values():
        kept.pop("touched", None)
    return end


@pytest.mark.parametrize("kind", KINDS)
def test_a_call_that_goes_wrong_is_made_good(stagehand: Stagehand, kind: Kind) -> None:
    """Each call of each scene goes wrong once."""
    tally = Tally()

    async def run(scene: str) -> None:
        play, clean = await stagehand.perform(scene)
        _timeless(clean)
        for method, before in _calls(play):
            if kind is Kind.FLOOD and method in {"getMe", "getUpdates"}:
                continue  # it waits on the clock of the machine
            fault = Fault(kind, method, spare=before, seconds=1)
            play, found = await stagehand.perform(scene, faults=(fault,))
            lanes = {f"chat:{call.chat}" for call in play.world.calls if call.broken}
            allowed = set() if kind in HARMLESS else lanes
            tally.add(f"{scene}, {method} {before}", *compare(_timeless(found), clean, [allowed]))

    for scene in SCENES:
        asyncio.run(run(scene))
    print(f"{kind}: {tally.schedules} schedules, {tally.repeats} repeats")
    tally.check()
    assert tally.repeats == 0 or kind not in HARMLESS


def test_a_chat_that_is_told_to_wait_waits_and_the_others_do_not(stagehand: Stagehand) -> None:
    """While one of two people has to wait, the other is answered; then the first is, in order."""

    async def run() -> None:
        ann, ben = 1002, 1003  # the coordinator was there before them
        play, _ = await stagehand.perform("two_people", faults=(Fault(Kind.FLOOD, "sendMessage", chat=ann, seconds=30),))
        sent = [call for call in play.world.calls if call.method == "sendMessage" and call.status == 200]
        begun = play.world.calls.made[0].at
        waited = {chat: next(call.at for call in sent if call.chat == chat) - begun for chat in (ann, ben)}
        assert waited == {ann: 30.0, ben: 0.0}
        refused = [call for call in play.world.calls if call.status == 429]
        assert len(refused) == 1
        assert list(chain(call.at for call in sent)) == sorted(call.at for call in sent)

    asyncio.run(run())
