"""A book: everything of one dialogues folder, checked and immutable. All or nothing."""

from dataclasses import dataclass, field

from bot.model.case import TestFile
from bot.model.dialogue import Dialogue, Sayings
from bot.model.guide import Guide
from bot.model.place import NOWHERE, Place
from bot.model.topic import Contact, Safeguarding, Theme, Topic


@dataclass(frozen=True, slots=True)
class Words:
    """What words mean the same, everywhere: groups of synonyms by their chief word, and words that say nothing.

    `alike` are wider groups (fair, carnival, fun day): words that play the same part when sentences are compared;
    `asking` are such groups for quick questions (reach, get hold of, contact); `everyday` words are in questions about anything.
    """

    groups: dict[str, tuple[str, ...]] = field(default_factory=dict)
    alike: dict[str, tuple[str, ...]] = field(default_factory=dict)
    asking: dict[str, tuple[str, ...]] = field(default_factory=dict)
    fillers: tuple[str, ...] = ()
    everyday: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Book:
    """One revision of the dialogues. `revision` is a short hash of all its text; `folder` where it was read from.

    `languages` are those its texts can be read in: code → name. What is not translated is shown in English.
    """

    revision: str
    dialogues: dict[str, Dialogue]
    guide: Guide = field(default_factory=Guide)
    topics: tuple[Topic, ...] = ()
    not_ours: tuple[Theme, ...] = ()
    phrases: dict[str, str] = field(default_factory=dict)
    commands: dict[str, tuple[str, ...]] = field(default_factory=dict)
    contacts: tuple[Contact, ...] = ()
    safeguarding: Safeguarding = field(default_factory=Safeguarding)
    sayings: dict[str, Sayings] = field(default_factory=dict)
    words: Words = field(default_factory=Words)
    tests: tuple[TestFile, ...] = ()
    phrases_place: Place = NOWHERE
    start: str = ""
    folder: str = ""
    languages: dict[str, str] = field(default_factory=lambda: {"en": "English"})

    def __repr__(self) -> str:
        return f"Book({self.revision}, {self.folder})"
