"""Tests that coordinators write: cases with answers and what is expected, questions, typed answers, scripts."""

from dataclasses import dataclass, field

from bot.model.place import NOWHERE, Place

Given = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Expected:
    """What a case expects; what is empty is not looked at."""

    type: str = ""
    second: str = ""
    confidence: str = ""
    because_of: tuple[str, ...] = ()
    profile: dict[str, Given] = field(default_factory=dict)
    definition: dict[str, str] = field(default_factory=dict)
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """Answers in any order, as ids or as typed words, and what should come of them. `source` says who judges so."""

    name: str
    expected: Expected
    answers: dict[str, Given] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    source: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class TypedAnswer:
    """A typed answer and the options a careful person takes it to mean; none: it should be asked again."""

    question: str
    text: str
    options: tuple[str, ...]
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A quick question and the topics that may answer it; none: the bot should say it does not know."""

    text: str
    topics: tuple[str, ...] = ()
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Alarm:
    """A message that means danger, or one that only sounds like it."""

    text: str
    danger: bool
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a script: the person `says` something, or the bot's reply contains `hears`."""

    says: str | None = None
    hears: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Script:
    """A conversation from the start: what is typed, and what must be in the reply."""

    name: str
    dialogue: str
    lines: tuple[Line, ...]
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Goal:
    """How good the bot should be at a file's typed answers or questions, in percent."""

    right_at_least: int = 0
    wrong_at_most: int = 100
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class TestFile:
    """One file of tests."""

    title: str
    cases: tuple[Case, ...] = ()
    typed: tuple[TypedAnswer, ...] = ()
    goals: dict[str, Goal] = field(default_factory=dict)
    questions: tuple[AskedQuestion, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    scripts: tuple[Script, ...] = ()
    place: Place = NOWHERE
