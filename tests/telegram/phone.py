"""Phones: a real turner over a store in memory, whose parcels a real delivery carries out into chats that are plain dictionaries.

What no phone could show fails at once: markup that does not parse, a text or keyboard beyond Telegram's limits.
"""

import json
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from bot.model.conversation import Conversation
from bot.model.limits import CAPTION_LENGTH, MESSAGE_LENGTH, TOAST_LENGTH, utf16_length
from bot.sandbox.html import parse_html
from bot.sandbox.keyboards import check_markup
from bot.storage.memory import MemoryStore
from bot.telegram.delivery import Delivery
from bot.telegram.desk import Desk
from bot.telegram.inbound import read_update
from bot.telegram.turner import Turner
from bot.turn.mind import Mind
from bot.turn.post import Outgoing
from tests.telegram.updates import BOT, Update, pressed, wrote

Message = dict[str, Any]
BUTTON_TEXT = 64


def check_message(text: str, keys: list[list[dict[str, Any]]]) -> str:
    """The visible text of a message that Telegram would take."""
    shown, _ = parse_html(text)
    assert shown.strip()
    assert utf16_length(shown) <= MESSAGE_LENGTH
    check_markup({"inline_keyboard": keys})
    for row in keys:
        for one in row:
            assert one["text"].strip()
            assert utf16_length(one["text"]) <= BUTTON_TEXT
    return shown


@dataclass
class Phones:
    """Everybody's phone. People are numbers; each has a private chat with the bot."""

    mind: Mind
    coordinators: frozenset[int] = frozenset()
    now: float = 1_790_000_000.0
    store: MemoryStore = field(default_factory=MemoryStore)
    chats: dict[int, dict[int, Message]] = field(default_factory=dict)
    answered: list[Message] = field(default_factory=list)
    files: list[Message] = field(default_factory=list)

    def __post_init__(self) -> None:
        ids = map(str, count(1))
        desk = Desk(self.mind, self.store, BOT, lambda: self.now, ids.__next__, self.coordinators)
        self.turner = Turner(desk)
        self._delivery = Delivery(self._call)
        self._messages = count(10)
        self._updates = count(1)

    async def take(self, raw: str) -> list[Outgoing]:
        """The parcels that came of an update; they are stored and not delivered. Raises Unreadable."""
        await self.store.receive([(next(self._updates), raw)], self.now)
        incoming = (await self.store.waiting(0, 1000))[-1]
        arrival = read_update(raw, BOT)
        if arrival is None:
            return await self.store.finish(incoming.id, None, self.now)
        return await self.turner.take(incoming, arrival)

    async def send(self, update: Update) -> list[Message]:
        """One update, and what was sent for it; the bodies of its parcels."""
        parcels = await self.take(json.dumps(update))
        self.now += 1
        for one in parcels:
            await self._deliver(one)
        return [one.body for one in parcels]

    async def _deliver(self, parcel: Outgoing) -> None:
        _, shown = await self.store.load("", parcel.lane)
        delivered = await self._delivery.deliver(parcel, shown)
        for follow in await self.store.sent(parcel.id, parcel.lane, delivered.shown, delivered.follow, self.now):
            await self._deliver(follow)

    async def write(self, text: str, person: int = 7, **fields: Any) -> list[Message]:
        """A person writes in private."""
        place = {"chat": {"id": person, "type": "private"}, "from": {"id": person, "is_bot": False, "first_name": "P"}}
        return await self.send(wrote(**{**place, "message_id": next(self._messages), "text": text, **fields}))

    async def press(self, data: str, on: int = 0, person: int = 7) -> list[Message]:
        """A person presses something, below the newest message that has buttons if no other is named."""
        update = pressed(data, message_id=on or self.card(person), chat={"id": person, "type": "private"})
        update["callback_query"]["from"] = {"id": person, "is_bot": False, "first_name": "P"}
        return await self.send(update)

    def card(self, person: int = 7) -> int:
        """The newest message with buttons."""
        return max((number for number, one in self.chats.get(person, {}).items() if one["keys"]), default=1)

    def screen(self, person: int = 7) -> str:
        """The words of the newest message with buttons."""
        return str(self.chats[person][self.card(person)]["shown"])

    def data(self, label: str, person: int = 7) -> str:
        """What the button with this in its label carries, in the newest message with buttons."""
        keys = self.chats[person][self.card(person)]["keys"]
        return str(next(one["callback_data"] for row in keys for one in row if label in one["text"]))

    async def tap(self, label: str, person: int = 7) -> list[Message]:
        """A person presses the button with this in its label."""
        return await self.press(self.data(label, person), person=person)

    async def conversation(self, person: int = 7) -> Conversation | None:
        """What is kept of a person."""
        kept = await self.store.current(f"chat:{person}")
        return kept.conversation if kept else None

    async def _call(self, method: str, params: Message) -> Message:
        if method == "answerCallbackQuery":
            assert utf16_length(params.get("text", "")) <= TOAST_LENGTH
            self.answered.append(params)
            return {}
        chat = self.chats.setdefault(params["chat_id"], {})
        if method == "sendDocument":
            assert utf16_length(params["caption"]) <= CAPTION_LENGTH
            self.files.append(params)
        number = params["message_id"] if method.startswith("edit") else next(self._messages)
        keys = params.get("reply_markup", {}).get("inline_keyboard", [])
        if method in ("sendMessage", "editMessageText"):
            chat[number] = {"shown": check_message(params["text"], keys), "text": params["text"], "keys": keys}
        elif number in chat:
            chat[number]["keys"] = []
        return {"message_id": number}
