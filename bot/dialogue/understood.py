"""What a typed answer was understood to mean."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Understood:
    """What a typed text says as an answer to a question.

    `options` are understood; with `clear` they are the whole answer. Otherwise `maybe` holds the likeliest options
    and `unknown` the parts of the text that could not be placed. `how` is "unsure" for "I don't know".
    """

    options: tuple[str, ...] = ()
    clear: bool = False
    maybe: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    how: Literal["given", "unsure"] = "given"


NOT_UNDERSTOOD = Understood()
