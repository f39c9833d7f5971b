"""What can happen to a conversation. A person's odd doings are events like any other."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Started:
    """A person opened the chat or gave /start: `dialogue` and `question` come from a deep link and may be unknown."""

    dialogue: str = ""
    question: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A person typed a text."""

    text: str


@dataclass(frozen=True, slots=True)
class Chose:
    """A person picked one option by its id: the answer of a choose-one, a tick on or off in a choose-many.

    `tick` says which of the two was shown to them, so that a double tap does no harm; None turns it over.
    """

    question: str
    option: str
    tick: bool | None = None


@dataclass(frozen=True, slots=True)
class Pressed:
    """A person used a button or a command that is not an option: `button` is its id, `about` what it was for."""

    button: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """A person sent something that is not a text to answer, such as a photo; `what` names its kind.

    `text` are words that came with it and are no answer (of a changed message, say); they are looked at for danger only.
    """

    what: str
    text: str = ""


Event = Started | Said | Chose | Pressed | Sent
