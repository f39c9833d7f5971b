"""Finds known phrases in a list of stems: every one of them, also inside each other, letter by letter."""

from collections.abc import Iterable, Sequence

from bot.words.plain import stem, words


class Spotter:
    """Phrases and what they stand for. Slips are for the caller to put right, who knows more words than these."""

    __slots__ = ("_by_first",)

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        values: dict[tuple[str, ...], list[str]] = {}
        for phrase, value in phrases:
            listed = values.setdefault(tuple(stem(word) for word in words(phrase)), [])
            if value not in listed:
                listed.append(value)
        values.pop((), None)
        self._by_first: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
        for key, listed in values.items():
            self._by_first.setdefault(key[0], []).append((key[1:], tuple(listed)))

    def spot(self, stems: Sequence[str]) -> list[tuple[str, ...]]:
        """What each phrase in the text stands for, in the order of the text."""
        found = []
        for at, first in enumerate(stems):
            for rest, values in self._by_first.get(first, ()):
                if not rest or tuple(stems[at + 1 : at + 1 + len(rest)]) == rest:
                    found.append(values)
        return found
