"""A person who chats: what they do and what they see. Made by `World.person`; in a group see `group.Member`."""

from typing import TYPE_CHECKING, Any

from bot.sandbox import contents, limits
from bot.sandbox.accounts import BotAccount, User
from bot.sandbox.chats import Chat, Membership, Message
from bot.sandbox.inline import Inline, ask_as_guest, ask_inline
from bot.sandbox.looking import Looking
from bot.sandbox.methods.chatting import origin_of
from bot.sandbox.moves import tell_members
from bot.sandbox.posting import Happening, changed, happened, new_message, post
from bot.sandbox.pressing import Impossible, Press, find_button, press_button
from bot.sandbox.seen import Seen
from bot.sandbox.units import units

if TYPE_CHECKING:
    from bot.sandbox.world import World

Which = Message | Seen | int
"""A message: itself, as it was seen, or its number."""


class Person(Looking):
    """Somebody in a chat. Every act is awaited, is told to the bots at once, and answers what it made."""

    def __init__(self, world: "World", user: User, bot: BotAccount, chat: Chat | None = None) -> None:
        super().__init__(world, user, bot, chat or world.private_chat(bot, user))

    # -- writing ----------------------------------------------------------------------------------------------------

    async def send(self, text: str, *, reply_to: Which | None = None, topic: int = 0) -> Message:
        """Types a text and sends it. As an app does, one too long is sent in pieces; answers the last."""
        if not text.strip():
            raise Impossible("nothing is typed: there is no Send to touch")
        pieces = _pieces(text)
        for piece in pieces[:-1]:
            self._say(contents.text(piece), topic=topic)
        return self._say(contents.text(pieces[-1]), reply_to=reply_to, topic=topic)

    async def command(self, name: str, words: str = "", *, topic: int = 0) -> Message:
        """Sends a command, with words behind it if there are any."""
        return await self.send(f"/{name.removeprefix('/')} {words}".rstrip(), topic=topic)

    async def open_link(self, payload: str = "") -> Message:
        """Opens `t.me/<bot>?start=<payload>` and touches Start."""
        return await self.command("start", payload)

    async def edit(self, message: Which, text: str) -> Message:
        """Changes a message of one's own."""
        found = self.message(message)
        self.begin()
        found.content = contents.text(text)
        changed(self.world, found)
        return found

    async def forward(self, message: Which, *, topic: int = 0) -> Message:
        """Sends a message on to this chat."""
        found = message if isinstance(message, Message) else self.message(message)
        return self._say(found.content, extra={"forward_origin": origin_of(found)}, topic=topic)

    async def send_photo(self, caption: str = "") -> Message:
        return self._say(contents.photo(self.world.files, caption))

    async def send_document(self, name: str = "notes.txt", content: bytes = b"notes", caption: str = "") -> Message:
        return self._say(contents.document(self.world.files, name, content, caption))

    async def send_voice(self, seconds: int = 3) -> Message:
        return self._say(contents.voice(self.world.files, seconds))

    async def send_sticker(self, emoji: str = "👍") -> Message:
        return self._say(contents.sticker(self.world.files, emoji))

    async def send_location(self, latitude: float = 51.5, longitude: float = -0.12) -> Message:
        return self._say(contents.location(latitude, longitude))

    async def send_contact(self, phone: str = "+447700900123", first_name: str = "Sam") -> Message:
        return self._say(contents.contact(phone, first_name))

    async def send_dice(self, value: int = 4) -> Message:
        return self._say(contents.dice(value))

    async def send_poll(self, question: str = "When?", *options: str) -> Message:
        return self._say(contents.poll(question, options or ("Today", "Tomorrow")))

    # -- buttons ----------------------------------------------------------------------------------------------------

    async def press(self, message: Which, button: str) -> Press:
        """Presses a button, named by its label, by its data, or by words only its label has."""
        found = self.message(message, deleted_too=True)
        return await press_button(self, found, find_button(found, button))

    async def forge(self, message: Which, data: str) -> Press:
        """Presses a button that is not there, as a changed app could: the bot must not trust what it is sent."""
        return await press_button(self, self.message(message, deleted_too=True), {"text": "forged", "callback_data": data})

    async def inline(self, words: str = "", bot: BotAccount | None = None) -> Inline:
        """Types a bot's name and words after it; the bot is asked for results to choose from."""
        return ask_inline(self, bot or self.bot, words)

    # -- the bot as a contact ---------------------------------------------------------------------------------------

    async def block(self) -> None:
        """Blocks the bot, which is told."""
        self._set_blocked("kicked")

    async def unblock(self) -> None:
        """Lets the bot write again, which is told."""
        self._set_blocked("member")

    def leave_telegram(self) -> None:
        """Deletes the account. The bot is not told; its next message is refused."""
        self.user.deactivated = True

    def _set_blocked(self, status: str) -> None:
        self.begin()
        old = "member" if status == "kicked" else "kicked"
        self.chat.blocked = status == "kicked"
        bot = self.bot.user
        tell_members(self.world, self.chat, self.user, Membership(bot, old), Membership(bot, status))
        happened(self.world, self.chat, Happening("block" if self.chat.blocked else "unblock", self.name))

    # -- inside -----------------------------------------------------------------------------------------------------

    def _say(self, content: dict[str, Any], *, reply_to: Which | None = None, topic: int = 0, **more: Any) -> Message:
        self._check_may_write()
        self.begin()
        self.chat.opened = True
        replied = self.message(reply_to) if reply_to is not None else None
        self._on_thread(more, replied, topic)
        message = post(self.world, new_message(self.world, self.chat, content, reply_to=replied, **self._as_sender(), **more))
        if not self.chat.private:
            ask_as_guest(self, message)
        return message

    def _check_may_write(self) -> None:
        if self.chat.blocked:
            raise Impossible(f"{self.name} has blocked the bot")

    def _as_sender(self) -> dict[str, Any]:
        return {"sender": self.user}

    def _on_thread(self, more: dict[str, Any], replied: Message | None, topic: int) -> None:
        """In a private chat there are no threads."""


def _pieces(text: str) -> list[str]:
    """A text in pieces of at most what one message holds."""
    pieces, begin, size = [], 0, 0
    for at, letter in enumerate(text):
        size += units(letter)
        if size > limits.TEXT:
            pieces.append(text[begin:at])
            begin, size = at, units(letter)
    return [*pieces, text[begin:]]
