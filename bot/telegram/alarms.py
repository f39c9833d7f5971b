"""Notes that the bot leaves for itself in its inbox, where they are worked off like any update: what is due, what was delivered."""

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from bot.telegram.asking import BOX
from bot.telegram.inbound import note_due
from bot.telegram.patience import patiently
from bot.telegram.turner import Turner
from bot.turn.post import Outgoing, Post

LOOK_EVERY = 900.0
"""Seconds between two looks at what is due."""


@dataclass(frozen=True, slots=True)
class Alarms:
    """Puts notes into the inbox; each once, however often it is tried. `wake` says that there is something new in it."""

    post: Post
    clock: Callable[[], float]
    turner: Turner
    wake: Callable[[], None]

    async def run(self) -> None:
        """A note for every round whose time has come, and for news of the day."""
        groups = self.turner.groups
        while True:
            notes = [(one.id, one.id, one.lane) for one in await patiently(groups.rounds.due)]
            notes += [(name, BOX, lane) for name, lane in await patiently(groups.box.questions.due)]
            await self._leave(notes)
            await asyncio.sleep(LOOK_EVERY)

    async def delivered(self, parcel: Outgoing) -> None:
        """What the note of a parcel says has come true: it has been delivered, and is about to be ticked off."""
        note = str(parcel.body["note"])
        await self._leave([(f"{note}:{parcel.lane}", note, parcel.lane)])

    async def _leave(self, notes: list[tuple[str, str, str]]) -> None:
        updates = [(alarm_id(name), note_due(what, lane)) for name, what, lane in notes]
        if updates and await self._received(updates):
            self.wake()

    async def _received(self, updates: list[tuple[int, str]]) -> int:
        return await patiently(lambda: self.post.receive(updates, self.clock()))


def alarm_id(name: str) -> int:
    """An update id for a note. Telegram's own are never below zero."""
    return -1 - int.from_bytes(hashlib.blake2b(name.encode(), digest_size=7).digest())
