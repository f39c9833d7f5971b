"""What the bot says back, ready to be shown: every word is already in the person's language."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press that is not an option. `id` and `about` come back in a `Pressed` event.

    `share` is a text to pass on to other people, where the chat has a way to do that.
    """

    id: str
    label: str
    about: str = ""
    share: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a question as it is shown."""

    id: str
    label: str
    help: str = ""
    ticked: bool = False


@dataclass(frozen=True, slots=True)
class Say:
    """A plain message."""

    text: str


@dataclass(frozen=True, slots=True)
class Ask:
    """A question waiting for its answer. `note` stands above it: what was understood, or what changed.

    `number` of about `total` is the progress; `helped` shows the options with their explanations.
    """

    question: str
    text: str
    hint: str = ""
    note: str = ""
    choices: tuple[Choice, ...] = ()
    buttons: tuple[Button, ...] = ()
    many: bool = False
    helped: bool = False
    number: int = 0
    total: int = 0
    progress: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of a card: lines of text; `copy` is a text to copy out and send.

    `listed` lines are points of a list. A section that is `more` is shown where there is room for it.
    """

    heading: str = ""
    lines: tuple[str, ...] = ()
    copy: str = ""
    listed: bool = True
    more: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A page that is not a question: the verdict, a sheet, the review. `id` says which."""

    id: str
    title: str
    sections: tuple[Section, ...] = ()
    buttons: tuple[Button, ...] = ()


Reply = Say | Ask | Card
