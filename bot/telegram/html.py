"""Texts as Telegram shows them: escaped, measured in UTF-16 units, cut into messages that fit."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Literal

from bot.model.limits import MESSAGE_LENGTH, utf16_length

Style = Literal["plain", "list", "folded", "quote", "code"]
_AROUND: dict[Style, tuple[str, str]] = {
    "plain": ("", ""),
    "list": ("", ""),
    "folded": ("<blockquote expandable>", "</blockquote>"),
    "quote": ("<blockquote>", "</blockquote>"),
    "code": ("<pre>", "</pre>"),
}
_BULLET = "• "
_PIECE = 1500
"""A line longer than this is cut, so that it can go over several messages."""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together, under a heading; what a person wrote is among them and is shown literally."""

    lines: tuple[str, ...] = ()
    heading: str = ""
    style: Style = "plain"

    def html(self) -> str:
        """The block as HTML."""
        start, end = _AROUND[self.style]
        marked = [
            _BULLET + line if self.style == "list" or (self.style == "folded" and len(self.lines) > 1) else line for line in self.lines
        ]
        body = start + "\n".join(safe(line) for line in marked) + end if marked else ""
        return "\n".join(part for part in (bold(self.heading), body) if part)

    @property
    def length(self) -> int:
        """At least as many UTF-16 units as Telegram counts for it."""
        return utf16_length(self.heading) + sum(utf16_length(line) + len(_BULLET) + 1 for line in self.lines) + 1


def safe(text: str) -> str:
    """The text, to stand in HTML and to be read literally; characters that no message can carry are replaced."""
    return escape(sendable(text), quote=False)


def bold(text: str) -> str:
    """The text in bold, read literally."""
    return f"<b>{safe(text)}</b>" if text else ""


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
        if not texts or block.length + 2 > left:
            texts.append([])
            left = room
        texts[-1].append(block.html())
        left -= block.length + 2
    return ["\n\n".join(parts) for parts in texts]


def _cut(blocks: Iterable[Block], room: int) -> Iterator[Block]:
    """The blocks, those that are too long for one message cut into several."""
    for block in blocks:
        if block.length + 2 <= room:
            yield block
            continue
        heading, held = block.heading, list[str]()
        for line in (piece for whole in block.lines for piece in _pieces(whole)):
            grown = Block((*held, line), heading, block.style)
            if held and grown.length + 2 > room:
                yield Block(tuple(held), heading, block.style)
                heading, held = "", []
            held.append(line)
        yield Block(tuple(held), heading, block.style)


def _pieces(line: str) -> Iterator[str]:
    """A line in pieces that fit, cut at a space where there is one near."""
    while len(line) > _PIECE:
        at = line.rfind(" ", _PIECE // 2, _PIECE)
        at = at if at > 0 else _joined(line, _PIECE)
        yield line[:at]
        line = line[at:].lstrip(" ")
    yield line


def _joined(line: str, at: int) -> int:
    """The place, moved back so that it does not part what is joined into one sign (a flag, a family, an accent)."""
    back = at
    while back > at - 40 and (line[back] in "\u200d\ufe0f\u20e3" or line[back - 1] == "\u200d" or 0x1F3FB <= ord(line[back]) <= 0x1F3FF):
        back -= 1
    return back
