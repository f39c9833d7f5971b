"""An update as Telegram sent it → what it means here: whose it is, where, and what happened.

Read from the plain JSON, field by field: a button press takes 0.01 ms instead of the 0.6 ms in which the library rebuilds the
whole keyboard, and an update with a field that nobody knows yet is read like any other. Whatever is not understood is
ignored; what is no update at all is `Unreadable`.
"""

import json
import re
from dataclasses import dataclass, replace
from typing import Any

from telegram.constants import ChatID, ChatMemberStatus, ChatType, UpdateType

from bot.model.event import Event, Said, Sent
from bot.model.limits import TYPED_LENGTH
from bot.telegram.html import sendable

ALLOWED_UPDATES = tuple(
    one.value for one in (UpdateType.MESSAGE, UpdateType.EDITED_MESSAGE, UpdateType.CALLBACK_QUERY, UpdateType.MY_CHAT_MEMBER)
)
GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)
GENERAL_TOPIC = 1
_COMMAND = re.compile(r"/(\w{1,64})(?:@(\w+))?(?=\s|$)", re.ASCII)
_SHORT = 64

# What a message that is not a text carries → the word of the phrase that answers it.
_KINDS = {
    "photo": "photo",
    "live_photo": "photo",
    "voice": "voice",
    "video": "voice",
    "video_note": "voice",
    "audio": "voice",
    "sticker": "sticker",
    "animation": "sticker",
    "location": "place",
    "venue": "place",
    "contact": "contact",
    "poll": "poll",
    "dice": "poll",
    "game": "poll",
    "document": "file",
}

# What Telegram says of a chat, and nobody wrote: no answer. Anything else that comes without words is something a person sent.
_NOTICES = frozenset({
    "new_chat_members", "left_chat_member", "new_chat_title", "new_chat_photo", "delete_chat_photo", "group_chat_created",
    "supergroup_chat_created", "channel_chat_created", "message_auto_delete_timer_changed", "migrate_from_chat_id", "pinned_message",
    "successful_payment", "refunded_payment", "write_access_allowed", "connected_website", "proximity_alert_triggered", "boost_added",
    "chat_background_set", "chat_owner_changed", "chat_owner_left", "checklist_tasks_added", "checklist_tasks_done",
    "direct_message_price_changed", "forum_topic_created", "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened",
    "general_forum_topic_hidden", "general_forum_topic_unhidden", "giveaway_created", "giveaway_completed", "gift", "unique_gift",
    "gift_upgrade_sent", "managed_bot_created", "paid_message_price_changed", "poll_option_added", "poll_option_deleted",
    "suggested_post_approved", "suggested_post_approval_failed", "suggested_post_declined", "suggested_post_paid",
    "suggested_post_refunded", "video_chat_scheduled", "video_chat_started", "video_chat_ended", "video_chat_participants_invited",
})  # fmt: skip


class Unreadable(Exception):
    """This is no update. The message says why, and holds nothing a person wrote."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """What an update means. `event` None: nothing to react to.

    `lane` is where replies go (a chat, or a topic of one), `seat` who talks there; `person` is their numeric id, 0 if they
    hide behind a chat. `message` is the id of what they wrote; `press` that of a button press, `pressed_on` its message
    and `data` what the button carried. `command` is the word after the slash, `named` true if our name follows it.
    `reachable` is news: false when they blocked the bot. `moved_to` is the new id of a group.
    """

    lane: str
    seat: str
    chat: int
    thread: int = 0
    person: int = 0
    private: bool = True
    event: Event | None = None
    message: int = 0
    press: str = ""
    pressed_on: int = 0
    data: str = ""
    command: str = ""
    named: bool = False
    language: str = ""
    reachable: bool | None = None
    moved_to: int = 0


def read_update(raw: str, username: str) -> Arrival | None:
    """What an update means, or None if it is not for us. `username` is the bot's own. Raises Unreadable."""
    try:
        update = json.loads(raw)
    except (ValueError, RecursionError) as slip:
        raise Unreadable(f"not JSON ({type(slip).__name__})") from None
    if not isinstance(update, dict):
        raise Unreadable("not an object")
    if query := _object(update, "callback_query"):
        return _press(query)
    if message := _object(update, "message"):
        return _message(message, username)
    if edited := _object(update, "edited_message"):
        return _edited(edited)
    if member := _object(update, "my_chat_member"):
        return _membership(member)
    return None


# Fields, whatever type they turn out to be.


def _object(plain: dict[str, Any], name: str) -> dict[str, Any]:
    value = plain.get(name)
    return value if isinstance(value, dict) else {}


