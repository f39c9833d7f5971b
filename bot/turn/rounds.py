"""Rounds: several partners answer the same questions, each alone, and see the picture of all their answers together.

What is kept of a round, and its rules. Nobody is kept by name or number: a person's part has an id that only the round's
own secret leads to. When a round closes, the single answers are dropped, here and in the parts, and only the picture stays.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from bot.guidance.compare import FEWEST, Picture, Spread
from bot.model.condition import Picked

DAY = 24 * 3600
LASTS = 7 * DAY
"""A round closes by itself after this many seconds."""
OTHERS_MAY_SHOW = DAY
"""If the starter does not show the result, anyone who took part may, so long after the round began."""
AGAIN_AFTER = 90 * DAY
"""A new round makes sense when things have had time to change."""
MOST_PEOPLE = 99
"""At most so many can be expected."""
MOST_PARTS = 500
"""At most so many can begin to answer: all of them are kept in one place, which is stored anew with each answer."""

__all__ = [
    "AGAIN_AFTER", "DAY", "FEWEST", "LASTS", "MOST_PARTS", "MOST_PEOPLE", "OTHERS_MAY_SHOW", "Result", "Round", "round_from_json",
    "started",
]  # fmt: skip

May = Literal["yes", "closed", "few", "later", "others"]


@dataclass(frozen=True, slots=True)
class Result:
    """What came out of a round: when, which type ("" if the answers did not say), and the picture."""

    at: int
    type: str
    picture: Picture

    def to_json(self) -> dict[str, Any]:
        """Plain data that `result_from_json` reads back."""
        picture = self.picture
        return {
            "at": self.at,
            "type": self.type,
            "people": picture.people,
            "shared": {name: list(options) for name, options in picture.shared.items()},
            "agree": list(picture.agree),
            "differ": [[one.question, one.counts, one.people, one.apart] for one in picture.differ],
        }


def result_from_json(plain: Mapping[str, Any]) -> Result:
    """A result from its stored form."""
    shared = {str(name): tuple(options) for name, options in plain["shared"].items()}
    differ = tuple(Spread(question, dict(counts), people, apart) for question, counts, people, apart in plain["differ"])
    return Result(plain["at"], plain["type"], Picture(plain["people"], shared, tuple(plain["agree"]), differ))


@dataclass(frozen=True, slots=True)
class Round:
    """A round of one group.

    `answers` are the last complete answers of each person, by the id of their part, and `begun` the ids of all parts, complete
    or not; both are dropped when the round closes.
    `title` is the name of the group. `starter` is "" if it was somebody who cannot be told from others. `expected` is how
    many are to answer (0: not said). `before` is what came out last time. `boards` counts the messages that showed the
    round, `posted` is the lane of the last one.
    """

    id: str
    secret: str
    began: int
    title: str = ""
    starter: str = ""
    expected: int = 0
    answers: Mapping[str, Picked] = field(default_factory=dict)
    begun: tuple[str, ...] = ()
    closed: int = 0
    result: Result | None = None
    before: Result | None = None
    boards: int = 1
    posted: str = ""

    @property
    def count(self) -> int:
        """How many have answered."""
        return len(self.answers)

    @property
    def complete(self) -> bool:
        """True if everybody who was expected has answered."""
        return bool(self.expected) and self.count >= self.expected

    @property
    def parts(self) -> tuple[str, ...]:
        """The ids of all parts that may hold answers."""
        return tuple(dict.fromkeys((*self.begun, *self.answers)))

    @property
    def full(self) -> bool:
        """True if nobody else can begin."""
        return len(self.parts) >= MOST_PARTS

    @property
    def early(self) -> bool:
        """True if the last picture was less than three months old when it began."""
        return self.before is not None and self.began < self.before.at + AGAIN_AFTER

    @property
    def least(self) -> int:
        """With fewer answers nothing is shown.

        Soon after another picture, what is new in this one must come from several people, as in a round of their own.
        """
        return FEWEST + (self.before.picture.people if self.before is not None and self.early else 0)

    @property
    def board(self) -> str:
        """The name of the message that shows it."""
        return f"{self.id}.{self.boards}"

    @property
    def ends(self) -> int:
        """When it closes by itself."""
        return self.began + LASTS

    def is_open(self, now: float) -> bool:
        """True while people may begin to answer. Who has begun may go on until it is closed."""
        return not self.closed and now < self.ends

    def is_due(self, now: float) -> bool:
        """True if it should have been closed by now."""
        return not self.closed and now >= self.ends

    def part(self, who: str) -> str:
        """The id of a person's part. Without the secret of the round nobody is led back to the person."""
        return _opaque(self.secret, "part", who)

    def started_by(self, who: str) -> bool:
        """True for the person who started it."""
        return bool(self.starter) and self.starter == _opaque(self.secret, "starter", who)

    def starter_first(self, now: float) -> bool:
        """True while only the starter may show the result, of those who have answered."""
        return bool(self.starter) and now < self.began + OTHERS_MAY_SHOW

    def may_show(self, who: str, now: float) -> May:
        """May this person have the result shown now? If not: why not."""
        if self.closed:
            return "closed"
        took_part = self.part(who) in self.answers
        if not self.started_by(who):
            if not took_part:
                return "others"
            if self.starter_first(now):
                return "later"
        return "yes" if self.count >= self.least else "few"

    # What happens to it. Each gives a new round.

    def with_part(self, part: str) -> "Round":
        """Somebody has begun to answer."""
        return self if part in self.begun else replace(self, begun=(*self.begun, part))

    def answered(self, part: str, picked: Picked) -> "Round":
        """Somebody has answered every question, or changed an answer."""
        return replace(self, answers={**self.answers, part: picked})

    def board_in(self, lane: str) -> "Round":
        """The round with a new message that shows it."""
        return replace(self, boards=self.boards + 1, posted=lane)

    def without(self, who: str) -> "Round":
        """The round without a trace of this person."""
        part = self.part(who)
        answers = {name: picked for name, picked in self.answers.items() if name != part}
        begun = tuple(name for name in self.begun if name != part)
        return replace(self, answers=answers, begun=begun, starter="" if self.started_by(who) else self.starter)

    def over(self, result: Result | None, now: int) -> "Round":
        """The round when it has closed: the picture stays; the single answers, and what leads to people, go."""
        return replace(self, closed=now, result=result, answers={}, begun=(), starter="", secret="")

    def to_json(self) -> dict[str, Any]:
        """Plain data that `round_from_json` reads back."""
        plain: dict[str, Any] = {name: getattr(self, name) for name in _PLAIN}
        plain["answers"] = {part: {name: list(one) for name, one in picked.items()} for part, picked in self.answers.items()}
        plain["begun"] = list(self.begun)
        for name in ("result", "before"):
            if (found := getattr(self, name)) is not None:
                plain[name] = found.to_json()
        return plain


_PLAIN = ("secret", "began", "title", "starter", "expected", "closed", "boards", "posted")


def round_from_json(id_: str, plain: Mapping[str, Any]) -> Round:
    """A round from its stored form."""
    answers = {part: {name: tuple(one) for name, one in picked.items()} for part, picked in plain["answers"].items()}
    result, before = (result_from_json(plain[name]) if name in plain else None for name in ("result", "before"))
    begun = tuple(plain.get("begun", ()))
    return Round(id_, **{name: plain[name] for name in _PLAIN}, answers=answers, begun=begun, result=result, before=before)


def started(id_: str, secret: str, now: int, lane: str, starter: str = "", **more: Any) -> Round:
    """A new round. `starter` is who started it, "" if they cannot be told from others."""
    return Round(id_, secret, now, starter=_opaque(secret, "starter", starter) if starter else "", posted=lane, **more)


def _opaque(secret: str, what: str, who: str) -> str:
    return hashlib.blake2b(who.encode(), key=secret.encode()[:64], person=what.encode(), digest_size=16).hexdigest()
