"""The stored form of things: JSON text that any database takes, and keys that move when a chat gets another id."""

import json
from collections.abc import Sequence
from typing import Any

from bot.model.conversation import Conversation, conversation_from_json

_ENCODE = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode  # made once: half the time


def to_text(plain: Any) -> str:
    """Short JSON."""
    return storable(_ENCODE(plain))


def storable(text: str) -> str:
    """The text with lone surrogates, which no database takes, as JSON escapes; so JSON means the same afterwards."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()


def conversation_text(conversation: Conversation) -> str:
    """A conversation as it is stored."""
    return to_text(conversation.to_json())


def conversation_of(text: str) -> Conversation:
    """A stored conversation. Raises ValueError if it cannot be read."""
    return conversation_from_json(json.loads(text))


def body_of(text: str) -> dict[str, Any]:
    """The stored body of a parcel."""
    body: dict[str, Any] = json.loads(text)
    return body


def moved(key: str, old: str, new: str) -> str:
    """The key of a lane or a seat after lane `old` has become `new`; the same key if it is of another lane."""
    return new + key[len(old) :] if key == old or key.startswith(old + ":") else key


def tail_of(seat: str) -> str:
    """How the seats of the same person end wherever they share a place with others; "" if this is nobody's private chat."""
    kind, _, person = seat.partition(":")
    return f":u{person}" if kind == "chat" and person.isascii() and person.isdigit() else ""


def completed(newer: str, older: str) -> str:
    """The body of a record, with what only the older one has."""
    return to_text({**body_of(older), **body_of(newer)})


def merged(mine: Sequence[tuple[str, int]], theirs: Sequence[tuple[str, int]]) -> list[str]:
    """The conversations of two seats that become one, the current one last.

    Each is (id, when touched), the current one last. Of the two that were current, the one touched last stays so.
    """
    olds, news = (mine, theirs) if not mine or (theirs and theirs[-1][1] >= mine[-1][1]) else (theirs, mine)
    together = [one for one, _ in (*olds, *news)]
    return list(reversed(dict.fromkeys(reversed(together))))