def _number(plain: dict[str, Any], name: str) -> int:
    value = plain.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 1 << 63 else 0


def _text(plain: dict[str, Any], name: str, most: int = TYPED_LENGTH) -> str:
    value = plain.get(name)
    return sendable(value[:most]) if isinstance(value, str) else ""


# Kinds of update.


def _where(message: dict[str, Any], sender: dict[str, Any]) -> Arrival | None:
    """The arrival with its place filled in; None where there is nobody to talk with (a channel, another bot, a service)."""
    chat = _object(message, "chat")
    chat_id, kind, person = _number(chat, "id"), chat.get("type"), _number(sender, "id")
    if not chat_id or kind == ChatType.CHANNEL or person == ChatID.SERVICE_CHAT:
        return None
    language = _text(sender, "language_code", _SHORT)
    if kind not in GROUPS and (kind == ChatType.PRIVATE or chat_id > 0):
        lane = f"chat:{chat_id}"
        return Arrival(lane, lane, chat_id, person=person or chat_id, language=language)
    thread = _number(message, "message_thread_id") if message.get("is_topic_message") is True else 0
    thread = 0 if thread == GENERAL_TOPIC else thread
    lane = f"chat:{chat_id}:t{thread}" if thread else f"chat:{chat_id}"
    behind = _number(_object(message, "sender_chat"), "id")
    who = f"c{behind}" if behind else f"u{person}"
    return Arrival(lane, f"{lane}:{who}", chat_id, thread, 0 if behind else person, private=False, language=language)


def _message(message: dict[str, Any], username: str) -> Arrival | None:
    sender = _object(message, "from")
    where = _where(message, sender)
    if where is None or _object(message, "via_bot"):
        return None
    if (moved := _number(message, "migrate_to_chat_id")) and not where.private:
        return replace(where, moved_to=moved)
    if sender.get("is_bot") is True and not _object(message, "sender_chat"):
        return None
    where = replace(where, message=_number(message, "message_id"))
    text = _text(message, "text") or _text(message, "caption")
    if text:
        return _said(where, message, text, username)
    if not where.private or not _NOTICES.isdisjoint(message):
        return None
    return replace(where, event=Sent(next((said for name, said in _KINDS.items() if name in message), "other")))


def _said(where: Arrival, message: dict[str, Any], text: str, username: str) -> Arrival | None:
    command = _COMMAND.match(text)
    if command is None:
        addressed = where.private
        return replace(where, event=Said(text)) if addressed else None
    name, bot = command[1].lower(), (command[2] or "").lower()
    if bot and bot != username.lower():
        return replace(where, event=Sent("other_bot")) if where.private else None
    if _forwarded(message):
        return replace(where, event=Sent("forwarded")) if where.private else None
    rest = text[command.end() :].strip()
    return replace(where, event=Said(f"/{name} {rest}".rstrip()), command=name, named=bool(bot))


def _forwarded(message: dict[str, Any]) -> bool:
    return any(name in message for name in ("forward_origin", "forward_date", "forward_from", "forward_from_chat", "forward_sender_name"))


def _edited(message: dict[str, Any]) -> Arrival | None:
    """Changed words are noticed; a location that moves along by itself is not."""
    where = _where(message, _object(message, "from"))
    if where is None or not where.private or _object(message, "via_bot") or not (_text(message, "text") or _text(message, "caption")):
        return None
    return replace(where, event=Sent("edit"))


def _press(query: dict[str, Any]) -> Arrival | None:
    sender, message = _object(query, "from"), _object(query, "message")
    press, person = _text(query, "id", _SHORT), _number(sender, "id")
    if not press or not person:
        return None
    # A press below a message that is gone, or sent in inline mode, comes without it: answered in private.
    where = _where(message, sender) if message else None
    known = where is not None
    if where is None:
        lane = f"chat:{person}"
        where = Arrival(lane, lane, person, language=_text(sender, "language_code", _SHORT))
    seat = where.lane if where.private else f"{where.lane}:u{person}"
    pressed_on = _number(message, "message_id") if known else 0
    return replace(where, seat=seat, person=person, press=press, pressed_on=pressed_on, data=_text(query, "data", 2 * _SHORT))


def _membership(member: dict[str, Any]) -> Arrival | None:
    where = _where(member, _object(member, "from"))
    status = _object(member, "new_chat_member").get("status")
    if where is None or not isinstance(status, str):
        return None
    gone = status in (ChatMemberStatus.BANNED, ChatMemberStatus.LEFT)
    return replace(where, seat=where.lane if where.private else where.seat, reachable=not gone)
