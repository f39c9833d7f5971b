"""Talking to a bot outside its chat: inline queries, and asking a bot that is no member as a guest."""

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.sandbox.accounts import BotAccount
from bot.sandbox.chats import Chat, Message
from bot.sandbox.posting import new_message, post
from bot.sandbox.pressing import Impossible
from bot.sandbox.queries import Query
from bot.sandbox.units import part

if TYPE_CHECKING:
    from bot.sandbox.person import Person

CHAT_TYPES = {"private": "private", "group": "group", "supergroup": "supergroup", "channel": "channel"}


@dataclass(frozen=True, slots=True)
class Inline:
    """What a person typed after a bot's name, and what they may choose from once the bot has answered."""

    person: "Person"
    query: Query

    @property
    def titles(self) -> list[str]:
        """The titles to choose from."""
        return [result["title"] for result in self.query.answers[-1]] if self.query.answers else []

    async def results(self, timeout: float = 5.0) -> list[dict[str, Any]]:
        """Waits for the bot's answer. Raises TimeoutError after so many seconds on the wall."""
        async with asyncio.timeout(timeout):
            await self.person.world.changes.until(lambda: bool(self.query.answers))
        return list(self.query.answers[-1])

    async def choose(self, which: int | str = 0) -> Message:
        """Sends a result, by its place or its title, to the chat where it was asked for."""
        results = await self.results()
        found = results[which] if isinstance(which, int) else next(one for one in results if one["title"] == which)
        return choose(self.person, self.query, found)


def ask_inline(person: "Person", bot: BotAccount, words: str) -> Inline:
    """Types `@bot words` in a chat."""
    if not bot.supports_inline_queries:
        raise Impossible(f"@{bot.username} has no inline mode")
    person.begin()
    query = person.world.queries.ask("inline", bot, person.user, person.chat, data=words)
    kind = "sender" if person.chat.bot is bot else CHAT_TYPES[person.chat.type]
    body = {"id": query.id, "from": person.user.to_json(), "query": words, "offset": "", "chat_type": kind}
    person.world.queue(bot, "inline_query", body, person.id + (1 << 33))
    return Inline(person, query)


def choose(person: "Person", query: Query, result: dict[str, Any]) -> Message:
    """Sends a result. The bot is told, if it asked @BotFather for that."""
    world, bot = person.world, query.bot
    message = new_message(world, query.chat, result["content"], sender=person.user, via=bot, markup=result["markup"])
    if message.markup is not None:
        message.inline_id = f"inline{query.id}"
        world.inline_messages[message.inline_id] = message
    post(world, message)
    if bot.inline_feedback:
        body = {"result_id": result["id"], "from": person.user.to_json(), "query": query.data}
        if message.inline_id:
            body["inline_message_id"] = message.inline_id
        world.queue(bot, "chosen_inline_result", body, person.id + (2 << 33))
    return message


def ask_as_guest(person: "Person", message: Message) -> None:
    """A message that mentions a bot which is no member, and answers guests, asks it."""
    chat: Chat = message.chat
    for entity in message.entities:
        if entity["type"] not in {"mention", "bot_command"}:
            continue
        name = part(message.text, entity).rpartition("@")[2].lower()
        for bot in person.world.bots.values():
            if bot.username.lower() == name and bot.supports_guest_queries and chat.member(bot.id) is None:
                query = person.world.queries.ask("guest", bot, person.user, chat, message=message)
                body = {**message.to_json(), "guest_query_id": query.id}
                person.world.queue(bot, "guest_message", body, chat.id)
