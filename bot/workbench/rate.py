"""How often texts were understood rightly."""

from dataclasses import dataclass

NO_ANSWER = "(none)"


@dataclass(slots=True)
class Rate:
    """How typed answers to one question were understood: right, wrong, or asked again."""

    right: int = 0
    wrong: int = 0
    again: int = 0
    rightly_again: int = 0

    @property
    def clear(self) -> int:
        """How many texts had a clear meaning."""
        return self.right + self.wrong + self.again

    @property
    def understood(self) -> float:
        """Of the texts with a clear meaning, how many were understood rightly, in percent."""
        return 100 * self.right / self.clear if self.clear else 100.0

    @property
    def misunderstood(self) -> float:
        """Of all texts, how many were taken for something they do not mean, in percent."""
        everything = self.clear + self.rightly_again
        return 100 * self.wrong / everything if everything else 0.0


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
