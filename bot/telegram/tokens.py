"""What a button carries in its 64 bytes: ids, never labels. Whatever comes back is untrusted, and may be anything.

`o:question:option:+2`  an option; `.` picks it, `+` ticks it on, `-` off; the number is the page of options it stood on
`a:button:question`     a button that belongs to a question: Done, Back, Skip …
`p:question:2`          another page of a question's options
`b:button:about`        any other button
`x:area:what:id`        something of a group: a round, a question put to it, a question passed on
"""

from dataclasses import dataclass
from typing import Literal

from bot.model.limits import CALLBACK_BYTES

Kind = Literal["option", "ask", "page", "button", "area"]
_LETTERS: dict[Kind, str] = {"option": "o", "ask": "a", "page": "p", "button": "b", "area": "x"}
_KINDS = {letter: kind for kind, letter in _LETTERS.items()}
_TICKS = {".": None, "+": True, "-": False}
_SIGNS = {tick: sign for sign, tick in _TICKS.items()}


@dataclass(frozen=True, slots=True)
class Token:
    """A button's meaning.

    `name` is the question of an option or a page, the area of something of a group, else the button; `about` is the option,
    or what the button is for.
    """

    kind: Kind
    name: str
    about: str = ""
    tick: bool | None = None
    page: int = 0

    def written(self) -> str:
        """The callback data. Raises ValueError if it does not fit; the checks of the dialogues see to it that it does."""
        parts = [_LETTERS[self.kind], self.name]
        if self.kind == "option":
            parts += [self.about, _SIGNS[self.tick] + (str(self.page) if self.page else "")]
        elif self.kind == "page":
            parts.append(str(self.page))
        elif self.about:
            parts.append(self.about)
        data = ":".join(parts)
        if len(data.encode()) > CALLBACK_BYTES:
            raise ValueError(f"the button {data!r} is longer than {CALLBACK_BYTES} bytes")
        return data


def read_token(data: str) -> Token | None:
    """The token of some callback data, or None if no button of ours carries it."""
    kind = _KINDS.get(data[:1])
    parts = data.split(":")
    if kind is None or len(parts[0]) != 1 or len(parts) < 2 or not parts[1]:
        return None
    match kind, parts[2:]:
        case "option", [option, sign] if sign[:1] in _TICKS and option:
            return Token(kind, parts[1], option, _TICKS[sign[:1]], _number(sign[1:]))
        case "page", [page]:
            return Token(kind, parts[1], page=_number(page))
        case "ask", [question]:
            return Token(kind, parts[1], question)
        case "button" | "area", about:
            return Token(kind, parts[1], ":".join(about))
        case _:
            return None


def _number(written: str) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 4 else 0
