"""getUpdates: long polling as Telegram does it. No lease: what is not confirmed goes to whoever asks.

With `World.strict_polling` Telegram's brakes on hasty pollers are played too: the same offset again within half a second
gives one update at most, within three seconds it waits for three; a second conflict within three seconds is held back.
"""

import asyncio
from typing import Any

from bot.sandbox import limits
from bot.sandbox.accounts import Polls
from bot.sandbox.errors import conflict
from bot.sandbox.faults import Kind
from bot.sandbox.methods.context import Context

OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_SET = "terminated by setWebhook request"
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


async def get_updates(call: Context) -> list[dict[str, Any]]:
    """The next updates; waits up to `timeout` seconds for the first."""
    if call.bot.webhook.url:
        raise conflict(WEBHOOK_ACTIVE)
    offset = call.params.integer("offset")
    limit = call.params.integer("limit", 100, 1, limits.POLL_UPDATES)
    timeout = call.params.integer("timeout", 0, 0, limits.POLL_SECONDS)
    if call.params.array("allowed_updates") or call.params.text("allowed_updates") == "[]":
        call.bot.queue.allow(call.params.array("allowed_updates"))
    if call.world.strict_polling:
        limit, timeout = _braked(call, offset, limit, timeout)
    confirm = call.fault is None or call.fault.kind is not Kind.AGAIN
    updates = call.bot.queue.fetch(offset, limit, confirm=confirm)
    if not updates and timeout:
        await _wait(call, timeout)
        updates = call.bot.queue.fetch(offset, limit)
    return [update.to_json() for update in updates]


def _braked(call: Context, offset: int, limit: int, timeout: int) -> tuple[int, int]:
    polls, now = call.bot.polls, call.world.clock()
    if offset == polls.offset and timeout < 3 and now < polls.at + 3.0:
        timeout = 3
    if offset == polls.offset and now < polls.at + 0.5:
        limit = 1
    polls.offset, polls.at = offset, now
    return limit, timeout


async def _wait(call: Context, timeout: float) -> None:
    """Waits for an update, in the place of any other poller, until time is up or somebody takes this place."""
    end_poll(call.bot.polls, OTHER_POLLER)
    call.world.changes.touch()
    mine: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    call.bot.polls.waiting = mine
    until = call.world.clock() + timeout
    asleep = asyncio.ensure_future(call.world.clock.sleep_until(until))
    asleep.add_done_callback(lambda _: call.world.changes.touch())
    try:
        await call.world.changes.until(lambda: mine.done() or bool(call.bot.queue.waiting) or call.world.clock() >= until)
    finally:
        asleep.cancel()
        if call.bot.polls.waiting is mine:
            call.bot.polls.waiting = None
    if mine.done():
        await _refuse(call, mine.result())


async def _refuse(call: Context, why: str) -> None:
    polls, now = call.bot.polls, call.world.clock()
    if call.world.strict_polling and now < polls.next_conflict:
        await call.world.clock.sleep(3.0)
    else:
        polls.next_conflict = now + 3.0
    raise conflict(why)


def end_poll(polls: Polls, why: str) -> None:
    """Ends the poll that waits, if there is one."""
    if polls.waiting is not None and not polls.waiting.done():
        polls.waiting.set_result(why)
    polls.waiting = None


PLAYED = {"getUpdates": get_updates}
