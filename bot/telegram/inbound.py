"""An update as Telegram sent it → what it means here: whose it is, where, and what happened.

Read from the plain JSON, field by field: a button press takes 0.01 ms instead of the 0.6 ms in which the library rebuilds the
whole keyboard, and an update with a field that nobody knows yet is read like any other. Whatever is not understood is
ignored; what is no update at all is `Unreadable`.
"""

import json
import re
from dataclasses import replace
from typing import Any

from telegram.constants import ChatID, ChatMemberStatus, ChatType, UpdateType

from bot.model.event import Said, Sent
from bot.telegram.addressed import QUICK, addressed, is_ours, of_the_one_above, speaks_to_another, without_name
from bot.telegram.arrival import Arrival
from bot.telegram.fields import SHORT, id_in, number_in, object_in, text_in, words_in
from bot.telegram.kinds import KINDS, NOTICES

__all__ = ["ALLOWED_UPDATES", "Arrival", "Unreadable", "note_due", "read_update"]

ALLOWED_UPDATES = tuple(
    one.value
    for one in (
        UpdateType.MESSAGE, UpdateType.EDITED_MESSAGE, UpdateType.CALLBACK_QUERY, UpdateType.MY_CHAT_MEMBER, UpdateType.INLINE_QUERY,
        UpdateType.GUEST_MESSAGE,
    )
)  # fmt: skip
GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)
GENERAL_TOPIC = 1
_AWAY = (ChatMemberStatus.BANNED, ChatMemberStatus.LEFT)
_INLINE_LENGTH = 256
EDITED_SOON = 300
"""After so many seconds a changed question is old, and is left alone."""
DUE = "round_due"
_LANE = re.compile(r"chat:(-?\d{1,18})(?::t\d{1,18})?", re.ASCII)
_COMMAND = re.compile(r"/(\w{1,64})(?:@(\w+))?(?=\s|$)", re.ASCII)


class Unreadable(Exception):
    """This is no update. The message says why, and holds nothing a person wrote."""


def read_update(raw: str, username: str) -> Arrival | None:
    """What an update means, or None if it is not for us. `username` is the bot's own. Raises Unreadable."""
    try:
        update = json.loads(raw)
    except (ValueError, RecursionError) as slip:
        raise Unreadable(f"not JSON ({type(slip).__name__})") from None
    if not isinstance(update, dict):
        raise Unreadable("not an object")
    if query := object_in(update, "callback_query"):
        return _press(query)
    if message := object_in(update, "message"):
        return _message(message, username)
    if edited := object_in(update, "edited_message"):
        return _edited(edited, username)
    if due := object_in(update, DUE):
        return _due(due)
    if member := object_in(update, "my_chat_member"):
        return _membership(member)
    if query := object_in(update, "inline_query"):
        return _inline(query)
    if message := object_in(update, "guest_message"):
        return _guest(message, username)
    return None


# Kinds of update.


def _where(message: dict[str, Any], sender: dict[str, Any]) -> Arrival | None:
    """The arrival with its place filled in; None where there is nobody to talk with (a channel, another bot, a service)."""
    chat = object_in(message, "chat")
    chat_id, kind, person = number_in(chat, "id"), chat.get("type"), number_in(sender, "id")
    if not chat_id or kind == ChatType.CHANNEL or person == ChatID.SERVICE_CHAT:
        return None
    language = text_in(sender, "language_code", SHORT)
    if kind not in GROUPS and (kind == ChatType.PRIVATE or chat_id > 0):
        lane = f"chat:{chat_id}"
        return Arrival(lane, lane, chat_id, person=person or chat_id, language=language)
    thread = number_in(message, "message_thread_id") if message.get("is_topic_message") is True else 0
    thread = 0 if thread == GENERAL_TOPIC else thread
    lane = f"chat:{chat_id}:t{thread}" if thread else f"chat:{chat_id}"
    behind = number_in(object_in(message, "sender_chat"), "id")
    who = f"c{behind}" if behind else f"u{person}"
    known = Arrival(lane, f"{lane}:{who}", chat_id, thread, 0 if behind else person, private=False, language=language)
    return replace(known, anonymous=True) if behind == chat_id else known


