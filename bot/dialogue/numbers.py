"""Typed numbers that point into a list: "3", "1 and 4", "the second one", "number two"."""

from collections.abc import Sequence

from bot.model.book import Words
from bot.words.plain import words


class Numbers:
    """Reads numbers that point into a list, with the number words of one book."""

    __slots__ = ("_last", "_pointing", "_values")

    def __init__(self, common: Words) -> None:
        self._values = {str(number): number for number in range(1, 100)}
        for group in ("numbers", "ordinals"):
            for number, word in enumerate(common.groups.get(group, ()), 1):
                self._values[" ".join(words(word))] = number
        self._last = {" ".join(words(word)) for word in common.groups.get("last", ())}
        self._pointing = {word for phrase in common.groups.get("number", ()) for word in words(phrase)}

    def places(self, text: str, length: int) -> tuple[int, ...] | None:
        """The places meant (from 0) if the text says nothing but numbers within a list of this length; otherwise None."""
        found: list[int] = []
        pointing = [word for word in words(text) if word not in self._pointing or word in self._values]
        # "the second one": the "one" is no number when another number word came before it.
        if len(pointing) == 2 and pointing[1] == "one" and not pointing[0].isdigit():
            pointing = pointing[:1]
        for word in pointing:
            number = length if word in self._last else self._values.get(word, 0)
            if not 1 <= number <= length:
                return None
            found.append(number - 1)
        return tuple(dict.fromkeys(found)) or None


def same(labels: Sequence[str], text: str) -> int | None:
    """The place of the one label that is this text, in any letters and punctuation; None if there is none, or several."""
    given = words(text)
    found = [place for place, label in enumerate(labels) if words(label) == given]
    return found[0] if len(found) == 1 else None


def part_of(labels: Sequence[str], text: str) -> int | None:
    """The place of the one label that has all words of this text ("police" for "How to talk with: Police")."""
    given = set(words(text))
    found = [place for place, label in enumerate(labels) if given and given <= set(words(label))]
    return found[0] if len(found) == 1 else None
