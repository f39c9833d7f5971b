"""A small Telegram: bots, people, chats, and the one way in for bots, `World.call`."""

import asyncio
import inspect
import json
import random
import re
from collections.abc import Callable, Mapping
from typing import Any

from bot.sandbox.accounts import BotAccount, User
from bot.sandbox.calls import Call, Calls
from bot.sandbox.chats import Chat
from bot.sandbox.clock import Changes, Clock
from bot.sandbox.errors import NOT_FOUND, UNAUTHORIZED, ApiError, not_played
from bot.sandbox.faults import BEFORE, Broken, Fault, Faults, Kind, broken
from bot.sandbox.files import Files
from bot.sandbox.group import Group
from bot.sandbox.methods import PLAYED, Context
from bot.sandbox.params import Params, Upload, as_integer
from bot.sandbox.person import Person
from bot.sandbox.queries import Queries
from bot.sandbox.rates import Rates
from bot.sandbox.sender import Post, Sender
from bot.sandbox.settling import Settling
from bot.sandbox.signatures import check_parameters, methods
from bot.sandbox.updates import UpdateQueue
from bot.sandbox.webhooks import Webhook

TOKEN = re.compile(r"[1-9]\d{0,15}:[A-Za-z0-9_-]{24,64}$")
GIVEN_UP = 499
"""The status on record for a call whose caller went away."""

FIRST_BOT = 7_000_000_001
FIRST_PERSON = 1_001
FIRST_GROUP = 5_001
FIRST_SUPERGROUP = 1_000_000_000_000


