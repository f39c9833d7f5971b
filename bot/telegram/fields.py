"""Fields of the plain JSON of an update, whatever type they turn out to be."""

from typing import Any

from bot.model.limits import TYPED_LENGTH
from bot.telegram.html import sendable

SHORT = 64
LONGEST_ID = 256


def object_in(plain: dict[str, Any], name: str) -> dict[str, Any]:
    """The object in this field, or an empty one."""
    value = plain.get(name)
    return value if isinstance(value, dict) else {}


def number_in(plain: dict[str, Any], name: str) -> int:
    """The number in this field that fits any database, or 0. Some servers write numbers as text."""
    value = plain.get(name)
    if isinstance(value, str) and len(value) < 20 and value.isascii() and value.removeprefix("-").isdigit():
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 1 << 63 else 0


def id_in(plain: dict[str, Any], name: str) -> str:
    """The id in this field, whole, or "". Telegram's are texts; some servers write them as numbers."""
    value = plain.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) and len(value) <= LONGEST_ID and value.isprintable() else ""


def text_in(plain: dict[str, Any], name: str, most: int = TYPED_LENGTH) -> str:
    """The text in this field, cut to so many characters, without what cannot be sent; or ""."""
    value = plain.get(name)
    return sendable(value[:most]) if isinstance(value, str) else ""


def words_in(message: dict[str, Any]) -> str:
    """The words of a message: its text, or its caption."""
    return text_in(message, "text") or text_in(message, "caption")
