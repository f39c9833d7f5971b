"""Telegram's HTML: the few tags it knows, read as strictly as Telegram reads them, refused with its own words.

The reader walks over bytes, because Telegram's messages name byte offsets.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.units import Entity, units

KINDS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler", "span": "spoiler",
    "a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote", "tg-emoji": "custom_emoji",
}  # fmt: skip
NAMED = {b"lt": "<", b"gt": ">", b"amp": "&", b"quot": '"'}
SPACE = b" \t\r\n\0\x0b"
PLAIN = re.compile(rb"[^<&]+")
NAME_TOKEN = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-"


@lru_cache(maxsize=2048)
def parse_html(source: str) -> tuple[str, list[Entity]]:
    """The text and its entities, to be read only. Raises what Telegram answers when the markup is wrong."""
    if "<" not in source and "&" not in source:
        return source, []
    return _Reader(source).read()


@dataclass(slots=True)
class _Open:
    """A tag that is open: its name, its one attribute that counts, and where in the text it began."""

    name: str
    value: str
    offset: int
    begins: int


class _Reader:
    """One reading of one text, from left to right."""

    def __init__(self, source: str) -> None:
        self.raw = source.encode("utf-8", "surrogatepass") + b"\0"
        self.end = len(self.raw) - 1
        self.at = 0
        self.text = bytearray()
        self.units = 0
        self.open: list[_Open] = []
        self.found: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        while self.at < self.end:
            plain = PLAIN.match(self.raw, self.at, self.end)
            byte = self.raw[self.at]
            if plain:
                self.add(plain.group())
                self.at = plain.end()
            elif byte == 0x26:
                letter = self.reference().encode("utf-8", "surrogatepass")
                self.at += not letter
                self.add(letter or b"&")
            elif self.raw[self.at + 1] == 0x2F:
                self.close_tag()
            else:
                self.open_tag()
        if self.open:
            raise _cannot(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')
        for entity in self.found:
            if entity["type"] == "code":
                entity.pop("language", None)
        return self.text.decode("utf-8", "surrogatepass"), self.found

    def add(self, piece: bytes) -> None:
        self.text += piece
        self.units += len(piece) if piece.isascii() else units(piece.decode("utf-8", "surrogatepass"))

    def reference(self) -> str:
        """The letter an `&…;` stands for, stepping over it; nothing if it stands for none."""
        end = self.at + 1
        if self.raw[end] == 0x23:
            hexadecimal = self.raw[end + 1] == 0x78
            digits = b"0123456789abcdefABCDEF" if hexadecimal else b"0123456789"
            begin = end = end + 1 + hexadecimal
            while self.raw[end] in digits:
                end += 1
            code = int(self.raw[begin:end] or b"0", 16 if hexadecimal else 10) if end - begin < 10 else 0
            if code == 0 or code >= 0x10FFFF or end - self.at >= 10:
                return ""
            letter = chr(code)
        else:
            while chr(self.raw[end]).isalpha() and self.raw[end] < 0x80:
                end += 1
            letter = NAMED.get(self.raw[self.at + 1 : end], "")
            if not letter:
                return ""
        self.at = end + (self.raw[end] == 0x3B)
        return letter

    def skip(self, *, spaces: bool, stops: bytes = b">\0") -> bytes:
        """Steps over spaces, or over everything until a space or one of `stops`; answers what was stepped over."""
        begin = self.at
        while self.at < self.end and (
            (self.raw[self.at] in SPACE) if spaces else (self.raw[self.at] not in SPACE and self.raw[self.at] not in stops)
        ):
            self.at += 1
        return self.raw[begin : self.at]

    def open_tag(self) -> None:
        begin = self.at
        self.at += 1
        name = self.skip(spaces=False).decode("utf-8", "replace").lower()
        if self.at >= self.end:
            raise _cannot(f"Unclosed start tag at byte offset {begin}")
        if name not in KINDS:
            raise _cannot(f'Unsupported start tag "{name}" at byte offset {begin}')
        value = ""
        while True:
            self.skip(spaces=True)
            if self.raw[self.at] == 0x3E:
                break
            value = self.attribute(name, begin) or value
        self.at += 1
        if name == "span" and value != "spoiler":
            raise _cannot(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self.open.append(_Open(name, value, self.units, len(self.text)))

    def attribute(self, tag: str, begin: int) -> str:
        """Reads one attribute; answers its value if it is the one that counts for this tag."""
        if self.at >= self.end:
            raise _cannot(f'Unclosed start tag "{tag}" at byte offset {begin}')
        name = self.skip(spaces=False, stops=b"=>\0").decode("utf-8", "replace")
        if not name:
            raise _cannot(f'Empty attribute name in the tag "{tag}" at byte offset {begin}')
        self.skip(spaces=True)
        if tag == "blockquote" and name == "expandable" and self.raw[self.at] != 0x3D:
            return "expandable"
        if self.raw[self.at] != 0x3D:
            raise _cannot(f'Expected equal sign in declaration of an attribute of the tag "{tag}" at byte offset {begin}')
        self.at += 1
        self.skip(spaces=True)
        if self.at >= self.end:
            raise _cannot(f'Unclosed start tag "{tag}" at byte offset {begin}')
        value = self.value(begin)
        match tag, name:
            case ("a", "href") | ("tg-emoji", "emoji-id"):
                return value
            case ("code", "class") if value.startswith("language-"):
                return value.removeprefix("language-")
            case ("span", "class") if value.startswith("tg-"):
                return value.removeprefix("tg-")
            case ("blockquote", "expandable"):
                return "expandable"
        return ""

    def value(self, begin: int) -> str:
        quote = self.raw[self.at]
        if quote not in b"'\"":
            start = self.at
            while self.raw[self.at] in NAME_TOKEN:
                self.at += 1
            if self.raw[self.at] not in SPACE and self.raw[self.at] != 0x3E:
                raise _cannot(f"Unexpected end of name token at byte offset {start}")
            return self.raw[start : self.at].decode("ascii").lower()
        self.at += 1
        value = bytearray()
        while self.at < self.end and self.raw[self.at] != quote:
            if self.raw[self.at] == 0x26 and (letter := self.reference()):
                value += letter.encode("utf-8", "surrogatepass")
                continue
            value.append(self.raw[self.at])
            self.at += 1
        self.at += 1
        if self.at >= self.end:
            raise _cannot(f"Unclosed start tag at byte offset {begin}")
        return value.decode("utf-8", "surrogatepass")

    def close_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise _cannot(f"Unexpected end tag at byte offset {begin}")
        self.at += 2
        name = self.skip(spaces=False).decode("utf-8", "replace").lower()
        self.skip(spaces=True)
        if self.raw[self.at] != 0x3E:
            raise _cannot(f"Unclosed end tag at byte offset {begin}")
        self.at += 1
        opened = self.open.pop()
        if name and name != opened.name:
            raise _cannot(f'Unmatched end tag at byte offset {begin}, expected "</{opened.name}>", found "</{name}>"')
        if self.units > opened.offset:
            self.entity(opened)

    def entity(self, opened: _Open) -> None:
        """Writes down what a closed tag says about the text between."""
        found: Entity = {"type": KINDS[opened.name], "offset": opened.offset, "length": self.units - opened.offset}
        last = self.found[-1] if self.found else {}
        around = last.get("offset") == found["offset"] and last.get("length") == found["length"]
        match found["type"]:
            case "blockquote" if opened.value:
                found["type"] = "expandable_blockquote"
            case "custom_emoji":
                if not opened.value.isdecimal() or int(opened.value) == 0:
                    raise _cannot("Invalid custom emoji identifier specified")
                found["custom_emoji_id"] = opened.value
            case "text_link":
                url = opened.value or self.text[opened.begins :].decode("utf-8", "surrogatepass")
                if not _link(found, url):
                    return
            case "pre" if around and last.get("type") == "code" and "language" in last:
                last["type"] = "pre"
                return
            case "code" if around and last.get("type") == "pre" and opened.value:
                last["language"] = opened.value
                return
            case "code" if opened.value:
                found["language"] = opened.value
        self.found.append(found)


def _link(entity: Entity, url: str) -> bool:
    """Completes the entity of a link. A link that leads nowhere is no error: Telegram leaves it out."""
    if url.startswith("tg://user?id=") and url.removeprefix("tg://user?id=").isdecimal():
        entity["type"] = "text_mention"
        entity["user"] = {"id": int(url.removeprefix("tg://user?id="))}
        return True
    if url.startswith("tg://"):
        entity["url"] = url
        return True
    scheme, colon, rest = url.partition("://")
    if not colon:
        scheme, rest = "http", url
    host = rest.split("/", 1)[0].split("?", 1)[0].rsplit("@", 1)[-1]
    if scheme.lower() not in {"http", "https", "ton", "tonsite"} or "." not in host.strip(".") or any(letter in host for letter in ' <>"'):
        return False
    entity["url"] = f"{scheme}://{rest}" + ("" if "/" in rest or "?" in rest else "/")
    return True


def _cannot(text: str) -> ApiError:
    return bad_request(f"Can't parse entities: {text}")
