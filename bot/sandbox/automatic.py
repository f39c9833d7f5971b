"""Entities that Telegram finds by itself in any text: commands, mentions, hashtags, links, e-mail addresses."""

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.sandbox.units import Entity, units

_EMAIL = r"(?P<email>(?<![\w.+-])[\w.+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,8}\b)"
_URL = r"(?P<url>https?://[^\s<>\"]+[^\s<>\".,!?:;)]|(?<![\w@.])(?:[A-Za-z0-9-]+\.)+(?:com|org|net|uk|info|io|me|eu|gov|edu)\b(?:/[^\s<>\"]*[^\s<>\".,!?:;)])?)"
_COMMAND = r"(?P<bot_command>(?<![\w/<>@.])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/]))"
_MENTION = r"(?P<mention>(?<!\w)@[A-Za-z][A-Za-z0-9_]{3,31}\b)"
_HASHTAG = r"(?P<hashtag>(?<!\w)#\w*[^\W\d_]\w*)"
_ANY = re.compile(f"{_URL}|{_EMAIL}|{_COMMAND}|{_MENTION}|{_HASHTAG}")
_NO_ADDRESS = re.compile(f"{_URL}|{_COMMAND}|{_HASHTAG}")
_NO_DOT = re.compile(f"{_COMMAND}|{_HASHTAG}")
_WORD = re.compile(r"\S+")
_LIKELY = re.compile(r"[/@#]|\.\w")

_WHOLE = frozenset({"code", "pre", "text_link", "text_mention"})
"""Nothing is looked for inside these."""


def _matches(text: str) -> Iterator[re.Match[str]]:
    """No entity has a space in it, and few words look like one: the others are not searched."""
    for word in _WORD.finditer(text):
        letters = word.group()
        if _LIKELY.search(letters):
            pattern = _ANY if "@" in letters else _NO_ADDRESS if "." in letters else _NO_DOT
            yield from pattern.finditer(text, word.start(), word.end())


def automatic_entities(text: str, given: list[Entity]) -> list[Entity]:
    """The entities found in a text, outside code and links that were given with it."""
    if "/" not in text and "@" not in text and "." not in text and "#" not in text:
        return []
    closed = [(entity["offset"], entity["offset"] + entity["length"]) for entity in given if entity["type"] in _WHOLE]
    return [
        {"type": kind, "offset": offset, "length": length}
        for kind, offset, length in _found(text)
        if not any(offset < end and begin < offset + length for begin, end in closed)
    ]


@lru_cache(maxsize=2048)
def _found(text: str) -> list[tuple[str, int, int]]:
    """All that is found, as type, offset and length. Bots say the same things often, so it is remembered."""
    return [(str(match.lastgroup), units(text[: match.start()]), units(match.group())) for match in _matches(text)]
