"""What somebody in a chat sees, and how a test waits for it without sleeping."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.sandbox.accounts import BotAccount, User
from bot.sandbox.chats import Chat, Message
from bot.sandbox.menu import commands_for
from bot.sandbox.queries import Toast
from bot.sandbox.seen import Seen, seen
from bot.sandbox.transcript import transcript

if TYPE_CHECKING:
    from bot.sandbox.world import World


class Looking:
    """The eyes of a person, on one chat."""

    def __init__(self, world: "World", user: User, bot: BotAccount, chat: Chat) -> None:
        self.world = world
        self.user = user
        self.bot = bot
        self.chat = chat
        self.clipboard = ""
        self._since = 0

    @property
    def id(self) -> int:
        return self.user.id

    @property
    def name(self) -> str:
        return self.user.first_name

    def sees(self) -> list[Seen]:
        """The messages in the chat, oldest first, as they stand now."""
        return [seen(message, self.user) for message in self.chat.messages.values() if not message.deleted]

    def last(self) -> Seen:
        """The newest message."""
        return self.sees()[-1]

    def keys(self) -> tuple[tuple[str, ...], ...]:
        """The keys shown in place of the keyboard: those of the newest message that brought or took some."""
        return next((one.keyboard for one in reversed(self.sees()) if one.keyboard is not None), ())

    def commands(self) -> list[str]:
        """The commands in the menu of this chat."""
        return [command["command"] for command in commands_for(self.bot, self.chat, self.user)]

    @property
    def toasts(self) -> list[Toast]:
        """What bots answered to this person's presses in this chat, in the order of the presses."""
        asked = (query for query in self.world.queries if query.kind == "callback" and query.user is self.user and query.chat is self.chat)
        return [toast for query in asked for toast in query.answers]

    def message(self, which: Message | Seen | int, *, deleted_too: bool = False) -> Message:
        """The message itself."""
        found = which if isinstance(which, Message) else self.chat.messages[which if isinstance(which, int) else which.id]
        if found.deleted and not deleted_too:
            raise LookupError(f"{self.name} no longer sees message {found.id}")
        return found

    def heard(self) -> list[Seen]:
        """What bots wrote or edited since this person last did something, newest last."""
        fresh = (event.message for event in self.chat.events[self._since :] if event.kind in {"message", "edit"})
        kept = {message.id: message for message in fresh if message.bot is not None and not message.deleted}
        return [seen(message, self.user) for message in kept.values()]

    async def waits_for(self, what: str | Callable[[Seen], bool], timeout: float = 5.0) -> Seen:
        """Waits until a bot has written, or edited into, what is looked for, since this person last did something.

        `what`: words in it, or a function that says whether a message is the one. Answers the newest that is.
        Raises TimeoutError, with what was said instead, after so many seconds on the wall.
        """
        fits: Callable[[Seen], bool] = (lambda one: what in one.text) if isinstance(what, str) else what
        found: list[Seen] = []

        def there() -> bool:
            found[:] = [one for one in self.heard() if fits(one)]
            return bool(found)

        await self._until(there, timeout, f"to see {what!r}")
        return found[-1]

    async def waits_until(self, holds: Callable[[], bool], timeout: float = 5.0) -> None:
        """Waits until something holds; it is asked again after every change in the world."""
        await self._until(holds, timeout, "for a change")

    async def _until(self, holds: Callable[[], bool], timeout: float, what: str) -> None:
        try:
            async with asyncio.timeout(timeout):
                await self.world.changes.until(holds)
        except TimeoutError:
            raise TimeoutError(f"{self.name} waited {timeout:g} s {what}. What happened:\n{transcript(self.chat)}") from None

    def begin(self) -> None:
        """This person does something: what bots say from here on is new."""
        self._since = len(self.chat.events)
        self.world.settling.begin()
