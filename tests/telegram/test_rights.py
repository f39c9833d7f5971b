"""Rights are asked of Telegram, which may take its time; the others of the group do not wait for that."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from telegram.error import BadRequest

from bot.sandbox.faults import Fault, Kind
from bot.telegram.alone import LookAgain, alone, ask
from bot.turn.mind import Mind
from tests.telegram.answering import NEXT, asked, board
from tests.telegram.gathering import gathering

pytestmark = pytest.mark.asyncio


async def test_others_vote_while_telegram_is_asked_who_may_move_on(mind: Mind, tmp_path: Path) -> None:
    """Their votes are there before it has answered; then the press of the admin counts, with them."""
    async with gathering(mind, tmp_path, 3) as made:
        await made.writes("Bob", "/together")
        here = board(made)
        made.stage.world.faults.add(Fault(Kind.SLOW, "getChatMember", seconds=20))
        moves_on = await made.member("Ann").press(here, NEXT)
        while not made.stage.world.faults.quiet:  # the test's own time limit ends this if it never comes true
            await asyncio.sleep(0.005)
        votes = await made.member("Cat").press(here, "Police")
        while votes.toast is None:
            await asyncio.sleep(0.005)
        assert moves_on.toast is None
        made.stage.world.clock.advance(20)
        await made.settled()
        assert await asked(made) == "goal"
        assert "Police" in board(made).text


async def test_what_telegram_said_is_known_the_next_time() -> None:
    """Meanwhile another has the board; two never have it at once; outside of a turn nothing has to be taken again."""
    lock, order = asyncio.Lock(), []

    async def call(method: str, params: dict[str, Any]) -> str:
        order.append(f"{method} {params}")
        while method == "slow" and "second" not in order:
            await asyncio.sleep(0)
        return "yes"

    async def first() -> None:
        async with alone(lock):
            with pytest.raises(LookAgain):
                await ask(call, "slow", {})
            order.append("first again")
            assert await ask(call, "slow", {}) == "yes"

    async def second() -> None:
        async with alone(lock):
            order.append("second")
            await asyncio.sleep(0)
            order.append("second still")

    await asyncio.gather(first(), second())
    assert order == ["slow {}", "second", "second still", "first again"]
    assert not lock.locked()
    assert await ask(call, "quick", {}) == "yes"


async def test_what_telegram_refused_is_known_too() -> None:
    """It is not asked until it says yes."""
    asked = []

    async def call(method: str, params: dict[str, Any]) -> None:
        asked.append((method, params))
        raise BadRequest("no")

    async with alone(asyncio.Lock()):
        with pytest.raises(LookAgain):
            await ask(call, "x", {"chat": 1})
        with pytest.raises(BadRequest):
            await ask(call, "x", {"chat": 1})
    assert asked == [("x", {"chat": 1})]


async def test_who_is_cancelled_while_waiting_to_get_it_back_does_not_keep_it() -> None:
    """Nor gives back what another has by then."""
    lock = asyncio.Lock()

    async def call(method: str, params: dict[str, Any]) -> None:
        await lock.acquire()

    async def turn() -> None:
        async with alone(lock):
            await ask(call, "x", {})

    task = asyncio.create_task(turn())
    for _ in range(10):
        await asyncio.sleep(0)
    assert not task.done()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert lock.locked()
