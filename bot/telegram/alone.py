"""Presses on one board come one after the other; but nobody waits while Telegram is asked something for one of them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from telegram.error import TelegramError

from bot.telegram.bot_client import Call


class LookAgain(Exception):
    """Telegram was asked meanwhile, and others may have gone on: the turn is to be taken again, with the answer known."""


@dataclass(slots=True)
class Alone:
    """A turn that has a board for itself, if `held`; and what Telegram has told it, so that it is asked once a turn."""

    lock: asyncio.Lock
    held: bool = False
    told: dict[str, Any] = field(default_factory=dict)

    async def take(self) -> None:
        """Waits for it."""
        await self.lock.acquire()
        self.held = True

    def leave(self) -> None:
        """Lets the next one have it."""
        if self.held:
            self.held = False
            self.lock.release()


_TURN: ContextVar[Alone | None] = ContextVar("alone", default=None)


@asynccontextmanager
async def alone(lock: asyncio.Lock) -> AsyncIterator[None]:
    """Has it for itself within this, but for the time in which Telegram is asked."""
    turn = Alone(lock)
    before = _TURN.set(turn)
    try:
        await turn.take()
        yield
    finally:
        turn.leave()
        _TURN.reset(before)


async def ask(call: Call, method: str, params: dict[str, Any]) -> Any:
    """What Telegram says. Raises TelegramError; and LookAgain if others could go on meanwhile: the next time it is known."""
    turn = _TURN.get()
    if turn is None:
        return await call(method, params)
    name = f"{method} {sorted(params.items())}"
    if name not in turn.told:
        turn.leave()
        try:
            turn.told[name] = await call(method, params)
        except TelegramError as slip:
            turn.told[name] = slip
        finally:
            await turn.take()
        raise LookAgain
    if isinstance(turn.told[name], TelegramError):
        raise turn.told[name]
    return turn.told[name]