class World:
    """One Telegram, empty at first.

    `clock`: frozen unless it is `Clock.real()`. `dice`: the seed of what Telegram leaves to chance. `strict_polling`:
    also play Telegram's brakes on hasty pollers (see `methods/polling.py`). `post`: how webhooks are reached; by
    default over HTTP. `parameters_checked`: refuse parameters no method has, which Telegram would pass over.
    """

    def __init__(self, clock: Clock | Callable[[], float] | None = None, *, seed: int = 0, strict_polling: bool = False) -> None:
        self.clock = clock if isinstance(clock, Clock) else Clock(source=clock) if clock else Clock()
        self.strict_polling = strict_polling
        self.parameters_checked = True
        self.dice = random.Random(seed)
        self.changes = Changes()
        self.calls = Calls()
        self.faults = Faults(self.clock)
        self.rates = Rates(self.clock)
        self.files = Files()
        self.queries = Queries(self.clock, self.changes, self.dice)
        self.sender = Sender(self)
        self.settling = Settling(self)
        self.bots: dict[str, BotAccount] = {}
        self.users: dict[int, User] = {}
        self.people: list[Person] = []
        self.chats: dict[int, Chat] = {}
        self.private: dict[tuple[int, int], Chat] = {}
        self.named: dict[str, Chat] = {}
        self.inline_messages: dict[str, Any] = {}
        self._last_private_id = 0

    # -- making -----------------------------------------------------------------------------------------------------

    def bot(self, name: str = "Helper", username: str = "", token: str = "", **settings: Any) -> BotAccount:
        """A new bot. `settings`: fields of BotAccount such as `can_read_all_group_messages` (privacy mode off)."""
        bot_id = int(token.split(":", 1)[0]) if token else FIRST_BOT + len(self.bots)
        token = token or f"{bot_id}:{self.dice.randbytes(18).hex()[:35]}"
        if not TOKEN.match(token):
            raise ValueError("a token looks like 7000000001:AAH… (a number, a colon, 24 or more letters)")
        user = User(bot_id, name, username=username or f"{name.lower()}_bot", is_bot=True)
        made = BotAccount(user, token, UpdateQueue(self.clock, self.dice), Webhook(), **settings)
        self.bots[token] = made
        self.users[bot_id] = user
        return made

    def person(self, name: str, *, bot: BotAccount | None = None, language: str = "en", username: str = "", id: int = 0) -> Person:  # noqa: A002
        """A new person, in a private chat with the bot (the first one, if none is named) that is not started yet."""
        user = User(id or FIRST_PERSON + len(self.people), name, username=username, language_code=language)
        self.users[user.id] = user
        if bot is None and not self.bots:
            raise ValueError("make a bot first: a person stands in a chat with one")
        made = Person(self, user, bot or next(iter(self.bots.values())))
        self.people.append(made)
        return made

    def group(self, title: str, *people: Person, kind: str = "supergroup", **settings: Any) -> Group:
        """A new group, supergroup or channel of these people, the first of whom owns it. `is_forum=True` gives it topics."""
        number = len(self.chats)
        chat = Chat(-(FIRST_GROUP + number) if kind == "group" else -(FIRST_SUPERGROUP + FIRST_GROUP + number), kind, title, **settings)
        self.chats[chat.id] = chat
        if chat.username:
            self.named[chat.username.lower()] = chat
        return Group(self, chat, people)

    def private_chat(self, bot: BotAccount, user: User) -> Chat:
        """The private chat of a person with a bot."""
        key = (bot.id, user.id)
        if key not in self.private:
            self.private[key] = Chat(user.id, "private", person=user, bot=bot)
        return self.private[key]

    def next_message_id(self, chat: Chat) -> int:
        """Supergroups and channels number their own messages; all other chats share one count."""
        if chat.own_ids:
            chat.last_id += 1
            return chat.last_id
        self._last_private_id += 1
        return self._last_private_id

    async def close(self) -> None:
        """Ends the deliveries to webhooks."""
        await self.sender.close()

    # -- updates ----------------------------------------------------------------------------------------------------

    def queue(self, bot: BotAccount, kind: str, body: dict[str, Any], order: int) -> None:
        """Queues an update for a bot, by webhook or for its next poll."""
        if bot.queue.add(kind, body, order) is not None:
            self.changes.touch()
            self.sender.wake(bot)

    def pending(self, bot: BotAccount) -> int:
        """How many updates a bot has not confirmed."""
        bot.queue.expire()
        return len(bot.queue.waiting)

    async def settled(self, writes: int = 0, timeout: float = 5.0) -> None:
        """Waits until the bots are done, as far as can be told from here, after at least so many calls. See `Settling`."""
        await self.settling.until_settled(writes, timeout)

    # -- the Bot API ------------------------------------------------------------------------------------------------

    @property
    def post(self) -> Post | None:
        """How webhooks are reached. None: over HTTP."""
        return self.sender.post

    @post.setter
    def post(self, post: Post | None) -> None:
        self.sender.post = post

    async def call(
        self, token: str, method: str, params: Mapping[str, Any] | None = None, files: Mapping[str, Upload] | None = None
    ) -> tuple[int, dict[str, Any]]:
        """Carries out a call: the HTTP status and the body of the answer. Raises Broken if a fault keeps the answer."""
        given = params or {}
        name = methods().get(method.lower(), method)
        chat = given.get("chat_id")
        call = Call(self.clock(), token.split(":", 1)[0], name, given, as_integer(chat) or None if chat is not None else None)
        self.calls.made.append(call)
        try:
            result = await self._carry_out(call, token, name, Params(given, files))
        except ApiError as refusal:
            call.status, call.error = refusal.code, refusal.description
            self.changes.touch()
            return refusal.code, refusal.to_json()
        except Broken as slip:
            call.status, call.broken = slip.status, slip.kind.value
            self.changes.touch()
            raise
        except asyncio.CancelledError:
            call.status, call.broken = GIVEN_UP, "given up"
            self.changes.touch()
            raise
        call.status, call.result = 200, result["result"]
        self.changes.touch()
        return 200, result

    async def _carry_out(self, call: Call, token: str, name: str, params: Params) -> dict[str, Any]:
        bot = self._authorised(token)
        played = PLAYED.get(name)
        if played is None:
            if name not in methods().values():
                raise ApiError(404, "Not Found: method not found")
            raise not_played(name)
        if self.parameters_checked:
            check_parameters(name, params.names())
        fault = None
        if not self.faults.quiet:
            fault = await self._befall(bot, name, call.chat)
        self.rates.count(bot.id, name, call.chat)
        result = played(Context(self, bot, params, fault))
        if inspect.isawaitable(result):
            result = await result
        call.carried_out = True
        body = result if isinstance(result, dict) and "ok" in result else {"ok": True, "result": result}
        if fault is not None and fault.kind is Kind.SLOW_AFTER:
            await self.clock.sleep(fault.seconds)
        elif fault is not None and fault.kind not in {Kind.SLOW, Kind.AGAIN}:
            raise broken(fault, json.dumps(body).encode())
        return body

    async def _befall(self, bot: BotAccount, name: str, chat: int | None) -> Fault | None:
        self.faults.check_closed(bot.id, chat)
        fault = self.faults.take(name, chat)
        if fault is not None and fault.kind in BEFORE:
            self.faults.strike(fault, bot.id, chat)
        if fault is not None and fault.kind is Kind.SLOW:
            await self.clock.sleep(fault.seconds)
        return fault

    def _authorised(self, token: str) -> BotAccount:
        if not TOKEN.match(token):
            raise NOT_FOUND
        bot = self.bots.get(token)
        if bot is None or bot.revoked:
            raise UNAUTHORIZED
        return bot
