"""Telegram counts texts in UTF-16 units: a letter is one, most emoji are two."""

from typing import Any

Entity = dict[str, Any]
"""A stretch of a text: type, offset and length in UTF-16 units, and what the type needs."""


def units(text: str) -> int:
    """The length of a text as Telegram counts it."""
    return len(text) if text.isascii() else len(text) + sum(letter > "\uffff" for letter in text)


def byte_offset(text: str, offset: int) -> int:
    """The place in UTF-8 of a place in UTF-16 units."""
    at = size = 0
    for letter in text:
        if at >= offset:
            break
        at += 1 + (letter > "\uffff")
        size += len(letter.encode("utf-8", "surrogatepass"))
    return size


def part(text: str, entity: Entity) -> str:
    """The words an entity covers."""
    if text.isascii():
        return text[entity["offset"] : entity["offset"] + entity["length"]]
    raw = text.encode("utf-16-le", "surrogatepass")
    return raw[entity["offset"] * 2 : (entity["offset"] + entity["length"]) * 2].decode("utf-16-le", "surrogatepass")
