"""Finds known phrases in a text: the longest first, in any ending of their words, with small typing slips."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.words.plain import singular, stem, words


class Hit(NamedTuple):
    """A known phrase found at tokens[start:end]; `values` are what it stands for, several if it is ambiguous."""

    start: int
    end: int
    values: tuple[str, ...]


class PhraseBook:
    """Phrases and what they stand for."""

    __slots__ = ("_by_stems", "_longest", "_ordinary", "_root", "_speller")

    def __init__(self, phrases: Iterable[tuple[str, str]], ordinary: frozenset[str] = frozenset(), names: bool = False) -> None:
        """`ordinary` words are never taken for a slip of a known one: "loads" are no lads. `names` only lose the ending of a plural."""
        from bot.words.typos import Speller  # only when somebody types: a chat should start at once

        self._root = singular if names else stem
        by_stems: dict[tuple[str, ...], list[str]] = {}
        known: set[str] = set()
        for phrase, value in phrases:
            its_words = words(phrase)
            known.update(its_words)
            values = by_stems.setdefault(tuple(self._root(word) for word in its_words), [])
            if value not in values:
                values.append(value)
        by_stems.pop((), None)
        self._by_stems = {key: tuple(values) for key, values in by_stems.items()}
        self._longest = max(map(len, self._by_stems), default=0)
        self._ordinary = ordinary
        self._speller = Speller(known, careful=names)

    def find(self, tokens: Sequence[str]) -> list[Hit]:
        """The phrases in a list of plain words and punctuation, from left to right, none overlapping."""
        stemmed = [self._stem(token) for token in tokens]
        hits, at = [], 0
        while at < len(stemmed):
            for length in range(min(self._longest, len(stemmed) - at), 0, -1):
                values = self._by_stems.get(tuple(stemmed[at : at + length]))
                if values:
                    hits.append(Hit(at, at + length, values))
                    at += length
                    break
            else:
                at += 1
        return hits

    def whole(self, text: str) -> tuple[str, ...]:
        """What a whole text stands for, if it is one of the phrases."""
        return self._by_stems.get(tuple(self._stem(word) for word in words(text)), ())

    def _stem(self, token: str) -> str:
        plain_stem = self._root(token)
        if (plain_stem,) in self._by_stems or token in self._ordinary:
            return plain_stem
        return self._root(self._speller.meant(token))
