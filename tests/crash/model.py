"""What should come of the updates, worked out without network, outbox, retries or crashes: one turn after the other, in memory."""

import html
import re
from collections.abc import Sequence
from itertools import count
from typing import Any

from bot.storage.memory import MemoryStore
from bot.telegram.desk import Desk
from bot.telegram.inbound import read_update
from bot.telegram.turner import Turner
from bot.turn.mind import Mind
from tests.crash.play import Line

NOW = 1_800_000_000.0


class Model:
    """For each seat its conversation; for each lane the texts in their order.

    What is shown is left out of account: nobody in these updates presses a button of an older card.
    """

    def __init__(self, mind: Mind, username: str) -> None:
        self.conversations: dict[str, dict[str, Any]] = {}
        self.texts: dict[str, list[str]] = {}
        self.taken = 0
        self._store = MemoryStore()
        self._turner = Turner(Desk(mind, self._store, username, lambda: NOW, map(str, count(1)).__next__))
        self._username = username
        self._read = 0

    async def take(self, updates: Sequence[tuple[int, str]]) -> None:
        """Takes the updates that are new among these."""
        fresh = updates[self.taken :]
        self.taken += len(fresh)
        await self._store.receive(fresh, NOW)
        for incoming in await self._store.waiting(self._read, 1_000_000):
            self._read = incoming.id
            arrival = read_update(incoming.raw, self._username)
            if arrival is None:
                continue
            try:
                parcels = await self._turner.take(incoming, arrival)
            except ZeroDivisionError:
                parcels = await self._store.send(self._turner.sorry(arrival), NOW)
            for parcel in parcels:
                if parcel.body["do"] in {"say", "card"}:
                    self.texts.setdefault(parcel.lane, []).append(plain(parcel.body["text"]))
            kept = await self._store.current(arrival.seat)
            self.conversations[arrival.seat] = without_time(kept.conversation.to_json()) if kept else {}


def without_time(conversation: dict[str, Any]) -> dict[str, Any]:
    """A conversation but for its id, when it was touched, and by which revision."""
    return {name: value for name, value in conversation.items() if name not in {"id", "touched", "revision"}}


def plain(text: str) -> str:
    """The words of a text that was written for Telegram, without spaces, as a chat shows them."""
    return squeezed(html.unescape(re.sub(r"</?[a-z][^>]*>", "", text)))


def squeezed(text: str) -> str:
    """A text without spaces."""
    return "".join(text.split())


def said(lines: Sequence[Line]) -> list[str]:
    """What the bot said in a chat, in order."""
    return [squeezed(text) for kind, text, *_ in lines if kind.endswith("Helper") and not text.startswith("file ")]


def once(texts: Sequence[str]) -> list[str]:
    """The texts, each once where it comes several times in a row."""
    return [text for at, text in enumerate(texts) if not at or text != texts[at - 1]]
