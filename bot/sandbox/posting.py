"""Puts messages into chats, and tells the bots that hear of them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.sandbox.audience import listeners
from bot.sandbox.chats import Chat, Message

if TYPE_CHECKING:
    from bot.sandbox.world import World


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that a transcript tells: what it was, who did it, and how the message stood then."""

    kind: str
    who: str
    message: Message | None = None
    content: dict[str, Any] | None = None
    markup: dict[str, Any] | None = None
    note: str = ""


def post(world: "World", message: Message) -> Message:
    """Gives a message its number, puts it into its chat and tells the bots."""
    chat = message.chat
    message.id = world.next_message_id(chat)
    chat.messages[message.id] = message
    if message.bot is not None:
        chat.last_speaking_bot = message.bot.id
    tell(world, message, "channel_post" if chat.type == "channel" else "message")
    happened(world, chat, Happening("message", who_wrote(message), message, message.content, message.markup))
    return message


def new_message(world: "World", chat: Chat, content: dict[str, Any], **more: Any) -> Message:
    """A message of this moment that is in no chat yet."""
    return Message(chat, 0, int(world.clock()), content, **more)


def changed(world: "World", message: Message) -> None:
    """A message was edited: whoever hears it is told, and it shows the time."""
    message.edited = int(world.clock())
    tell(world, message, "edited_channel_post" if message.chat.type == "channel" else "edited_message")
    happened(world, message.chat, Happening("edit", who_wrote(message), message, message.content, message.markup))


def tell(world: "World", message: Message, kind: str) -> None:
    """Queues an update for every bot that hears a message."""
    body = None
    for bot in listeners(world.bots.values(), message):
        body = body or message.to_json()
        world.queue(bot, kind, body, message.chat.id)


def service(world: "World", chat: Chat, content: dict[str, Any], **more: Any) -> Message:
    """A notice by Telegram itself: somebody joined, a topic was made, a message was pinned."""
    return post(world, new_message(world, chat, content, service=True, **more))


def happened(world: "World", chat: Chat, happening: Happening) -> None:
    """Writes something down for the transcript and wakes whoever waits for it."""
    chat.events.append(happening)
    world.changes.touch()


def who_wrote(message: Message) -> str:
    """The name a transcript shows for the writer."""
    if message.sender_chat is not None:
        return message.sender_chat.title
    return message.sender.first_name if message.sender is not None else message.chat.title
