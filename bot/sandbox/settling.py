"""When is a bot done? As far as the server can tell: nothing waits to be fetched, no call is on its way, all presses are answered."""

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.sandbox.world import World


class Settling:
    """Waits until the bots have done what the last act of a person asked of them."""

    def __init__(self, world: "World") -> None:
        self._world = world
        self._calls_before = 0

    def begin(self) -> None:
        """A person did something."""
        self._calls_before = len(self._world.calls)

    @property
    def writes(self) -> int:
        """How many calls since then changed something a person can see, whether or not the bot was told so."""
        made = self._world.calls.made[self._calls_before :]
        return sum(call.carried_out for call in made if call.writes)

    def settled(self, writes: int = 0) -> bool:
        """Whether everything is done that can be seen from here, and at least so many calls were made."""
        world = self._world
        if self.writes < writes or any(world.pending(bot) for bot in world.bots.values()):
            return False
        if any(not call.status and call.method != "getUpdates" for call in world.calls.made[self._calls_before :]):
            return False
        return not world.queries.unanswered("callback")

    async def until_settled(self, writes: int = 0, timeout: float = 5.0) -> None:
        """Waits for it; raises TimeoutError after so many seconds on the wall."""
        async with asyncio.timeout(timeout):
            await self._world.changes.until(lambda: self.settled(writes))
