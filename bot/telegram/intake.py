"""Fetches updates and stores them before they are confirmed: the next fetch, which confirms them, starts after the commit."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from telegram.error import Conflict, EndPointNotFound, InvalidToken, RetryAfter, TelegramError

from bot.telegram.bot_client import Call
from bot.telegram.fields import number_in, object_in
from bot.telegram.inbound import ALLOWED_UPDATES
from bot.telegram.patience import backoff, patiently, seconds_told
from bot.turn.failpoint import failpoint
from bot.turn.post import Post

log = logging.getLogger(__name__)

POLL_SECONDS = 30
A_BATCH = 100
HASTY = 0.2
"""An empty answer that comes sooner than after so many seconds was not waited for."""


class Intake:
    """Long polling. `stored` is called after each batch that is safely in the inbox; `room` waits while too much is in hand."""

    def __init__(
        self, post: Post, call: Call, clock: Callable[[], float], stored: Callable[[], None], room: Callable[[], Awaitable[None]]
    ) -> None:
        self._post = post
        self._call = call
        self._clock = clock
        self._stored = stored
        self._room = room
        self._tries = 0
        self._in_conflict = False
        self._warned = False
        self._begun = clock()

    async def run(self, poll_seconds: int = POLL_SECONDS) -> None:
        """Fetches for ever. Raises InvalidToken if the token is not valid any more.

        It starts with whatever Telegram still holds, never from a number remembered: after a week without updates the
        numbers begin anew, and the inbox knows what it has. What is to be confirmed is named once, and then no more.
        """
        confirm = stale = 0
        while True:
            await self._room()
            asked = asyncio.get_running_loop().time()
            updates = await self._fetch(confirm, poll_seconds)
            if updates is None:
                continue
            new, confirm = await self._store(updates) if updates else (0, 0)
            stale = 0 if new else stale + 1
            # After a crash one batch comes again, and is confirmed at once.
            if (stale > 1 or (stale and not updates)) and asyncio.get_running_loop().time() - asked < HASTY:
                # A server that does not wait for updates, or gives the same ones again, is not asked without a pause.
                await asyncio.sleep(HASTY)

    async def _fetch(self, confirm: int, seconds: int) -> list[Any] | None:
        """A batch of updates; None if that went wrong, after a while."""
        params: dict[str, Any] = {"timeout": seconds, "limit": A_BATCH, "allowed_updates": list(ALLOWED_UPDATES)}
        if confirm:
            params["offset"] = confirm
        try:
            updates = await self._call("getUpdates", params)
        except (InvalidToken, EndPointNotFound):
            raise
        except RetryAfter as told:
            await asyncio.sleep(seconds_told(told))
        except Conflict as other:
            if not self._in_conflict:
                log.error(
                    "somebody else fetches this bot's updates, or a webhook is set; trying again until they stop", extra={"why": str(other)}
                )
            self._in_conflict = True
            await self._wait()
        except TelegramError as slip:
            log.warning("updates could not be fetched; trying again", extra={"why": type(slip).__name__})
            await self._wait()
        else:
            self._tries, self._in_conflict = 0, False
            if isinstance(updates, list):
                return updates
            log.warning("the answer to getUpdates is not a list; trying again")
            await self._wait()
        return None

    async def _wait(self) -> None:
        self._tries += 1
        await asyncio.sleep(min(30.0, backoff(self._tries)))

    async def _store(self, updates: Sequence[Any]) -> tuple[int, int]:
        """Stores a batch. How many updates were new, and the number that confirms the batch with the next fetch."""
        rows = [(number, json.dumps(update)) for update in updates if (number := _number_of(update)) is not None]
        if not rows:
            log.error("no update of a batch has a number; trying again")
            await self._wait()
            return 0, 0
        failpoint("intake.fetched")
        # While they cannot be stored they are not confirmed either: Telegram keeps them.
        new = await patiently(lambda: self._post.receive(rows, self._clock()))
        failpoint("intake.stored")
        self._stored()
        self._look_at(updates, new)
        return new, max(number for number, _ in rows) + 1

    def _look_at(self, updates: Sequence[Any], new: int) -> None:
        """Says once if updates that are known by their numbers were made after the bot started: another server's, most likely."""
        if new or self._warned or max(map(_made_at, updates)) <= self._begun + 1:
            return
        self._warned = True
        log.warning("updates with known numbers, but made just now, are left out: does the file of DATABASE_URL belong to another server?")


def _made_at(update: Any) -> int:
    message = object_in(update, "message") if isinstance(update, dict) else {}
    return number_in(message, "date")


def _number_of(update: Any) -> int | None:
    number = update.get("update_id") if isinstance(update, dict) else None
    return number if isinstance(number, int) and not isinstance(number, bool) and abs(number) < 1 << 62 else None
