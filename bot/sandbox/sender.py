"""Posts updates to webhooks as Telegram does.

Updates of one order (a chat's messages, a person's presses) go one after another; the next one only after a 2xx or when
the last one is too old. Any other answer, or none, is tried again at once, then after 2, 4, 8 … seconds, at most 60 to
120, or as `Retry-After` says. A method in the body of an answer is carried out.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import aiohttp

from bot.sandbox.accounts import BotAccount
from bot.sandbox.faults import Broken, Kind
from bot.sandbox.updates import Update

if TYPE_CHECKING:
    from bot.sandbox.world import World

Reply = tuple[int, Mapping[str, str], bytes]
Post = Callable[[str, Mapping[str, str], bytes], Awaitable[Reply]]
"""Posts a body to a url: the status, headers and body of the answer. Raises OSError if there is none."""

PATIENCE = 60.0
NOT_IN_ANSWERS = frozenset({"getupdates", "setwebhook", "deletewebhook", "close", "logout"})


@dataclass(slots=True, eq=False)
class _Round:
    """The deliveries of one bot."""

    wanted: asyncio.Event = field(default_factory=asyncio.Event)
    busy: set[int] = field(default_factory=set)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    main: asyncio.Task[None] | None = None


class Sender:
    """Delivers the updates of all bots that have a webhook."""

    def __init__(self, world: "World") -> None:
        self.post: Post | None = None
        self._world = world
        self._rounds: dict[str, _Round] = {}
        self._session: aiohttp.ClientSession | None = None

    def start(self, bot: BotAccount) -> None:
        """Begins to deliver a bot's updates."""
        if bot.token not in self._rounds:
            self._rounds[bot.token] = turns = _Round()
            turns.main = asyncio.get_running_loop().create_task(self._deliver_all(bot, turns))
        self.wake(bot)

    def stop(self, bot: BotAccount) -> None:
        """Ends the deliveries of a bot. What was not delivered waits."""
        turns = self._rounds.pop(bot.token, None)
        if turns is not None:
            for task in (turns.main, *turns.tasks):
                if task is not None and task is not asyncio.current_task():
                    task.cancel()

    def wake(self, bot: BotAccount) -> None:
        """There is something to deliver."""
        if turns := self._rounds.get(bot.token):
            turns.wanted.set()

    async def close(self) -> None:
        """Ends all deliveries."""
        tasks = [task for turns in self._rounds.values() for task in (turns.main, *turns.tasks) if task is not None]
        self._rounds.clear()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _deliver_all(self, bot: BotAccount, turns: _Round) -> None:
        while True:
            await turns.wanted.wait()
            turns.wanted.clear()
            bot.queue.expire()
            for update in list(bot.queue.waiting.values()):
                if len(turns.busy) >= bot.webhook.max_connections:
                    break
                if update.order not in turns.busy:
                    turns.busy.add(update.order)
                    task = asyncio.get_running_loop().create_task(self._deliver_order(bot, turns, update))
                    turns.tasks.add(task)
                    task.add_done_callback(turns.tasks.discard)

    async def _deliver_order(self, bot: BotAccount, turns: _Round, update: Update) -> None:
        """Delivers updates of one order, in turn, until none is left or another order wants the connection."""
        queued: Update | None = update
        while queued is not None:
            await self._deliver(bot, queued)
            bot.queue.waiting.pop(queued.id, None)
            self._world.changes.touch()
            free = len(turns.busy) < bot.webhook.max_connections
            queued = next((later for later in bot.queue.waiting.values() if later.order == update.order), None) if free else None
        turns.busy.discard(update.order)
        turns.wanted.set()

    async def _deliver(self, bot: BotAccount, update: Update) -> None:
        """Posts one update until it is taken or too old."""
        failures = 0
        while update.until > self._world.clock() and update.id in bot.queue.waiting:
            status, headers, body = await self._try(bot, update)
            if 200 <= status < 300:
                await self._carry_out(bot, body)
                return
            failures += 1
            self._note_failure(bot, status, headers)
            if failures > 1:
                cap = self._world.dice.uniform(PATIENCE, 2 * PATIENCE)
                asked = headers.get("Retry-After", "")
                await self._world.clock.sleep(min(float(asked), 3600.0) if asked.isdecimal() else min(2.0 ** (failures - 1), cap))

    def _note_failure(self, bot: BotAccount, status: int, headers: Mapping[str, str]) -> None:
        wrong = f"Wrong response from the webhook: {status} {headers.get('X-Reason', '')}".strip()
        bot.webhook.last_error_at = int(self._world.clock())
        bot.webhook.last_error = headers.get("X-Failure") or wrong
        self._world.changes.touch()

    async def _try(self, bot: BotAccount, update: Update) -> Reply:
        headers = {"Content-Type": "application/json"}
        if bot.webhook.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = bot.webhook.secret
        fault = None if self._world.faults.quiet else self._world.faults.take("webhook", None)
        body = json.dumps(update.to_json()).encode()
        post = self.post or self._post_over_http
        try:
            if fault is not None and fault.kind is Kind.AGAIN:
                await post(bot.webhook.url, headers, body)
            return await post(bot.webhook.url, headers, body)
        except (OSError, TimeoutError, aiohttp.ClientError) as slip:
            return 0, {"X-Failure": f"Connection failed: {slip}"}, b""

    async def _post_over_http(self, url: str, headers: Mapping[str, str], body: bytes) -> Reply:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60))
        async with self._session.post(url, headers=headers, data=body) as answer:
            return (
                answer.status,
                {"Retry-After": answer.headers.get("Retry-After", ""), "X-Reason": answer.reason or ""},
                await answer.read(),
            )

    async def _carry_out(self, bot: BotAccount, body: bytes) -> None:
        """Carries out the method in the body of an answer. Nobody learns what came of it."""
        if not body.lstrip().startswith(b"{"):
            return
        try:
            params = json.loads(body)
        except ValueError:
            return
        method = str(params.pop("method", "")).lower()
        if method and method not in NOT_IN_ANSWERS and not method.startswith("get"):
            with suppress(Broken):
                await self._world.call(bot.token, method, params)