def _message(message: dict[str, Any], username: str) -> Arrival | None:
    sender = object_in(message, "from")
    where = _where(message, sender)
    if where is None or object_in(message, "via_bot"):
        return None
    if (moved := number_in(message, "migrate_to_chat_id")) and not where.private:
        return replace(where, moved_to=moved)
    if (old := number_in(message, "migrate_from_chat_id")) and not where.private:
        return Arrival(f"chat:{old}", f"chat:{old}", old, private=False, moved_to=where.chat)
    if sender.get("is_bot") is True and not object_in(message, "sender_chat"):
        return None
    replied = number_in(object_in(message, "reply_to_message"), "message_id")
    where = replace(where, message=number_in(message, "message_id"), replied=replied)
    if text := words_in(message):
        return _said(where if where.private else _below(where, message, username), message, text, username)
    if not where.private or not NOTICES.isdisjoint(message):
        return None
    kind = next((said for name, said in KINDS.items() if name in message), "other")
    return replace(where, event=Sent(kind), album=text_in(message, "media_group_id", SHORT))


def _below(where: Arrival, message: dict[str, Any], username: str) -> Arrival:
    """What is written in a group, with what it stands below, and whether it is said to another member."""
    replied = object_in(message, "reply_to_message")
    below = words_in(replied) if is_ours(replied, username) else ""
    return replace(where, below=below, aside=speaks_to_another(message, username)) if replied else where


def _said(where: Arrival, message: dict[str, Any], text: str, username: str) -> Arrival | None:
    command = _COMMAND.match(text)
    if command is None:
        return _words(where, message, text, username)
    name, bot = command[1].lower(), (command[2] or "").lower()
    if bot and bot != username.lower():
        return replace(where, event=Sent("other_bot")) if where.private else None
    if _forwarded(message):
        return replace(where, event=Sent("forwarded")) if where.private else None
    rest = text[command.end() :].strip()
    if not rest and name in QUICK and not where.private:
        _, rest, at = of_the_one_above(message, username)
        where, rest = replace(where, message=at or where.message), _COMMAND.sub("", rest, count=1).strip()
    title = text_in(object_in(message, "chat"), "title", SHORT) if name == "round" and not where.private else ""
    return replace(where, event=Said(f"/{name} {rest}".rstrip()), command=name, named=bool(bot), title=title)


def _words(where: Arrival, message: dict[str, Any], text: str, username: str) -> Arrival | None:
    """Words that are no command, unless one follows our name."""
    if where.private:
        words, how = without_name(text, username)
        return replace(where, event=Said(words if how and words else text))
    how, words, at = addressed(message, username)
    if not how or _forwarded(message):
        return None
    where = replace(where, message=at or where.message)
    if command := _COMMAND.match(words):
        rest = words[command.end() :].strip()
        return replace(where, event=Said(f"/{command[1].lower()} {rest}".rstrip()), command=command[1].lower(), named=True)
    return replace(where, event=Said(words), how=how)


def _forwarded(message: dict[str, Any]) -> bool:
    return any(name in message for name in ("forward_origin", "forward_date", "forward_from", "forward_from_chat", "forward_sender_name"))


def _edited(message: dict[str, Any], username: str) -> Arrival | None:
    """Changed words are noticed; a location that moves along by itself is not."""
    where = _where(message, object_in(message, "from"))
    if where is None or object_in(message, "via_bot") or not words_in(message):
        return None
    return replace(where, event=Sent("edit", words_in(message))) if where.private else _edited_question(message, username)


