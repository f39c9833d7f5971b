"""What does a text begin with? Phrases of named lists, the longest first."""

from collections.abc import Mapping, Sequence

from bot.words.plain import opened, words


class Beginnings:
    """Phrases of several lists, found at the beginning of some words, the longest first: word for word, without slips."""

    def __init__(self, groups: Mapping[str, Sequence[str]], *names: str) -> None:
        self._of = {tuple(said(phrase)): name for name in names for phrase in groups.get(name, ())}
        self._of.pop((), None)
        self._longest = max(map(len, self._of), default=0)

    def first(self, given: Sequence[str]) -> tuple[int, str]:
        """How many words the phrase at the beginning has, and the list it is from; (0, "") if there is none."""
        for length in range(min(self._longest, len(given)), 0, -1):
            if name := self._of.get(tuple(given[:length])):
                return length, name
        return 0, ""

    def all_of(self, given: Sequence[str]) -> set[str] | None:
        """The lists that the words are made of from end to end; None if other words are among them."""
        found: set[str] = set()
        at = 0
        while at < len(given):
            length, name = self.first(given[at:])
            if not length:
                return None
            found.add(name)
            at += length
        return found

    def behind(self, given: Sequence[str]) -> list[str]:
        """The words behind such phrases at the beginning."""
        at = 0
        while (length := self.first(given[at:])[0]) and at + length < len(given):
            at += length
        return list(given[at:])


def said(text: str) -> list[str]:
    """The words of a text, short forms written out."""
    return words(opened(text))
