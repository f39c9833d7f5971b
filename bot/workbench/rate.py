"""How often texts were understood rightly."""

from dataclasses import dataclass
from typing import NamedTuple

NO_ANSWER = "(none)"


class Mistake(NamedTuple):
    """A text of a test that was taken for something else; where it stands, what it means, and what it was taken for."""

    place: str
    text: str
    meant: str
    took: str


@dataclass(slots=True)
class Rate:
    """How typed answers to one question were understood: right, wrong, or asked again (a quick question: refused)."""

    right: int = 0
    wrong: int = 0
    again: int = 0
    rightly_again: int = 0

    @property
    def clear(self) -> int:
        """How many texts had a clear meaning."""
        return self.right + self.wrong + self.again

    @property
    def texts(self) -> int:
        """How many texts there were."""
        return self.clear + self.rightly_again

    @property
    def right_share(self) -> float:
        """Of the texts with a clear meaning, how many were understood rightly, in percent."""
        return 100 * self.right / self.clear if self.clear else 100.0

    @property
    def wrong_share(self) -> float:
        """Of all texts, how many were taken for something they do not mean, in percent."""
        return 100 * self.wrong / self.texts if self.texts else 0.0

    @property
    def again_share(self) -> float:
        """Of all texts, how many were asked again, or refused, rightly or not, in percent."""
        return 100 * (self.again + self.rightly_again) / self.texts if self.texts else 0.0


def count(rate: Rate, meant: tuple[str, ...], took: tuple[str, ...], wholly: bool) -> bool:
    """Counts one text; true if it was misunderstood. A part that was understood rightly, with the rest asked again, is not wrong."""
    if not took:
        if meant:
            rate.again += 1
        else:
            rate.rightly_again += 1
        return False
    if took == meant or (not wholly and set(took) <= set(meant)):
        rate.right += 1
        return False
    rate.wrong += 1
    return True
