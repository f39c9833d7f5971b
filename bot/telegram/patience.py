"""Waiting: for a database in trouble, between tries, and exactly as long as Telegram says."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

from telegram.error import RetryAfter

from bot.turn.post import Unavailable

log = logging.getLogger(__name__)

LONGEST_WAIT = 60.0
SHORTEST_WAIT = 0.25

T = TypeVar("T")


def backoff(tries: int) -> float:
    """Seconds to wait after so many failed tries: twice as long each time, up to a minute, with a little chance in it."""
    return float(min(LONGEST_WAIT, 0.25 * 2 ** min(tries, 12)) * random.uniform(0.75, 1.0))


def seconds_told(told: RetryAfter) -> float:
    """For how many seconds Telegram wants nothing more; a quarter of one at least."""
    wait = told.retry_after
    return max(SHORTEST_WAIT, float(wait) if isinstance(wait, int | float) else wait.total_seconds())


async def patiently(work: Callable[[], Awaitable[T]]) -> T:
    """Does something with the database; while the database is in trouble, waits and does it again."""
    tries = 0
    while True:
        try:
            return await work()
        except Unavailable as slip:
            tries += 1
            log.warning("the database is in trouble", extra={"why": str(slip)})
            await asyncio.sleep(backoff(tries))
