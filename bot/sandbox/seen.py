"""What a person sees of a message: words with simple marks for the formatting, and buttons as rows of labels."""

from dataclasses import dataclass
from typing import Any

from bot.sandbox.accounts import User
from bot.sandbox.chats import Message
from bot.sandbox.posting import who_wrote
from bot.sandbox.units import Entity, units

MARKS = {
    "bold": ("*", "*"), "italic": ("_", "_"), "underline": ("__", "__"), "strikethrough": ("~", "~"),
    "spoiler": ("||", "||"), "code": ("`", "`"), "pre": ("```", "```"), "blockquote": ("> ", ""),
    "expandable_blockquote": ("> ", " …"),
}  # fmt: skip
KINDS = ("photo", "document", "voice", "sticker", "location", "contact", "poll", "dice", "video", "audio", "animation")


@dataclass(frozen=True, slots=True)
class Seen:
    """A message as it stands now.

    `text` is plain, `marked` has marks; `rows` are the buttons under it, `keyboard` those it puts in place of the person's
    keys: empty if it takes them away, None if it leaves them.
    """

    id: int
    who: str
    own: bool
    text: str
    marked: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    keyboard: tuple[tuple[str, ...], ...] | None = None
    edited: bool = False
    kind: str = "text"
    name: str = ""
    reply_to: int = 0
    reactions: tuple[str, ...] = ()
    pinned: bool = False

    @property
    def labels(self) -> tuple[str, ...]:
        """All buttons under it, in reading order."""
        return tuple(label for row in self.rows for label in row)


def seen(message: Message, viewer: User) -> Seen:
    """A message as somebody sees it."""
    kind = kind_of(message.content)
    return Seen(
        id=message.id,
        who=who_wrote(message),
        own=message.sender is viewer,
        text=message.text,
        marked=marked(message.text, message.entities),
        rows=rows_of(message.markup),
        keyboard=keyboard_of(message.markup),
        edited=bool(message.edited),
        kind="notice" if message.service else kind,
        name=str(message.content["document"].get("file_name", "")) if kind == "document" else "",
        reply_to=message.reply_to.id if message.reply_to is not None else 0,
        reactions=tuple(emoji for emojis in message.reactions.values() for emoji in emojis),
        pinned=message.id in message.chat.pinned,
    )


def kind_of(content: dict[str, Any]) -> str:
    """What a content is: text, or the file or other thing in it."""
    if "text" in content:
        return "text"
    return next((kind for kind in KINDS if kind in content), next(iter(content), "nothing"))


def rows_of(markup: dict[str, Any] | None) -> tuple[tuple[str, ...], ...]:
    """The labels of the buttons under a message."""
    return tuple(tuple(str(button["text"]) for button in row) for row in (markup or {}).get("inline_keyboard", ()))


def keyboard_of(markup: dict[str, Any] | None) -> tuple[tuple[str, ...], ...] | None:
    """The labels of the keys a message brings; none if it takes keys away."""
    if markup is None or ("keyboard" not in markup and "remove_keyboard" not in markup):
        return None
    return tuple(tuple(str(button["text"]) for button in row) for row in markup.get("keyboard", ()))


def marked(text: str, entities: list[Entity]) -> str:
    """A text with a mark at each end of what is formatted."""
    ends: dict[int, list[str]] = {}
    begins: dict[int, list[str]] = {}
    for entity in entities:
        before, after = _marks(entity)
        if before or after:
            begins.setdefault(entity["offset"], []).append(before)
            ends.setdefault(entity["offset"] + entity["length"], []).insert(0, after)
    if not begins:
        return text
    pieces: list[str] = []
    at = 0
    for letter in text:
        pieces += ends.pop(at, ())
        pieces += begins.pop(at, ())
        pieces.append(letter)
        at += units(letter)
    return "".join([*pieces, *(mark for marks in ends.values() for mark in marks)])


def _marks(entity: Entity) -> tuple[str, str]:
    if entity["type"] == "text_link":
        return "[", f"]({entity['url']})"
    return MARKS.get(entity["type"], ("", ""))
