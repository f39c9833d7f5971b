"""What every method is given: the world, the bot that calls, its parameters, and the fault that befalls the call."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.sandbox import access
from bot.sandbox.accounts import BotAccount
from bot.sandbox.chats import Chat, Message
from bot.sandbox.errors import bad_request
from bot.sandbox.faults import Fault
from bot.sandbox.params import Params

if TYPE_CHECKING:
    from bot.sandbox.world import World


@dataclass(frozen=True, slots=True)
class Context:
    """One call on its way."""

    world: "World"
    bot: BotAccount
    params: Params
    fault: Fault | None = None

    def chat(self, name: str = "chat_id", *, write: bool = True) -> Chat:
        """The chat a parameter names."""
        return access.chat_of(self.world, self.bot, self.params, name, write=write)

    def message(self, chat: Chat, what: str, name: str = "message_id") -> Message:
        """The message a parameter names."""
        if not self.params.has(name):
            raise bad_request(f"{what} identifier is not specified" if what.startswith("message") else f"{name} is empty")
        return chat.find(self.params.integer(name), what)


Result = Any
