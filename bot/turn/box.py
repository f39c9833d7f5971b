"""The box of questions without an answer: what is kept of one, when coordinators are told, and the table they get.

A question is kept only if the person who asked wants it sent. Who that was is not kept, nor numbers and addresses in its words.
"""

import csv
import hashlib
import io
import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.model.limits import utf16_length
from bot.model.text import shortened

DAY = 24 * 3600
TOLD_AT = 8 * 3600
"""Coordinators are told once a day, at the first look after this time of day (seconds after midnight, UTC)."""
LENGTH = 500
MOST_WAITING = 1_000
MOST_A_DAY = 10
ROOM = 3_000
"""A page lists as many questions as fit into so many letters, as Telegram counts them; the others are in the file."""
MARK = "\ufeff"
"""Stands first in a table, so that spreadsheets read its letters as UTF-8."""
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for a formula. An apostrophe before it makes it a text."""
LEFT_OUT = "[…]"
"""Stands in a question where a number or an address was."""
_REACHES_SOMEBODY = re.compile(
    r"(?<![^\s@])[^\s@]{1,64}@[^\s@]{1,255}"  # an e-mail address
    r"|(?:https?://)?\bt\.me/\S+"
    r"|(?<!\w)@\w+"
    r"|\+?\(?\d(?:[\s().\-–/]*\d){5,}"  # six digits or more, however they are set apart
)

Place = Literal["private", "group"]


@dataclass(frozen=True, slots=True)
class Question:
    """A question that waits. `round` counts the days on which coordinators are told; it is in the next one after its own.

    `told` and `exported` are true when the message that tells of it, or the file it is in, has been delivered to somebody. `file` is
    the first export that it went into, delivered or not (0: none); exports are numbered by the time of day, the later the higher.
    """

    text: str
    place: Place
    day: str
    round: int
    told: bool = False
    exported: bool = False
    file: int = 0

    def is_news(self, now: float) -> bool:
        """True if coordinators are to hear of it."""
        return not self.told and self.round < round_of(now)

    def to_json(self) -> dict[str, Any]:
        """Plain data that `question_from_json` reads back."""
        return {name: getattr(self, name) for name in _PLAIN}


_PLAIN = ("text", "place", "day", "round", "told", "exported", "file")


def question_from_json(plain: Mapping[str, Any]) -> Question:
    """A question from its stored form."""
    return Question(**{name: plain[name] for name in _PLAIN if name in plain})


def asked(words: str, place: Place, now: float) -> Question:
    """A new question, on one line and not too long, without numbers and addresses that reach somebody."""
    return Question(shortened(masked(words), LENGTH), place, time.strftime("%Y-%m-%d", time.gmtime(now)), round_of(now))


def masked(words: str) -> str:
    """The words without phone numbers (and other long ones), e-mail addresses and @names. Names in plain letters cannot be told."""
    return _REACHES_SOMEBODY.sub(LEFT_OUT, words)


def round_of(now: float) -> int:
    """The day on which coordinators are told, counted from 1970: it begins at `TOLD_AT`."""
    return int((now - TOLD_AT) // DAY)


def name_of(question: Question) -> str:
    """The same question is kept once, however often it is sent."""
    return hashlib.blake2b(" ".join(question.text.casefold().split()).encode(), digest_size=16).hexdigest()


def as_file(questions: Iterable[Question], heads: tuple[str, str, str], places: Mapping[str, str]) -> str:
    """The questions as a table that spreadsheets open, and take for nothing but text."""
    written = io.StringIO(MARK)
    written.seek(len(MARK))
    table = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    table.writerow(heads)
    table.writerows((one.day, cell(places[one.place]), cell(one.text)) for one in questions)
    return written.getvalue()


def cell(text: str) -> str:
    """A text that no spreadsheet calculates."""
    return f"'{text}" if text.lstrip().startswith(FORMULA) or text.startswith(FORMULA) else text


def listed(lines: list[str]) -> tuple[list[str], int]:
    """The lines that fit on a page, and how many do not."""
    shown: list[str] = []
    room = ROOM
    for line in lines:
        room -= utf16_length(line)
        if room < 0:
            break
        shown.append(line)
    return shown, len(lines) - len(shown)


@dataclass(slots=True)
class Daily:
    """How many questions each seat has sent today, in memory only: nobody fills the box for all others."""

    _day: int = 0
    _presses: dict[str, set[str]] = field(default_factory=dict)

    def allows(self, seat: str, press: str, now: float) -> bool:
        """Takes one of those that a seat may send in a day. A press that is tried again has taken its one already."""
        if self._day != (day := int(now // DAY)):
            self._day, self._presses = day, {}
        presses = self._presses.setdefault(seat, set())
        if press not in presses and len(presses) >= MOST_A_DAY:
            return False
        presses.add(press)
        return True
