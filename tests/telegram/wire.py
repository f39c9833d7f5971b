"""A sender at work on a store in memory: no network, no thread, and a clock that only moves when it is told to."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from telegram.error import TelegramError

from bot.storage.memory import MemoryStore
from bot.telegram.sender import Sender
from bot.turn.post import Parcel

A_LULL = 50
"""After so many rounds of the loop in which no call was made and nothing was ticked off, nothing happens until time passes."""


class Made(NamedTuple):
    """A call: when, in which chat (0: none), with what."""

    at: float
    chat: int
    params: dict[str, Any]


def _nothing(_: "Wire", __: int) -> None:
    """Telegram takes everything."""


@dataclass
class Wire:
    """`refuse` says what Telegram raises for a call (None: it takes it); `held` keeps calls of private chats open."""

    store: MemoryStore = field(default_factory=MemoryStore)
    now: float = 10_000.0
    refuse: Callable[["Wire", int], TelegramError | None] = field(default=_nothing)
    made: list[Made] = field(default_factory=list)
    held: asyncio.Event | None = None
    fatal: list[Exception] = field(default_factory=list)
    sender: Sender = field(init=False)

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        """A new process, on what the store holds."""
        self.sender = Sender(self.store, self._call, lambda: self.now, self.fatal.append)

    async def _call(self, _: str, params: dict[str, Any]) -> Any:
        chat = int(params.get("chat_id", 0))
        if self.held is not None and chat > 0:
            await self.held.wait()
        self.made.append(Made(self.now, chat, params))
        if (slip := self.refuse(self, chat)) is not None:
            raise slip
        return {"message_id": 100 + len(self.made)}

    async def puts(self, *parcels: Parcel) -> None:
        """They are stored, and the sender gets them."""
        self.sender.put(await self.store.send(parcels, self.now))
        await self.rests()

    async def rests(self) -> None:
        """Until nothing happens any more at this moment."""
        quiet, before = 0, (-1, -1)
        while quiet < A_LULL:
            await asyncio.sleep(0)
            seen = (len(self.made), self.sender.pending)
            quiet, before = (quiet + 1, before) if seen == before else (0, seen)

    async def passes(self, seconds: float, step: float = 0.5) -> None:
        """Time passes, a little at a time."""
        end = self.now + seconds
        while self.now < end:
            self.now += step
            await self.rests()

    def texts(self, chat: int) -> list[str]:
        """What was said in a chat, or edited there, in order."""
        return [str(one.params.get("text")) for one in self.made if one.chat == chat]

    def moments(self, chat: int) -> list[float]:
        """When a chat was written to."""
        return [one.at for one in self.made if one.chat == chat]


def say(lane: str, text: str = "x", **more: Any) -> Parcel:
    """A parcel that says something."""
    return Parcel(lane, lane, {"do": "say", "text": text, **more})


def reply(lane: str, text: str, to: int) -> Parcel:
    """A parcel that may share a message with others."""
    return say(lane, text, reply=to, joined={"text": text, "keys": []})


def danger(lane: str, to: int) -> Parcel:
    """A parcel that is urgent."""
    return Parcel(f"{lane}:burgent", lane, {"do": "say", "text": "Ring 999.", "reply": to, "urgent": True})


def state(text: str) -> Parcel:
    """A state of a board of the group -5."""
    return Parcel("chat:-5:bround", "chat:-5", {"do": "board", "text": text, "keys": []})
