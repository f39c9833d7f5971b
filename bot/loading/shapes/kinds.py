"""The small kinds a text can be read as, and the slips that are noted when it cannot."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from bot.loading.yaml_words import COLON, CURLY, CURLY_QUOTE
from bot.model.limits import ID_LENGTH

NEWEST_FORMAT = 1
ID_PATTERN = re.compile(rf"[a-z][a-z0-9_]{{0,{ID_LENGTH - 1}}}")
DROPPED = ""
"""In the place of a code: an item of a list that was left out, because something needed in it does not fit."""
Path = tuple[str | int, ...]
Schema = dict[str, Any]

A_TEXT = "A text is expected here, but a list or more keys stand below it."
A_LIST = "A list is expected here: each item on a line of its own, with a dash."
A_DASH = "A list item starts with a plain - and a space."
WRONG_DASH = re.compile(r"[–—•‐‑−·]|-(?!\d)")
MORE_KEYS = "More keys are expected below this, each on a line of its own, further in."


class Slip(NamedTuple):
    """Something that does not fit. `at_key` is true if the key itself is wrong.

    `known` are the keys that could stand there: only one, if it is clear which was meant.
    """

    code: str
    path: Path
    message: str
    at_key: bool = False
    known: tuple[str, ...] = ()


class Misfit(Exception):
    """A value that cannot be read. The slips say why."""


class Kind:
    """A way to read a value: `read` gives what it means, or notes slips and raises Misfit."""

    def __init__(self, read: Callable[[Any], Any], schema: Schema) -> None:
        self._read = read
        self._schema = schema

    def read(self, value: Any, path: Path, slips: list[Slip]) -> Any:
        """What the value means."""
        try:
            return self._read(value)
        except _Wrong as wrong:
            slips.append(Slip(wrong.code, path, wrong.message))
            raise Misfit from None

    def schema(self) -> Schema:
        """Its JSON Schema."""
        return self._schema


class _Wrong(Exception):
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _colon_in_a_text(value) or _Wrong("D104", A_TEXT)
    stripped = value.strip()
    if not stripped:
        raise _Wrong("D105", "Nothing is written here. Write the text, or take the key away.")
    return stripped


def _colon_in_a_text(value: Any) -> _Wrong | None:
    """What to say of a text with a colon in it, which was read as a key and a text."""
    if not isinstance(value, dict) or len(value) != 1 or not isinstance(next(iter(value.values())), str):
        return None
    return _Wrong("D041", CURLY if CURLY_QUOTE.match(next(iter(value))) else COLON)


def _typed(value: Any) -> str:
    if not isinstance(value, str):
        raise _Wrong("D104", A_TEXT)
    return value


def _whole(value: Any) -> int:
    if not isinstance(value, str) or not re.fullmatch(r"\d{1,6}", value):
        raise _Wrong("D106", "A whole number is expected here, such as 2.")
    return int(value)


def _format(value: Any) -> int:
    number = _whole(value)
    if number > NEWEST_FORMAT:
        raise _Wrong("D109", f"The file says format {number}; this program reads {NEWEST_FORMAT}. Install a newer program.")
    if number < 1:
        raise _Wrong("D106", "The format is a whole number from 1.")
    return number


def _points(value: Any) -> int:
    if not isinstance(value, str) or not re.fullmatch(r"[+-]?\d{1,2}", value):
        raise _Wrong("D106", "Points are a whole number, such as 3 or -2.")
    return int(value)


def _day(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}|never", value):
        raise _Wrong("D106", "Write the day as year-month-day, such as 2026-11-23, or never.")
    if value != "never":
        try:
            date.fromisoformat(value)
        except ValueError:
            raise _Wrong("D106", f"There is no day {value}. Write it as year-month-day, such as 2026-11-23.") from None
    return value


def _yes_no(value: Any) -> bool:
    if value not in ("yes", "no"):
        raise _Wrong("D107", "Only yes or no can stand here.")
    return bool(value == "yes")


def _id(value: Any) -> str:
    if isinstance(value, list):
        raise _Wrong("D108", "One id stands here, without brackets and without a dash.")
    if isinstance(value, str) and "," in value:
        raise _Wrong("D108", "Only one id can stand here.")
    if not isinstance(value, str) or not ID_PATTERN.fullmatch(value):
        mended = mended_id(str(value))
        unseen = " There is an unseen character in this one." if isinstance(value, str) and not value.isprintable() else ""
        hint = f' Write "{mended}".' if isinstance(value, str) and ID_PATTERN.fullmatch(mended) else ""
        rule = f"An id is made of small letters, digits and _, starts with a letter, and has at most {ID_LENGTH} of them."
        raise _Wrong("D108", f"{rule}{unseen}{hint}")
    return value


def mended_id(written: str) -> str:
    """What an id that is none was most likely meant to be."""
    seen = "".join(letter for letter in written if letter.isprintable() or letter.isspace())
    return re.sub(r"[\W_]+", "_", seen.lower()).strip("_")


TEXT = Kind(_text, {"type": "string", "minLength": 1})
"""A text that is not empty; spaces around it are dropped."""
TYPED = Kind(_typed, {"type": "string"})
"""What a person types, to the letter; it may be empty."""
WHOLE = Kind(_whole, {"type": ["integer", "string"], "pattern": "^[0-9]+$"})
"""A whole number; the only scalars that are not text."""
FORMAT = Kind(_format, {"const": NEWEST_FORMAT})
POINTS = Kind(_points, {"type": ["integer", "string"]})
DAY = Kind(_day, {"type": "string"})
YES_NO = Kind(_yes_no, {"enum": ["yes", "no", True, False]})
ID = Kind(_id, {"type": "string", "pattern": f"^{ID_PATTERN.pattern}$"})
IF = Kind(lambda value: value, {"type": "object", "description": "A condition over answers, such as {working: one_team}."})
"""A condition; `bot.loading.conditions` reads it, because its keys are the author's own question ids."""
