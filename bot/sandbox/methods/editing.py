"""editMessageText, editMessageCaption, editMessageReplyMarkup: of a bot's own messages, or of those sent through it."""

from typing import Any

from bot.sandbox import limits
from bot.sandbox.chats import Message
from bot.sandbox.errors import bad_request
from bot.sandbox.keyboards import reply_markup
from bot.sandbox.methods.context import Context
from bot.sandbox.methods.sending import caption_content, text_content
from bot.sandbox.posting import changed
from bot.sandbox.units import units

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content"
    " and reply markup of the message"
)
Answer = dict[str, Any] | bool


def edit_message_text(call: Context) -> Answer:
    """Another text, and with it another keyboard or none."""
    content = text_content(call)
    message = _to_edit(call)
    if "text" not in message.content:
        raise bad_request("there is no text in the message to edit")
    if units(content["text"]) > limits.TEXT:
        raise bad_request("MESSAGE_TOO_LONG")
    return _edit(call, message, content)


def edit_message_caption(call: Context) -> Answer:
    """Another caption under a picture or a file, and with it another keyboard or none."""
    content = caption_content(call)
    message = _to_edit(call)
    if "text" in message.content or message.service:
        raise bad_request("there is no caption in the message to edit")
    kept = {name: value for name, value in message.content.items() if not name.startswith(("caption", "show_caption"))}
    return _edit(call, message, {**kept, **content})


def edit_message_reply_markup(call: Context) -> Answer:
    """Another keyboard, or none."""
    message = _to_edit(call)
    return _edit(call, message, message.content)


def _to_edit(call: Context) -> Message:
    if call.params.has("inline_message_id"):
        message = call.world.inline_messages.get(call.params.text("inline_message_id"))
        if not isinstance(message, Message) or message.via is not call.bot:
            raise bad_request("MESSAGE_ID_INVALID")
        if message.deleted:
            raise bad_request("message to edit not found")
        return message
    chat = call.chat()
    message = call.message(chat, "message to edit")
    if message.bot is not call.bot or message.service or "forward_origin" in message.extra:
        raise bad_request("message can't be edited")
    if message.markup is not None and "inline_keyboard" not in message.markup:
        raise bad_request("message can't be edited")
    return message


def _edit(call: Context, message: Message, content: dict[str, Any]) -> Answer:
    markup = reply_markup(call.params, only_inline=True, private=message.chat.private)
    if content == message.content and markup == message.markup:
        raise bad_request(NOT_MODIFIED)
    message.content, message.markup = content, markup
    changed(call.world, message)
    return True if call.params.has("inline_message_id") else message.to_json()


PLAYED = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
}
