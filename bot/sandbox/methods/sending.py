"""sendMessage, sendPhoto, sendDocument, sendChatAction."""

from typing import Any

from bot.sandbox import access, limits
from bot.sandbox.chats import Chat, Message
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.keyboards import reply_markup
from bot.sandbox.methods.context import Context
from bot.sandbox.params import as_integer
from bot.sandbox.posting import new_message, post
from bot.sandbox.signatures import check_fields
from bot.sandbox.texts import Formatted, formatted
from bot.sandbox.units import units

ACTIONS = frozenset({
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
    "choose_sticker", "find_location", "record_video_note", "upload_video_note",
})  # fmt: skip


def send_message(call: Context) -> dict[str, Any]:
    """Sends a text."""
    content = text_content(call)
    if units(content["text"]) > limits.TEXT:
        raise bad_request("message is too long")
    return place(call, content, "text messages").to_json()


def send_photo(call: Context) -> dict[str, Any]:
    """Sends a picture, sent along or sent before."""
    photo = call.world.files.given(call.params, "photo", limits.PHOTO)
    if not photo.content.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"RIFF")):
        raise bad_request("IMAGE_PROCESS_FAILED")
    return place(call, {"photo": photo.photo(), **caption_content(call)}, "photos").to_json()


def send_document(call: Context) -> dict[str, Any]:
    """Sends a file, sent along or sent before."""
    document = call.world.files.given(call.params, "document")
    return place(call, {"document": document.document(), **caption_content(call)}, "documents").to_json()


def send_chat_action(call: Context) -> bool:
    """Shows that the bot is busy."""
    chat = call.chat()
    action = call.params.text("action").lower()
    if action not in ACTIONS:
        raise bad_request("Wrong parameter action in request")
    access.thread_of(chat, call.params.integer("message_thread_id"))
    return True


def text_content(call: Context) -> dict[str, Any]:
    """The text of a call with its entities; whether it is too long is for the caller to say."""
    text = call.params.text("text")
    if not text:
        raise bad_request("Message text is empty")
    body = formatted(call.params, text)
    if not body.text:
        raise bad_request("Text must be non-empty")
    preview = _preview(call)
    content = _with_entities(body, "text", "entities")
    if preview is not None:
        check_fields("LinkPreviewOptions", preview)
        content["link_preview_options"] = preview
    return content


def _preview(call: Context) -> dict[str, Any] | None:
    """What is said about previews, be it by the older name, which counts only where the newer one is left out."""
    if not call.params.has("link_preview_options") and call.params.flag("disable_web_page_preview"):
        return {"is_disabled": True}
    return call.params.mapping("link_preview_options", "link preview options")


def caption_content(call: Context) -> dict[str, Any]:
    """The caption of a call with its entities, or nothing."""
    caption = formatted(call.params, call.params.text("caption"), entities="caption_entities")
    if units(caption.text) > limits.CAPTION:
        raise bad_request("message caption is too long")
    content = _with_entities(caption, "caption", "caption_entities") if caption.text else {}
    if call.params.flag("show_caption_above_media"):
        content["show_caption_above_media"] = True
    return content


def _with_entities(body: Formatted, name: str, entities: str) -> dict[str, Any]:
    return {name: body.text, entities: body.entities} if body.entities else {name: body.text}


def place(call: Context, content: dict[str, Any], what: str, *, extra: dict[str, Any] | None = None) -> Message:
    """Puts a bot's message into the chat of a call, with everything the call says beside its content."""
    chat = call.chat()
    markup = reply_markup(call.params, private=chat.private)
    reply = replied_to(call, chat)
    thread, in_topic = access.thread_of(chat, call.params.integer("message_thread_id"))
    access.check_may_send(call.bot, chat, what)
    if reply is not None and not thread:
        thread, in_topic = thread_of_reply(reply)
    more = dict(extra or {})
    if call.params.flag("protect_content"):
        more["has_protected_content"] = True
    message = new_message(
        call.world, chat, content, bot=call.bot, thread=thread, in_topic=in_topic, reply_to=reply, markup=markup, extra=more
    )
    if chat.type == "channel":
        message.sender_chat = chat
    else:
        message.sender = call.bot.user
    return post(call.world, message)


def replied_to(call: Context, chat: Chat) -> Message | None:
    """The message a call replies to; None too if it is gone and that was said to be fine."""
    reply = _reply(call)
    if not reply:
        return None
    check_fields("ReplyParameters", reply)
    if "message_id" not in reply:
        raise bad_request('Can\'t find field "message_id"')
    try:
        return chat.find(as_integer(reply["message_id"]), "message to be replied")
    except ApiError:
        if reply.get("allow_sending_without_reply"):
            return None
        raise


def _reply(call: Context) -> dict[str, Any] | None:
    """What is said about the reply, be it by the older names, which count only where the newer one is left out."""
    if call.params.has("reply_parameters"):
        return call.params.mapping("reply_parameters", "reply parameters")
    older = call.params.integer("reply_to_message_id")
    if older <= 0:
        return None
    return {"message_id": older, "allow_sending_without_reply": call.params.flag("allow_sending_without_reply")}


def thread_of_reply(reply: Message) -> tuple[int, bool]:
    """Where a reply goes: into the topic of what it replies to, or, in a supergroup, into its thread."""
    if reply.in_topic:
        return reply.thread, True
    if reply.chat.type == "supergroup" and not reply.chat.is_forum:
        return reply.thread or reply.id, False
    return 0, False


PLAYED = {
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "sendChatAction": send_chat_action,
}
