"""What happened in a chat as stable, readable text, for golden files and for people."""

from typing import Any

from bot.sandbox.chats import Chat
from bot.sandbox.posting import Happening
from bot.sandbox.seen import keyboard_of, kind_of, marked, rows_of

INDENT = "    "


def transcript(chat: Chat, *, since: int = 0) -> str:
    """Who said and did what, in order: every message, edit, press and toast. `since`: leave out so many happenings."""
    return "\n".join(line for happening in chat.events[since:] for line in _lines(happening)) + "\n"


def _lines(happening: Happening) -> list[str]:
    who = happening.who
    match happening.kind:
        case "press":
            return [f"{who} presses [{happening.note}]"]
        case "toast" | "alert":
            return [f"{who} ({happening.kind}): {happening.note}"]
        case "delete":
            return [f"{who} deletes: {_first_line(happening)}"]
        case "block" | "unblock":
            return [f"{who} {happening.kind}s the bot"]
    edited = " (edited)" if happening.kind == "edit" else ""
    return [*_said(f"{who}{edited}:", happening), *_buttons(happening)]


def _said(who: str, happening: Happening) -> list[str]:
    content = happening.content or {}
    words = str(content.get("text") or content.get("caption") or "")
    entities = content.get("entities") or content.get("caption_entities") or []
    lines = marked(words, entities).split("\n") if words else []
    kind = kind_of(content)
    if happening.message is not None and happening.message.service:
        lines = [f"({_notice(content)})"]
    elif kind != "text":
        name = content["document"].get("file_name", "") if kind == "document" else ""
        lines = [f"({kind}{': ' + name if name else ''})", *lines]
    elif happening.message is not None and "forward_origin" in happening.message.extra:
        lines[0] = f"(forwarded) {lines[0]}"
    return [f"{who} {lines[0]}", *(f"{INDENT}{line}".rstrip() for line in lines[1:])]


def _notice(content: dict[str, Any]) -> str:
    """What Telegram says of itself in a chat."""
    match next(iter(content.items()), ("", None)):
        case "new_chat_members", list(people):
            return "adds " + ", ".join(person["first_name"] for person in people)
        case "left_chat_member", dict(person):
            return f"{person['first_name']} is gone"
        case "pinned_message", dict(message):
            return f"pins: {message.get('text', 'a message')}"
        case "forum_topic_created", dict(topic):
            return f"makes the topic {topic['name']}"
        case "migrate_to_chat_id", _:
            return "the group becomes a supergroup"
        case kind, _:
            return str(kind)


def _buttons(happening: Happening) -> list[str]:
    markup = happening.markup
    under = [INDENT + " ".join(f"[{label}]" for label in row) for row in rows_of(markup)]
    keys = keyboard_of(markup)
    if keys is None:
        return under
    return [INDENT + " ".join(f"<{label}>" for label in row) for row in keys] or [f"{INDENT}(takes the keys away)"]


def _first_line(happening: Happening) -> str:
    content = happening.content or {}
    return str(content.get("text") or content.get("caption") or f"({kind_of(content)})").split("\n")[0]
