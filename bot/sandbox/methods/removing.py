"""deleteMessage, deleteMessages."""

from bot.sandbox import limits
from bot.sandbox.chats import Message
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.methods.context import Context
from bot.sandbox.params import as_integer
from bot.sandbox.posting import Happening, happened


def delete_message(call: Context) -> bool:
    """Deletes one message, if it is the bot's to delete and not too old."""
    chat = call.chat(write=False)
    message = call.message(chat, "message to delete")
    _check(call, message)
    remove(call, message)
    return True


def delete_messages(call: Context) -> bool:
    """Deletes several messages. Those that are not there, or not the bot's to delete, are passed over."""
    chat = call.chat(write=False)
    ids = call.params.array("message_ids")
    if not ids:
        raise bad_request("Message identifiers are not specified")
    if len(ids) > limits.DELETE_MANY:
        raise bad_request("Too many message identifiers specified")
    for message_id in ids:
        try:
            message = chat.find(as_integer(message_id), "message to delete")
            _check(call, message)
        except ApiError:
            continue
        remove(call, message)
    return True


def _check(call: Context, message: Message) -> None:
    chat = message.chat
    rights = chat.is_admin(call.bot.id, "can_delete_messages")
    if message.bot is not call.bot and not chat.private and not rights:
        raise bad_request("message can't be deleted")
    if call.world.clock() - message.date > limits.DELETE_WITHIN and not rights:
        raise bad_request("message can't be deleted for everyone")


def remove(call: Context, message: Message) -> None:
    """Takes a message away."""
    message.deleted = True
    happened(call.world, message.chat, Happening("delete", call.bot.user.first_name, message, message.content))


PLAYED = {"deleteMessage": delete_message, "deleteMessages": delete_messages}