def _edited_question(message: dict[str, Any], username: str) -> Arrival | None:
    """In a group, a question that was put right just after it was asked. Nothing else is done by changing a message."""
    arrival = _message(message, username)
    soon = number_in(message, "edit_date") - number_in(message, "date") <= EDITED_SOON
    asks = arrival is not None and (arrival.command in QUICK or bool(arrival.how))
    return replace(arrival, edited=True) if arrival is not None and asks and soon else None


def _press(query: dict[str, Any]) -> Arrival | None:
    sender, message = object_in(query, "from"), object_in(query, "message")
    press, person = id_in(query, "id"), number_in(sender, "id")
    if not press or not person:
        return None
    # A press below a message that is gone, or sent in inline mode, comes without it: answered in private.
    where = _where(message, sender) if message else None
    known = where is not None
    if where is None:
        lane = f"chat:{person}"
        where = Arrival(lane, lane, person, language=text_in(sender, "language_code", SHORT))
    seat = where.lane if where.private else f"{where.lane}:u{person}"
    pressed_on = number_in(message, "message_id") if known else 0
    known_press = replace(where, seat=seat, person=person, press=press, pressed_on=pressed_on, data=text_in(query, "data", 2 * SHORT))
    return _about(known_press, object_in(message, "reply_to_message"))


def _about(press: Arrival, replied: dict[str, Any]) -> Arrival:
    """The press, with what the pressed message replies to."""
    by = 0 if object_in(replied, "sender_chat") else number_in(object_in(replied, "from"), "id")
    return replace(press, about=words_in(replied), about_by=by) if replied else press


def _membership(member: dict[str, Any]) -> Arrival | None:
    where = _where(member, object_in(member, "from"))
    new, old = object_in(member, "new_chat_member"), object_in(member, "old_chat_member")
    status = new.get("status")
    if where is None or not isinstance(status, str):
        return None
    gone = status in _AWAY
    silent = status == ChatMemberStatus.RESTRICTED and (new.get("can_send_messages") is False or new.get("is_member") is False)
    if where.private:
        return replace(where, seat=where.lane, reachable=not gone)
    joined = not gone and not silent and old.get("status", ChatMemberStatus.LEFT) in _AWAY
    promoted = status == ChatMemberStatus.ADMINISTRATOR
    return replace(where, reachable=not gone and not silent, joined=joined, promoted=promoted)


def note_due(name: str, lane: str) -> str:
    """The update that an alarm clock puts into the inbox when the time of a round has come."""
    return json.dumps({DUE: {"round": name, "lane": lane}})


def _due(due: dict[str, Any]) -> Arrival | None:
    lane, name = text_in(due, "lane", SHORT), text_in(due, "round", SHORT)
    found = _LANE.fullmatch(lane)
    return Arrival(lane, f"due:{name}", int(found[1]), private=False, due=name) if found and name else None


# Questions from elsewhere.


def _inline(query: dict[str, Any]) -> Arrival | None:
    name, person = id_in(query, "id"), number_in(object_in(query, "from"), "id")
    if not name or not person:
        return None
    words = text_in(query, "query", _INLINE_LENGTH)
    return Arrival(f"inline:{name}", f"inline:u{person}", 0, person=person, private=False, event=Said(words), inline=name)


def _guest(message: dict[str, Any], username: str) -> Arrival | None:
    """Somebody speaks to us where we are no member. Whatever it is, it is for us."""
    name, sender = text_in(message, "guest_query_id", SHORT), object_in(message, "from")
    who = number_in(object_in(message, "sender_chat"), "id") or number_in(sender, "id")
    if not name or not who:
        return None
    words = addressed(message, username).words
    words = _COMMAND.sub("", words, count=1).strip() if _COMMAND.match(words) else words
    where = Arrival(f"guest:{name}", f"guest:u{who}", 0, person=number_in(sender, "id"), private=False, event=Said(words), guest=name)
    return replace(where, below=_below(where, message, username).below)
