"""/forget in private also erases what a person wrote in groups, where it is still kept because the bot failed at it."""

from pathlib import Path

import pytest

from bot.turn.failpoint import arm, disarm
from bot.turn.mind import Mind
from tests.telegram.gathering import Gathering, gathering

pytestmark = pytest.mark.asyncio


async def set_aside(made: Gathering) -> list[str]:
    """The updates that the bot failed at."""
    assert made.stage.store is not None
    return [one.raw for one in await made.stage.store.parked()]


async def test_a_message_of_a_group_that_was_set_aside_is_erased(mind: Mind, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bob's goes when he says so; Ann's, which failed as well, stays until it has been kept for long enough."""
    monkeypatch.setattr("bot.telegram.dispatcher.backoff", lambda _tries: 0.0)

    def fails() -> None:
        raise RuntimeError

    async with gathering(mind, tmp_path, 2) as made:
        arm("turn.reacted", fails)
        try:
            for name in ("Bob", "Ann"):
                await made.writes(name, f"/ask my secret is called {name}")
        finally:
            disarm()
        assert len(await set_aside(made)) == 2
        await made.people["Bob"].open_link()
        await made.settled()
        await made.types("Bob", "/forget")
        await made.taps("Bob", "Yes, erase it")
        (left,) = await set_aside(made)
        assert "secret is called Ann" in left
