"""Texts as Telegram shows them: escaped, measured in UTF-16 units, cut into messages that fit."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import takewhile
from typing import Literal
from unicodedata import category

from bot.model.limits import MESSAGE_LENGTH, utf16_length

Style = Literal["plain", "list", "terms", "folded", "quote", "code"]
_AROUND: dict[Style, tuple[str, str]] = {
    "plain": ("", ""),
    "list": ("", ""),
    "terms": ("", ""),
    "folded": ("<blockquote expandable>", "</blockquote>"),
    "quote": ("<blockquote>", "</blockquote>"),
    "code": ("<pre>", "</pre>"),
}
_BULLET = "• "
_JOINER = "\u200d"
_LONGEST_SIGN = 40
"""What looks like one sign is made of fewer letters than this; more accents on one letter than that may be parted."""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together, under a heading; what a person wrote is among them and is shown literally."""

    lines: tuple[str, ...] = ()
    heading: str = ""
    style: Style = "plain"

    def html(self) -> str:
        """The block as HTML."""
        start, end = _AROUND[self.style]
        points = self.style == "list" or (self.style == "folded" and len(self.lines) > 1)
        said = _term if self.style == "terms" else safe
        body = start + "\n".join((_BULLET if points else "") + said(line) for line in self.lines) + end if self.lines else ""
        return "\n".join(part for part in (bold(self.heading), body) if part)

    @property
    def length(self) -> int:
        """At least as many UTF-16 units as Telegram counts for it."""
        return utf16_length(self.heading) + sum(utf16_length(line) + len(_BULLET) + 1 for line in self.lines) + 1

    @property
    def blank(self) -> bool:
        """True if there is nothing in it to see."""
        return not any(part.strip() for part in (self.heading, *self.lines))


def safe(text: str) -> str:
    """The text, to stand in HTML and to be read literally; characters that no message can carry are replaced."""
    return escape(sendable(text), quote=False)


def bold(text: str) -> str:
    """The text in bold, read literally."""
    return f"<b>{safe(text)}</b>" if text else ""


def _term(line: str) -> str:
    """What is explained in bold, and behind a colon what it means."""
    name, colon, meaning = line.partition(": ")
    return bold(name) + safe(colon + meaning)


def sendable(text: str) -> str:
    """The text without what cannot be sent: lone halves of surrogate pairs, and control characters other than line ends."""
    if text.isprintable() and text.isascii():
        return text
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return "".join(letter if letter >= " " or letter == "\n" else " " for letter in whole if letter != "\x7f")


def messages(blocks: Iterable[Block], room: int = MESSAGE_LENGTH) -> list[str]:
    """The blocks as HTML texts that each fit into one message. At least one, if there is anything to say."""
    texts: list[list[str]] = []
    left = 0
    for block in _cut(blocks, room):
        if block.blank:
            continue
        if not texts or block.length + 2 > left:
            texts.append([])
            left = room
        texts[-1].append(block.html())
        left -= block.length + 2
    return ["\n\n".join(parts) for parts in texts]


def _cut(blocks: Iterable[Block], room: int) -> Iterator[Block]:
    """The blocks, those that are too long for one message cut into several."""
    most = room // 3
    for block in blocks:
        if block.length + 2 <= room:
            yield block
            continue
        heading, held = sendable(block.heading), list[str]()
        if utf16_length(heading) > most:
            yield from (Block(heading=piece) for piece in _pieces(heading, most))
            heading = ""
        for line in (piece for whole in block.lines for piece in _pieces(sendable(whole), most)):
            if (held or heading) and Block((*held, line), heading, block.style).length + 2 > room:
                yield Block(tuple(held), heading, block.style)
                heading, held = "", []
            held.append(line)
        yield Block(tuple(held), heading, block.style)


def _pieces(line: str, most: int) -> Iterator[str]:
    """A line in pieces of at most so many letters, cut at the end of a line or at a space where there is one near."""
    while len(line) > most:
        at = next((found for mark in "\n " if (found := line.rfind(mark, most // 2, most)) > 0 and _parts(line, found + 1)), 0)
        end = at or next((back for back in range(most, max(most - _LONGEST_SIGN, 0), -1) if _parts(line, back)), most)
        yield line[:end]
        line = line[at + 1 if at else end :]
    yield line


def _parts(line: str, at: int) -> bool:
    """False if a cut here would part what is joined into one sign: a flag, a family, a letter and its accents."""
    after, before = line[at : at + 1], line[at - 1]
    if not after:
        return True
    if _JOINER in (before, after) or "\U0001f3fb" <= after <= "\U0001f3ff" or "\U000e0020" <= after <= "\U000e007f":
        return False
    if _is_flag_letter(after) and _is_flag_letter(before):
        return sum(1 for _ in takewhile(_is_flag_letter, reversed(line[:at]))) % 2 == 0
    return not category(after).startswith("M")


def _is_flag_letter(letter: str) -> bool:
    return "\U0001f1e6" <= letter <= "\U0001f1ff"
