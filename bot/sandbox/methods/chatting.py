"""forwardMessage, copyMessage, pinChatMessage, unpinChatMessage, setMessageReaction."""

from typing import Any

from telegram.constants import ReactionEmoji

from bot.sandbox import access
from bot.sandbox.chats import Chat, Message
from bot.sandbox.errors import bad_request
from bot.sandbox.methods.context import Context
from bot.sandbox.methods.sending import caption_content, place
from bot.sandbox.params import words_of
from bot.sandbox.posting import service

EMOJI = frozenset(str(emoji.value) for emoji in ReactionEmoji)


def forward_message(call: Context) -> dict[str, Any]:
    """Sends a message on, saying whose it was."""
    source = _source(call, "message to forward")
    if source.service:
        raise bad_request("message can't be forwarded")
    return place(call, source.content, "text messages", extra={"forward_origin": origin_of(source)}).to_json()


def copy_message(call: Context) -> dict[str, Any]:
    """Sends the same again, without saying whose it was; with another caption if one is given."""
    source = _source(call, "message to copy")
    if source.service:
        raise bad_request("message can't be copied")
    content = dict(source.content)
    if call.params.has("caption") and "text" not in content:
        content = {name: value for name, value in content.items() if not name.startswith("caption")} | caption_content(call)
    return {"message_id": place(call, content, "text messages").id}


def _source(call: Context, what: str) -> Message:
    return call.message(call.chat("from_chat_id", write=False), what)


def origin_of(source: Message) -> dict[str, Any]:
    """Whose a message was, as a forwarded one tells it."""
    if "forward_origin" in source.extra:
        return dict(source.extra["forward_origin"])
    if source.chat.type == "channel":
        return {"type": "channel", "chat": source.chat.to_json(), "message_id": source.id, "date": source.date}
    if source.sender_chat is not None:
        return {"type": "chat", "sender_chat": source.sender_chat.to_json(), "date": source.date}
    if source.sender is None:
        return {"type": "hidden_user", "sender_user_name": source.chat.title, "date": source.date}
    return {"type": "user", "sender_user": source.sender.to_json(), "date": source.date}


def pin_chat_message(call: Context) -> bool:
    """Keeps a message at the top of the chat, and says so there."""
    chat = call.chat()
    message = call.message(chat, "message to pin")
    access.check_admin(call.bot, chat, "can_pin_messages", "not enough rights to manage pinned messages in the chat")
    if message.service:
        raise bad_request("message can't be pinned")
    if message.id not in chat.pinned:
        chat.pinned.append(message.id)
        pinned = {"pinned_message": message.to_json(reply=False)}
        more = {"sender_chat": chat} if chat.type == "channel" else {"sender": call.bot.user}
        service(call.world, chat, pinned, bot=call.bot, **more)
    return True


def unpin_chat_message(call: Context) -> bool:
    """Takes a message, or the last one pinned, from the top."""
    chat = call.chat()
    access.check_admin(call.bot, chat, "can_pin_messages", "not enough rights to manage pinned messages in the chat")
    message_id = call.params.integer("message_id") or _last_pinned(chat)
    if message_id not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(message_id)
    call.world.changes.touch()
    return True


def _last_pinned(chat: Chat) -> int:
    return chat.pinned[-1] if chat.pinned else 0


def set_message_reaction(call: Context) -> bool:
    """Puts a small picture under a message, or takes it away."""
    chat = call.chat()
    message = call.message(chat, "message to react")
    reactions = call.params.array("reaction")
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    for reaction in reactions:
        if not isinstance(reaction, dict) or words_of(reaction, "type") not in {"emoji", "custom_emoji"}:
            raise bad_request("Can't parse reaction type: Unsupported type specified")
        if reaction["type"] == "custom_emoji" or words_of(reaction, "emoji") not in EMOJI:
            raise bad_request("REACTION_INVALID")
    message.reactions[call.bot.id] = [str(reaction["emoji"]) for reaction in reactions]
    call.world.changes.touch()
    return True


PLAYED = {
    "forwardMessage": forward_message,
    "copyMessage": copy_message,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "setMessageReaction": set_message_reaction,
}
