"""What happened in a chat as stable, readable text, for golden files and for people."""

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
    if kind != "text":
        name = content["document"].get("file_name", "") if kind == "document" else ""
        lines = [f"({kind}{': ' + name if name else ''})", *lines]
    elif happening.message is not None and "forward_origin" in happening.message.extra:
        lines[0] = f"(forwarded) {lines[0]}"
    return [f"{who} {lines[0]}", *(f"{INDENT}{line}".rstrip() for line in lines[1:])]


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
