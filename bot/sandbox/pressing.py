"""Buttons: finding the one that is meant, and what pressing it does."""

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from bot.sandbox.chats import Message
from bot.sandbox.posting import Happening, happened
from bot.sandbox.queries import Query, Toast

if TYPE_CHECKING:
    from bot.sandbox.person import Person


class Impossible(Exception):
    """A person cannot do this: there is no such button, or the bot is blocked."""


@dataclass(frozen=True, slots=True)
class Press:
    """A press, which waits for its answer. One on a key or a link has no query: there is nothing to answer."""

    person: "Person"
    query: Query | None = None
    opened: str = ""

    @property
    def toast(self) -> Toast | None:
        """The last answer, if there is one."""
        return self.query.answers[-1] if self.query is not None and self.query.answers else None

    async def answered(self, timeout: float = 5.0) -> Toast:
        """Waits for the answer. Raises TimeoutError after so many seconds on the wall."""
        if self.query is None:
            raise Impossible("this button asks nothing of the bot")
        async with asyncio.timeout(timeout):
            await self.person.world.changes.until(lambda: self.toast is not None)
        return self.query.answers[-1]  # type: ignore[no-any-return]


def buttons_of(message: Message) -> list[dict[str, Any]]:
    """All buttons of a message, under it or in place of the keyboard."""
    markup = message.markup or {}
    return [button for row in markup.get("inline_keyboard", markup.get("keyboard", ())) for button in row]


def find_button(message: Message, wanted: str) -> dict[str, Any]:
    """The button with this label, with this data, or the only one whose label has these words."""
    buttons = buttons_of(message)
    for button in buttons:
        if button["text"] == wanted:
            return button
    for button in buttons:
        if button.get("callback_data") == wanted:
            return button
    close = [button for button in buttons if wanted in button["text"]]
    if len(close) != 1:
        there = ", ".join(repr(button["text"]) for button in buttons) or "none at all"
        raise Impossible(f"no button {wanted!r} under message {message.id} ({message.text[:40]!r}); there are {there}")
    return close[0]


async def press_button(person: "Person", message: Message, button: dict[str, Any]) -> Press:
    """Does what a button is for."""
    person.begin()
    happened(person.world, person.chat, Happening("press", person.name, message, note=button["text"]))
    if "callback_data" in button:
        return Press(person, ask(person, message, button["callback_data"]))
    if "url" in button:
        await _open(person, button["url"])
        return Press(person, opened=button["url"])
    if "copy_text" in button:
        person.clipboard = button["copy_text"]["text"]
    elif message.markup is not None and "keyboard" in message.markup:
        await person.send(button["text"])
    return Press(person)


def ask(person: "Person", message: Message, data: str) -> Query:
    """Queues the callback query. Of a deleted message the bot learns only where it was."""
    world = person.world
    bot = message.via or message.bot or person.bot
    query = world.queries.ask("callback", bot, person.user, person.chat, message=message, data=data)
    body: dict[str, Any] = {"id": query.id, "from": person.user.to_json(), "chat_instance": str(abs(person.chat.id) * 7919), "data": data}
    if message.inline_id:
        body["inline_message_id"] = message.inline_id
    elif message.deleted:
        body["message"] = {"chat": message.chat.to_json(), "message_id": message.id, "date": 0}
    else:
        body["message"] = message.to_json()
    world.queue(bot, "callback_query", body, person.id + (3 << 33))
    return query


async def _open(person: "Person", url: str) -> None:
    """A link to the bot itself starts it; any other leads out of Telegram."""
    parts = urlsplit(url)
    start = parse_qs(parts.query).get("start")
    if parts.hostname == "t.me" and parts.path.strip("/").lower() == person.bot.username.lower() and start:
        await person.open_link(start[0])
