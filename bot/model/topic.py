"""Quick questions: topics with their answers, the phone numbers they may name, and the safeguarding message."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.model.place import NOWHERE, Place

Spots = tuple[tuple[int, int], ...]
"""Line and column of each text of a list."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Ways to ask that stand together in one place."""

    texts: tuple[str, ...]
    place: Place = NOWHERE
    spots: Spots = ()

    def placed(self) -> Iterator[tuple[str, Place]]:
        """Each text with its place, as far as that is known."""
        for number, text in enumerate(self.texts):
            yield text, Place(self.place.file, *self.spots[number]) if number < len(self.spots) else self.place


@dataclass(frozen=True, slots=True)
class Topic:
    """One quick answer. `asked` are ways people ask for it, `more_asked` those from other files; `parent` is the more general topic."""

    id: str
    title: str
    asked: tuple[str, ...]
    answer: str
    more: str = ""
    also: tuple[str, ...] = ()
    parent: str = ""
    words: tuple[str, ...] = ()
    theme: str = ""
    place: Place = NOWHERE
    more_asked: tuple[Asked, ...] = ()
    spots: Spots = ()

    @property
    def all_asked(self) -> tuple[str, ...]:
        """Every way to ask for it, wherever it stands."""
        return (*self.asked, *(text for one in self.more_asked for text in one.texts))

    def placed(self) -> Iterator[tuple[str, Place]]:
        """Every way to ask for it, with its place."""
        for one in (Asked(self.asked, self.place, self.spots), *self.more_asked):
            yield from one.placed()


@dataclass(frozen=True, slots=True)
class Theme:
    """Questions about something else: the bot should say that it does not know. `words` only belong to such questions."""

    id: str
    about: str
    asked: tuple[str, ...]
    words: tuple[str, ...] = ()
    place: Place = NOWHERE
    spots: Spots = ()

    def placed(self) -> Iterator[tuple[str, Place]]:
        """Its questions, with their places."""
        yield from Asked(self.asked, self.place, self.spots).placed()


@dataclass(frozen=True, slots=True)
class Contact:
    """A phone number or address. `checked` is the day (YYYY-MM-DD) a person last made sure of it, `source` where."""

    id: str
    name: str
    says: str
    checked: str
    source: str
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Safeguarding:
    """What is said when someone may be in danger, and how such a message is told from talk about the work.

    `signs` are word patterns that mean danger; `harmless` ones take the same words out again first.
    `grave_words` and `other_words` are groups of words that play the same part when examples are compared.
    `danger_examples` and `harmless_examples` are whole sentences to compare with; a sign only makes an alarm easier.
    `short` is the message for places where others read along: a group, or a chat the bot is no member of.
    """

    message: str = ""
    after: str = ""
    signs: tuple[str, ...] = ()
    harmless: tuple[str, ...] = ()
    grave_words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    other_words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    danger_examples: tuple[str, ...] = ()
    harmless_examples: tuple[str, ...] = ()
    short: str = ""
    place: Place = NOWHERE
